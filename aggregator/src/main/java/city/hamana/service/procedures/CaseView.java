package city.hamana.service.procedures;

import city.hamana.capability.cases.Act;
import city.hamana.capability.cases.Attached;
import city.hamana.capability.cases.CaseFile;
import city.hamana.capability.cases.Message;
import city.hamana.capability.cases.Stage;
import city.hamana.capability.cases.State;
import city.hamana.capability.cases.Step;
import city.hamana.capability.documents.Issued;
import city.hamana.capability.forms.Answers;
import city.hamana.capability.forms.Field;
import city.hamana.capability.forms.Forms;
import city.hamana.platform.events.Entry;
import city.hamana.platform.html.FieldError;
import city.hamana.platform.html.Page;
import city.hamana.platform.text.Texts;
import gg.jte.Content;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A case of a procedure, for its applicant or for staff.
 *
 * @param applicant name; empty when it is not known
 * @param left working days left
 * @param lastDay of the standard period
 * @param notice word key of what just happened; empty for nothing
 * @param way its steps, and who finished each
 * @param others cases opened with it
 * @param opens what the reader may open at this visit
 * @param checks what the browser looks at when something is corrected, JSON
 * @param reckoned what the rules say today, for who decides
 */
public record CaseView(
        CaseFile file,
        Procedure procedure,
        Filing filing,
        String applicant,
        String filedBy,
        List<Forms.Line> lines,
        Answers answers,
        List<Attached> files,
        List<Message> thread,
        List<Entry> history,
        List<Issued> documents,
        List<Stage> way,
        List<Other> others,
        List<Choice> opens,
        Set<Act> acts,
        Optional<Integer> left,
        Optional<LocalDate> lastDay,
        List<Procedure.Guide> guide,
        Map<String, String> departments,
        Map<String, String> towns,
        Sums reckoned,
        List<FieldError> errors,
        String notice,
        String checks) {

    public CaseView with(List<FieldError> slips, String word) {
        return with(answers, slips, word);
    }

    /** The same with what was typed instead of what is kept. */
    public CaseView with(Answers typed, List<FieldError> slips, String word) {
        return new CaseView(
                file,
                procedure,
                filing,
                applicant,
                filedBy,
                lines,
                typed,
                files,
                thread,
                history,
                documents,
                way,
                others,
                opens,
                acts,
                left,
                lastDay,
                guide,
                departments,
                towns,
                reckoned,
                slips,
                word,
                checks);
    }

    public boolean may(Act act) {
        return acts.contains(act);
    }

    public String department() {
        return departments.getOrDefault(file.department(), file.department());
    }

    /**
     * A case opened at this one's visit, or the one at whose visit this was opened.
     *
     * @param path empty when the reader may not open it
     */
    public record Other(CaseFile file, String title, String path, boolean visit) {}

    /**
     * A procedure that can be opened at this visit.
     *
     * @param applies whether the applicant's answers say so
     */
    public record Choice(Procedure.Opens opens, Texts title, boolean applies) {}

    /**
     * Where a case passes.
     *
     * @param when {@code past}, {@code now} or {@code to-come}
     * @param rank word key; empty at the ends
     */
    public record Stop(Content title, String department, String when, String rank, String by, Optional<Instant> at) {}

    /** Documents that counter staff may say they saw. */
    public List<String> identityDocuments() {
        return CounterPages.DOCUMENTS;
    }

    /** The whole way, from the arrival to the handing over. */
    public List<Stop> stops(Page page) {
        List<Stop> stops = new ArrayList<>();
        stops.add(new Stop(page.word("procedures.stage.received"), "", "past", "", "", Optional.of(file.opened())));
        for (int at = 0; at < way.size(); at++) {
            stops.add(stop(page, way.get(at), at));
        }
        String last = file.state() == State.CLOSED ? "past" : file.state() == State.DECIDED ? "now" : "to-come";
        Optional<Instant> end = Optional.of(file.changed()).filter(moment -> file.state() == State.CLOSED);
        stops.add(new Stop(page.word("procedures.stage.delivered"), "", last, "", "", end));
        return stops;
    }

    private Stop stop(Page page, Stage stage, int at) {
        boolean decided = file.state() == State.DECIDED || file.state() == State.CLOSED;
        String when = decided || at < file.stepAt() ? "past" : at == file.stepAt() ? "now" : "to-come";
        Step step = stage.step();
        return new Stop(
                procedure
                        .title(step)
                        .map(page::text)
                        .orElseGet(
                                () -> page.word("procedures.work." + step.work().code())),
                departments.getOrDefault(step.department(), step.department()),
                when,
                "procedures.rank." + step.rank().code(),
                stage.by().map(CaseFile.Worker::name).orElse(""),
                stage.at());
    }

    /** Whether it is on its way: neither taken back nor joined with another. */
    public boolean going() {
        return file.state() != State.WITHDRAWN && file.state() != State.MERGED;
    }

    /** The questions that the applicant is asked to answer again. */
    public List<Field> asked() {
        return filing.asked(procedure.form());
    }

    public boolean asks(Forms.Line line) {
        return filing.askedFields().contains(line.field().id());
    }
}
