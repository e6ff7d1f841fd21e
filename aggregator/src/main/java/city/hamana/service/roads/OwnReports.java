package city.hamana.service.roads;

import city.hamana.capability.cases.CaseFile;
import city.hamana.capability.cases.Cases;
import city.hamana.platform.db.Database;
import city.hamana.platform.http.Call;
import city.hamana.platform.http.Reply;
import java.util.Optional;
import java.util.function.Predicate;
import org.jdbi.v3.core.Handle;

/** What staff do to a report: only for the division that has it. A division that had it may look, not write. */
final class OwnReports {
    private final Database database;
    private final Cases cases;
    private final ReportStore store;

    OwnReports(Database database, Cases cases, ReportStore store) {
        this.database = database;
        this.cases = cases;
        this.store = store;
    }

    /** What is done, in the transaction in which it was looked whose the report is. */
    interface Work {
        Reply on(Handle tx, Report report);
    }

    /**
     * Does it to the report whose number stands in the address.
     *
     * @param which reports it can be done to; others are not there
     */
    Reply work(Call call, Predicate<Report> which, Work work) {
        String id = call.part("id");
        return database.inTransaction(tx -> {
            Optional<CaseFile> file = cases.seen(tx, call.caller(), id);
            Optional<Report> report = file.flatMap(f -> store.find(tx, id)).filter(which);
            if (report.isEmpty()) {
                return Reply.notFound();
            }
            return call.person().worksIn(file.orElseThrow().department())
                    ? work.on(tx, report.get())
                    : Reply.problem(403, "This report is another division's.");
        });
    }
}
