package city.hamana.capability.cases;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What has arrived.
 *
 * @param kind code of a registered kind
 * @param title at most 200 characters; no name of a person
 * @param applicant id of the party; empty for a reporter who gave no name
 * @param filedBy actor who sent it: the applicant, who acts for them, or counter staff
 * @param department code of the division that examines it
 * @param data JSON of the kind's own shape, at most 32,000 characters
 * @param termDays working days of the standard period (標準処理期間); 0 for none
 * @param due a deadline that is a moment instead; used when {@code termDays} is 0
 * @param steps its way through the house, beginning in {@code department}; empty for reports
 * @param openedFrom the case at whose visit staff open this one
 * @param incomplete whether it begins with questions to the applicant, its clock standing still
 */
public record NewCase(
        String kind,
        String title,
        Optional<String> applicant,
        String filedBy,
        String department,
        String data,
        int termDays,
        Optional<Instant> due,
        List<Step> steps,
        Optional<String> openedFrom,
        boolean incomplete) {
    public NewCase {
        if (title.length() > 200 || data.length() > 32_000 || termDays < 0 || termDays > 500) {
            throw new IllegalArgumentException("a case's title, data or term is out of bounds");
        }
        if (!steps.isEmpty()
                && (!Step.isWay(steps) || !steps.getFirst().department().equals(department))) {
            throw new IllegalArgumentException("these steps are no way from " + department + ": " + steps);
        }
        steps = List.copyOf(steps);
    }

    /** A report: it is closed when nothing is left to do, and has no way to go. */
    public static NewCase report(
            String kind,
            String title,
            Optional<String> applicant,
            String filedBy,
            String department,
            String data,
            int termDays,
            Optional<Instant> due) {
        return new NewCase(
                kind, title, applicant, filedBy, department, data, termDays, due, List.of(), Optional.empty(), false);
    }

    /** An application, which is at the first step of its way. */
    public static NewCase application(
            String kind, String title, String applicant, String filedBy, List<Step> steps, String data, int termDays) {
        return new NewCase(
                kind,
                title,
                Optional.of(applicant),
                filedBy,
                steps.getFirst().department(),
                data,
                termDays,
                Optional.empty(),
                steps,
                Optional.empty(),
                false);
    }

    /** The same, opened by staff at the visit of another case. */
    public NewCase from(String other, boolean lacksAnswers) {
        return new NewCase(
                kind,
                title,
                applicant,
                filedBy,
                department,
                data,
                termDays,
                due,
                steps,
                Optional.of(other),
                lacksAnswers);
    }
}
