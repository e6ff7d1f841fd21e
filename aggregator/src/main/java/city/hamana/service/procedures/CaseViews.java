package city.hamana.service.procedures;

import city.hamana.capability.cases.CaseFile;
import city.hamana.capability.forms.Answers;
import city.hamana.capability.people.Party;
import city.hamana.platform.http.Call;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Puts together what is shown of a case. */
final class CaseViews {
    private static final int MOST_ENTRIES = 200;

    private final Desk desk;

    CaseViews(Desk desk) {
        this.desk = desk;
    }

    /** Empty when there is no such case for this reader, or it is of another service's kind. */
    Optional<CaseView> of(Handle tx, Call call, String id, String purpose) {
        return desk.cases()
                .read(tx, call.caller(), id, purpose)
                .flatMap(file -> desk.catalogue()
                        .find(file.kind())
                        .flatMap(procedure ->
                                desk.filings().find(tx, id).map(filing -> view(tx, call, file, procedure, filing))));
    }

    private CaseView view(Handle tx, Call call, CaseFile file, Procedure procedure, Filing filing) {
        Answers answers = answers(tx, procedure, file);
        LocalDate day = LocalDate.ofInstant(file.opened(), desk.clock().getZone());
        return new CaseView(
                file,
                procedure,
                filing,
                file.applicant().map(party -> desk.name(tx, party)).orElse(""),
                filedBy(tx, file),
                desk.forms().lines(procedure.form(), answers, call.page()),
                answers,
                desk.cases().attached(tx, file.subject()),
                desk.cases().thread(tx, call.caller(), file),
                desk.events().about(tx, file.subject(), MOST_ENTRIES),
                desk.documents().about(tx, file.subject()),
                desk.cases().acts(tx, call.caller(), file),
                desk.cases().daysLeft(file),
                file.due()
                        .map(due -> LocalDate.ofInstant(
                                due.minusMillis(1), desk.clock().getZone())),
                Guides.of(procedure, answers),
                desk.departments(call.page().language()),
                desk.forms().towns(call.page().language()),
                desk.reckoning().of(tx, procedure, answers, day),
                List.of(),
                "");
    }

    /** The answers as they were sent; files are those that the case has. */
    Answers answers(Handle tx, Procedure procedure, CaseFile file) {
        return desk.forms().answers(procedure.form(), file.data());
    }

    private String filedBy(Handle tx, CaseFile file) {
        Optional<String> party = Optional.of(file.filedBy())
                .filter(actor -> actor.startsWith("person:"))
                .map(actor -> actor.substring("person:".length()));
        return party.flatMap(id -> desk.people().party(tx, id))
                .map(Party::names)
                .map(names -> names.written())
                .orElse("");
    }
}
