package city.hamana.service.procedures;

import city.hamana.capability.cases.CaseFile;
import city.hamana.capability.forms.Answers;
import city.hamana.capability.forms.Field;
import city.hamana.capability.forms.FormPage;
import city.hamana.capability.people.Party;
import city.hamana.platform.html.FieldError;
import city.hamana.platform.http.Caller;
import city.hamana.platform.text.Language;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/**
 * Opens, at a visit, the procedures that its guide names, for who came. What the city knows is not asked again: only what is
 * missing in each is put to the applicant.
 */
final class Opening {
    private final Desk desk;
    private final Telling telling;

    Opening(Desk desk, Telling telling) {
        this.desk = desk;
        this.telling = telling;
    }

    /**
     * @param visited what was answered for the visit
     * @param document which staff saw, see {@link CounterPages#DOCUMENTS}
     */
    List<CaseFile> open(
            Handle tx,
            Caller.Person staff,
            CaseFile visit,
            Answers visited,
            List<Procedure.Opens> chosen,
            String document) {
        Party party =
                visit.applicant().flatMap(id -> desk.people().party(tx, id)).orElseThrow();
        List<CaseFile> opened = new ArrayList<>();
        for (Procedure.Opens opens : chosen) {
            Procedure procedure = desk.catalogue().find(opens.code()).orElseThrow();
            Answers answers = known(procedure, party, visited, opens);
            opened.add(open(tx, staff, visit.id(), party, procedure, answers, document));
        }
        return opened;
    }

    private CaseFile open(
            Handle tx,
            Caller.Person staff,
            String visit,
            Party party,
            Procedure procedure,
            Answers answers,
            String document) {
        List<String> missing = missing(procedure, answers);
        String json = desk.forms().json(procedure.form(), answers);
        CaseFile file = desk.cases()
                .open(tx, procedure.arrived(party.id(), staff.actor(), json).from(visit, !missing.isEmpty()));
        Sums sums = missing.isEmpty()
                ? desk.reckoning().of(tx, procedure, answers, desk.today().day())
                : Sums.NONE;
        desk.filings().add(tx, Filing.of(file, "counter", document, sums, missing), file.opened());
        telling.received(tx, file);
        return file;
    }

    private Answers known(Procedure procedure, Party party, Answers visited, Procedure.Opens opens) {
        Answers answers = desk.forms().prefilled(procedure.form(), party);
        for (Map.Entry<String, List<String>> answer : opens.answers().entrySet()) {
            answers = answers.with(answer.getKey(), answer.getValue());
        }
        for (Map.Entry<String, String> from : opens.from().entrySet()) {
            for (String part : List.of("", "-town", "-rest")) {
                List<String> there = visited.all(from.getValue() + part);
                answers = there.isEmpty() ? answers : answers.with(from.getKey() + part, there);
            }
        }
        return answers;
    }

    /** Questions without a right answer. */
    private List<String> missing(Procedure procedure, Answers answers) {
        List<FieldError> errors = desk.forms().errors(procedure.form(), answers, desk.today(), Language.JA);
        return procedure.form().pages().stream()
                .map(FormPage::fields)
                .flatMap(List::stream)
                .map(Field::id)
                .filter(id -> errors.stream()
                        .anyMatch(e -> e.field().equals(id) || e.field().startsWith(id + ".")))
                .toList();
    }
}
