package city.hamana.sensing.ingest;

import city.hamana.platform.db.Database;
import city.hamana.platform.html.Html;
import city.hamana.platform.http.Call;
import city.hamana.platform.http.Reply;
import java.util.List;
import java.util.Optional;

/** Staff's list of what was set aside, the newest 500, and the bytes of each for whoever has to find out why. */
final class QuarantinePage {
    private static final int MOST = 500;

    private final Database database;
    private final Ledger ledger;
    private final Html html;

    QuarantinePage(Database database, Ledger ledger, Html html) {
        this.database = database;
        this.ledger = ledger;
        this.html = html;
    }

    Reply show(Call call) {
        List<Quarantined> finds = database.inTransaction(tx -> ledger.quarantine(tx, MOST));
        return Reply.html(html.render("city/hamana/sensing/ingest/quarantine", call.page(), finds));
    }

    Reply content(Call call) {
        if (!call.part("id").matches("[0-9]{1,18}")) {
            return Reply.notFound();
        }
        long id = Long.parseLong(call.part("id"));
        Optional<byte[]> content = database.inTransaction(tx -> ledger.content(tx, id));
        return content.map(
                        bytes -> Reply.bytes("application/octet-stream", bytes).download("quarantine-" + id + ".bin"))
                .orElseGet(Reply::notFound);
    }
}
