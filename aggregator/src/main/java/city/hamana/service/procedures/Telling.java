package city.hamana.service.procedures;

import city.hamana.capability.cases.CaseFile;
import city.hamana.capability.cases.Move;
import city.hamana.capability.notices.Notice;
import city.hamana.capability.notices.Notices;
import city.hamana.capability.notices.Recipient;
import city.hamana.capability.notices.Urgency;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** Tells the applicant and the department what happened to a case, in the transaction in which it happened. */
final class Telling {
    private final Notices notices;

    Telling(Notices notices) {
        this.notices = notices;
    }

    void received(Handle tx, CaseFile file) {
        applicant(tx, file, file.stopped().isPresent() ? "returned" : "received");
        department(tx, file, "arrived");
    }

    void moved(Handle tx, CaseFile after, Move move) {
        switch (move.act()) {
            case RETURN -> mustKnow(tx, after, "returned");
            case DECIDE -> mustKnow(tx, after, "decided");
            case DELIVER -> applicant(tx, after, "delivered");
            case ANSWER -> department(tx, after, "answered");
            case PROPOSE, AGREE -> department(tx, after, "proposed");
            case SEND_BACK -> department(tx, after, "sent-back");
            case WITHDRAW -> department(tx, after, "withdrawn");
            case HAND, PASS -> department(tx, after, "arrived");
            case TAKE, RESUME, CLOSE, REOPEN, MERGE, SPLIT -> {}
        }
    }

    private void applicant(Handle tx, CaseFile file, String what) {
        file.applicant().ifPresent(party -> send(tx, file, new Recipient.Of(party), what, "/cases/", ""));
    }

    /** What has a time limit runs for who filed at the counter and reads no mail, too: then the division writes. */
    private void mustKnow(Handle tx, CaseFile file, String what) {
        file.applicant()
                .ifPresent(party -> send(tx, file, new Recipient.Of(party), what, "/cases/", file.department()));
    }

    private void department(Handle tx, CaseFile file, String what) {
        send(tx, file, new Recipient.Division(file.department()), what, "/staff/cases/", "");
    }

    private void send(Handle tx, CaseFile file, Recipient to, String what, String path, String letterFrom) {
        String once = file.subject() + ":" + file.version() + ":" + what;
        notices.send(
                tx,
                new Notice(
                        to,
                        "procedures.notice." + what,
                        List.of(file.id()),
                        path + file.id(),
                        Urgency.ORDINARY,
                        once,
                        letterFrom));
    }
}
