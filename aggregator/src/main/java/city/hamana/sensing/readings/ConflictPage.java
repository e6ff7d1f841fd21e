package city.hamana.sensing.readings;

import city.hamana.platform.html.Html;
import city.hamana.platform.http.Call;
import city.hamana.platform.http.Reply;
import java.util.List;
import java.util.stream.Collectors;

/** Staff's list of conflicts, the newest 500. */
final class ConflictPage {
    private static final int MOST = 500;

    private final Readings readings;
    private final Html html;

    ConflictPage(Readings readings, Html html) {
        this.readings = readings;
        this.html = html;
    }

    Reply show(Call call) {
        List<Conflict> conflicts = readings.conflicts(MOST);
        return Reply.html(html.render("city/hamana/sensing/readings/conflicts", call.page(), conflicts));
    }

    Reply csv(Call call) {
        String lines = readings.conflicts(MOST).stream()
                .map(c -> String.join(
                                ",",
                                c.kept().meter(),
                                c.kept().quantity().code(),
                                c.kept().at().toString(),
                                c.kept().decimal().toPlainString(),
                                c.other().decimal().toPlainString(),
                                c.source().replaceAll("[\",\\p{Cntrl}]", "_"),
                                c.seen().toString())
                        + "\r\n")
                .collect(Collectors.joining("", "meter,quantity,at,kept,other,source,seen\r\n", ""));
        return Reply.text("text/csv", lines).download("conflicts.csv");
    }
}
