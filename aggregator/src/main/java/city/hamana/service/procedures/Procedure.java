package city.hamana.service.procedures;

import city.hamana.capability.cases.NewCase;
import city.hamana.capability.cases.Step;
import city.hamana.capability.forms.Field;
import city.hamana.capability.forms.Form;
import city.hamana.platform.text.Language;
import city.hamana.platform.text.Texts;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A procedure, as its definition says.
 *
 * @param online whether it can be sent here; otherwise the form is printed
 * @param events of life at which it is looked for: {@code moving}
 * @param leads answers of the finder that lead here: {@code moved}
 * @param business whether businesses apply, and not persons
 * @param identity whether it must be known who applies (本人確認)
 * @param days working days of the standard period (標準処理期間)
 * @param unconfirmed what stands here as a sample: {@code fee}, {@code days}, {@code law}, {@code amount}, {@code budget}
 * @param columns questions whose answers stand in the list of staff, and by which it can be sorted
 * @param budget yen of one fiscal year; 0 where there is none
 */
public record Procedure(
        String code,
        boolean online,
        Texts title,
        Texts summary,
        Texts who,
        List<String> events,
        List<String> leads,
        String department,
        boolean business,
        boolean identity,
        int days,
        String law,
        Set<String> unconfirmed,
        List<Texts> needed,
        Optional<Fee> fee,
        Optional<Eligibility> eligibility,
        Optional<Amount> amount,
        long budget,
        List<Station> stations,
        Decisions decision,
        List<String> columns,
        List<Guide> guide,
        Form form) {

    /** A step of the way through the house, as the applicant reads of it. */
    public record Station(Step step, Texts title) {}

    /** What arrives when somebody applies. */
    NewCase arrived(String applicant, String filedBy, String json) {
        return NewCase.application(code, title.plain(Language.JA), applicant, filedBy, way(), json, days);
    }

    List<Step> way() {
        return stations.stream().map(Station::step).toList();
    }

    Optional<Texts> title(Step step) {
        return stations.stream()
                .filter(station -> station.step().code().equals(step.code()))
                .map(Station::title)
                .findFirst();
    }

    /**
     * A fee by rule.
     *
     * @param facts of the table, each with the question that answers it
     * @param times question whose number the fee is multiplied by
     */
    public record Fee(String table, Map<String, String> facts, String times) {}

    /** Whether one may have it at all, by rule. */
    public record Eligibility(String table, Map<String, String> facts) {}

    /**
     * What is granted, by rule.
     *
     * @param of question whose yen it is a part of
     */
    public record Amount(String table, Map<String, String> facts, String of) {}

    /**
     * How it is decided.
     *
     * @param grantedTitle title of the document, Japanese
     * @param shows questions whose answers stand in the document
     * @param reasons for a refusal, to choose from
     */
    public record Decisions(
            Texts grant,
            Texts refuse,
            String grantedTitle,
            String refusedTitle,
            List<String> shows,
            List<Texts> reasons) {}

    /** What else somebody with these answers has to see to, and where. */
    public record Guide(Field.When when, String department, Texts text, Optional<Opens> opens) {}

    /**
     * Which procedure staff can open for who came, and what of it is known by then.
     *
     * @param answers questions of that procedure to answers
     * @param from questions of that procedure to questions of this one
     */
    public record Opens(String code, Map<String, List<String>> answers, Map<String, String> from) {}
}
