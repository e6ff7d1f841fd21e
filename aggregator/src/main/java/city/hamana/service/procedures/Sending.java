package city.hamana.service.procedures;

import city.hamana.capability.cases.CaseFile;
import city.hamana.capability.forms.Answers;
import city.hamana.platform.access.Proof;
import city.hamana.platform.http.Caller;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Makes a case of a form that is whole. */
final class Sending {
    private final Desk desk;
    private final Telling telling;

    Sending(Desk desk, Telling telling) {
        this.desk = desk;
        this.telling = telling;
    }

    /** The case's id; empty when the draft is gone, sent already, or its writer may not act for the applicant any more. */
    Optional<String> send(
            Handle tx, Caller.Person writer, Draft draft, Procedure procedure, Answers answers, String json) {
        boolean may = draft.atCounter() || desk.people().mayActFor(tx, writer, draft.applicant());
        if (!may || !desk.drafts().remove(tx, draft.id())) {
            return Optional.empty();
        }
        Sums sums = desk.reckoning().of(tx, procedure, answers, desk.today().day());
        CaseFile file = desk.cases().open(tx, procedure.arrived(draft.applicant(), writer.actor(), json));
        telling.received(tx, file);
        desk.cases().giveFiles(tx, draft.subject(), file);
        Filing filing = Filing.of(file, proof(procedure, draft, writer), draft.seenDocument(), sums, List.of());
        desk.filings().add(tx, filing, file.opened());
        return Optional.of(file.id());
    }

    private static String proof(Procedure procedure, Draft draft, Caller.Person writer) {
        if (draft.atCounter()) {
            return "counter";
        }
        if (writer.proof().atLeast(Proof.IDENTITY)) {
            return "identity";
        }
        return procedure.identity() ? "document" : "sign-in";
    }
}
