package city.hamana.service.procedures;

import city.hamana.capability.cases.CaseFile;
import city.hamana.capability.cases.Kind;
import city.hamana.capability.cases.QueueFilter;
import city.hamana.capability.cases.State;
import city.hamana.platform.access.Post;
import city.hamana.platform.events.Event;
import city.hamana.platform.http.Call;
import city.hamana.platform.http.Reply;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** The queue of the reader's department, of every kind of case. */
final class QueuePages {
    private static final int MOST = 200;
    private static final String BYTE_ORDER_MARK = "\ufeff";

    private final Desk desk;

    QueuePages(Desk desk) {
        this.desk = desk;
    }

    Reply queue(Call call) {
        return desk.page("queue", call.page(), view(call));
    }

    Reply csv(Call call) {
        QueueView view = view(call);
        String head = Arrays.stream(
                        new String[] {"number", "title", "applicant", "state", "assignee", "opened", "left"})
                .map(word -> cell(call.page().plain("procedures.queue." + word)))
                .collect(Collectors.joining(","));
        String lines = view.rows().stream().map(row -> line(call, row)).collect(Collectors.joining("\r\n"));
        return Reply.text("text/csv", BYTE_ORDER_MARK + head + "\r\n" + lines + "\r\n")
                .download("cases.csv");
    }

    private static String line(Call call, QueueView.Row row) {
        CaseFile file = row.file();
        return List.of(
                        file.id(),
                        row.title(),
                        row.applicant(),
                        call.page().plain("cases.state." + file.state().code()),
                        file.assignee().map(CaseFile.Worker::name).orElse(""),
                        file.opened().atZone(call.page().zone()).toLocalDate().toString(),
                        row.left().map(String::valueOf).orElse(""))
                .stream()
                .map(QueuePages::cell)
                .collect(Collectors.joining(","));
    }

    /** Quoted, and never a formula in a spreadsheet. */
    private static String cell(String text) {
        String plain = text.matches("[=+\\-@\\t\\r].*") && !text.matches("-?\\d+") ? "'" + text : text;
        return "\"" + plain.replace("\"", "\"\"") + "\"";
    }

    private QueueView view(Call call) {
        QueueView.Wish wish = wish(call);
        String department = call.person().post().map(Post::department).orElse("");
        QueueFilter filter = new QueueFilter(
                Optional.of(department),
                Optional.of(wish.kind()).filter(kind -> !kind.isEmpty()),
                State.ofCode(wish.state()),
                wish.mine() ? Optional.of(call.caller().actor()) : Optional.empty(),
                wish.state().isEmpty(),
                wish.overdue(),
                wish.text(),
                MOST);
        List<QueueView.Row> rows = desk.database().inTransaction(tx -> {
            List<QueueView.Row> all = desk.cases().queue(tx, filter).stream()
                    .map(file -> row(tx, call, file))
                    .toList();
            Map<String, String> detail = Map.of("purpose", "cases.examine", "cases", String.valueOf(all.size()));
            desk.events()
                    .append(
                            tx,
                            new Event(
                                    call.now(),
                                    "procedures.queue-read",
                                    call.caller().actor(),
                                    "department:" + department,
                                    detail));
            return all;
        });
        return new QueueView(rows, wish, kinds(call), List.of(State.values()), call.now());
    }

    private static QueueView.Wish wish(Call call) {
        return new QueueView.Wish(
                call.query("state")
                        .filter(code -> State.ofCode(code).isPresent())
                        .orElse(""),
                call.query("kind")
                        .filter(code -> code.matches("[a-z0-9-]{2,40}"))
                        .orElse(""),
                call.query("mine").isPresent(),
                call.query("overdue").isPresent(),
                call.query("q")
                        .map(q -> q.substring(0, Math.min(100, q.length())))
                        .orElse(""));
    }

    private QueueView.Row row(Handle tx, Call call, CaseFile file) {
        String title = desk.catalogue()
                .find(file.kind())
                .map(p -> call.page().plain(p.title()))
                .orElseGet(file::title);
        return new QueueView.Row(
                file,
                title,
                file.applicant().map(party -> desk.name(tx, party)).orElse(""),
                desk.cases().daysLeft(file),
                file.overdue(call.now()),
                desk.cases().kind(file.kind()).staffPage() + file.id());
    }

    private Map<String, String> kinds(Call call) {
        Map<String, String> names = new LinkedHashMap<>();
        for (Kind kind : desk.cases().kinds()) {
            names.put(
                    kind.code(),
                    desk.catalogue()
                            .find(kind.code())
                            .map(p -> call.page().plain(p.title()))
                            .orElseGet(() -> call.page().plain(kind.words())));
        }
        return names;
    }
}
