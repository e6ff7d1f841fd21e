package city.hamana.service.procedures;

import city.hamana.capability.cases.Act;
import city.hamana.capability.cases.Attached;
import city.hamana.capability.cases.CaseFile;
import city.hamana.capability.cases.Message;
import city.hamana.capability.documents.Issued;
import city.hamana.capability.forms.Answers;
import city.hamana.capability.forms.Forms;
import city.hamana.platform.events.Entry;
import city.hamana.platform.html.FieldError;
import java.time.LocalDate;
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
        Set<Act> acts,
        Optional<Integer> left,
        Optional<LocalDate> lastDay,
        List<Procedure.Guide> guide,
        Map<String, String> departments,
        Map<String, String> towns,
        Sums reckoned,
        List<FieldError> errors,
        String notice) {

    public CaseView with(List<FieldError> slips, String word) {
        return new CaseView(
                file,
                procedure,
                filing,
                applicant,
                filedBy,
                lines,
                answers,
                files,
                thread,
                history,
                documents,
                acts,
                left,
                lastDay,
                guide,
                departments,
                towns,
                reckoned,
                slips,
                word);
    }

    public CaseView retyped(Answers typed) {
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
                acts,
                left,
                lastDay,
                guide,
                departments,
                towns,
                reckoned,
                errors,
                notice);
    }

    public boolean may(Act act) {
        return acts.contains(act);
    }

    public String department() {
        return departments.getOrDefault(file.department(), file.department());
    }

    /** How far it is, for the applicant: 1 received, 2 examined, 3 decided, 4 handed over. */
    public int stage() {
        return switch (file.state()) {
            case RECEIVED -> 1;
            case IN_PROGRESS, RETURNED, PROPOSED -> 2;
            case DECIDED -> 3;
            case CLOSED -> 4;
            case WITHDRAWN, MERGED -> 0;
        };
    }

    public boolean asks(Forms.Line line) {
        return filing.askedFields().contains(line.field().id());
    }
}
