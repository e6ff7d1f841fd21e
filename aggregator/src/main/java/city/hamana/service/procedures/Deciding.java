package city.hamana.service.procedures;

import city.hamana.capability.cases.Act;
import city.hamana.capability.cases.CaseFile;
import city.hamana.capability.cases.Move;
import org.jdbi.v3.core.Handle;

/** What follows when a case moves: a decision becomes a document, and who waits for it is told. */
final class Deciding {
    private final Desk desk;
    private final Telling telling;

    Deciding(Desk desk, Telling telling) {
        this.desk = desk;
        this.telling = telling;
    }

    /** Called by the cases, in the transaction of the move. */
    void moved(Handle tx, CaseFile before, CaseFile after, Move move) {
        if (move.act() == Act.DECIDE) {
            issue(tx, after);
        }
        telling.moved(tx, after, move);
    }

    private void issue(Handle tx, CaseFile file) {
        Procedure procedure = desk.catalogue().find(file.kind()).orElseThrow();
        Filing filing = desk.filings().find(tx, file.id()).orElseThrow();
        String addressee = file.applicant().map(party -> desk.name(tx, party)).orElse("");
        desk.filings()
                .document(
                        tx,
                        file.id(),
                        desk.letters()
                                .decision(tx, procedure, file, filing, addressee)
                                .number());
    }
}
