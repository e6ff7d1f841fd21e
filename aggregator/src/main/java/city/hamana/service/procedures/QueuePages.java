package city.hamana.service.procedures;

import city.hamana.capability.cases.CaseFile;
import city.hamana.capability.cases.Kind;
import city.hamana.capability.cases.QueueFilter;
import city.hamana.capability.cases.State;
import city.hamana.capability.forms.Answers;
import city.hamana.capability.forms.Field;
import city.hamana.platform.access.Post;
import city.hamana.platform.csv.Csv;
import city.hamana.platform.events.Event;
import city.hamana.platform.http.Call;
import city.hamana.platform.http.Reply;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/** The queue of the reader's department, of every kind of case. */
final class QueuePages {
    private static final int MOST = 200;
    /** Looked through where a column sorts. */
    private static final int MOST_SORTED = 1_000;

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
        String head = Stream.concat(
                        Stream.of("number", "title", "applicant", "state", "assignee", "opened", "left")
                                .map(word -> call.page().plain("procedures.queue." + word)),
                        view.columns().stream().map(field -> call.page().plain(field.label())))
                .map(QueuePages::cell)
                .collect(Collectors.joining(","));
        String lines = view.rows().stream().map(row -> line(call, row)).collect(Collectors.joining("\r\n"));
        return Reply.text("text/csv", BYTE_ORDER_MARK + head + "\r\n" + lines + "\r\n")
                .download("cases.csv");
    }

    private static String line(Call call, QueueView.Row row) {
        CaseFile file = row.file();
        List<String> cells = List.of(
                file.id(),
                row.title(),
                row.applicant(),
                call.page().plain("cases.state." + file.state().code()),
                file.assignee().map(CaseFile.Worker::name).orElse(""),
                file.opened().atZone(call.page().zone()).toLocalDate().toString(),
                row.left().map(String::valueOf).orElse(""));
        return Stream.concat(cells.stream(), row.cells().stream())
                .map(QueuePages::cell)
                .collect(Collectors.joining(","));
    }

    /** Quoted; a number below zero is no formula. */
    private static String cell(String text) {
        return text.matches("-?\\d+") ? "\"" + text + "\"" : Csv.cell(text);
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
                wish.sort().isEmpty() ? MOST : MOST_SORTED);
        Optional<Procedure> kind = desk.catalogue().find(wish.kind());
        List<Field> columns = kind.map(QueuePages::columns).orElse(List.of());
        List<QueueView.Row> rows = desk.database().inTransaction(tx -> {
            List<CaseFile> found = new ArrayList<>(desk.cases().queue(tx, filter));
            kind.ifPresent(procedure -> sort(found, procedure, wish.sort()));
            List<QueueView.Row> all = found.stream()
                    .limit(MOST)
                    .map(file -> row(tx, call, file, columns))
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
        return new QueueView(rows, wish, kinds(call), List.of(State.values()), columns, call.now());
    }

    private static List<Field> columns(Procedure procedure) {
        return procedure.columns().stream()
                .flatMap(id -> procedure.form().field(id).stream())
                .toList();
    }

    /** By what was answered: numbers by size, days by time, the rest by its letters; without an answer last. */
    private void sort(List<CaseFile> files, Procedure procedure, String by) {
        boolean down = by.startsWith("-");
        columns(procedure).stream()
                .filter(field -> field.id().equals(down ? by.substring(1) : by))
                .findFirst()
                .ifPresent(field -> {
                    Comparator<String> order = down ? Comparator.reverseOrder() : Comparator.naturalOrder();
                    files.sort(Comparator.comparing(
                            (CaseFile file) -> key(procedure, field, file),
                            Comparator.comparing(String::isEmpty).thenComparing(order)));
                });
    }

    private String key(Procedure procedure, Field field, CaseFile file) {
        Answers answers = desk.forms().answers(procedure.form(), file.data());
        String text = field.type() == Field.Type.ADDRESS
                ? answers.text(field.id() + "-town") + answers.text(field.id() + "-rest")
                : answers.text(field.id());
        return switch (field.type()) {
            case GROUP -> text.isEmpty() ? "" : "%020d".formatted(answers.sum(field));
            case NUMBER, YEN -> text.isEmpty() ? "" : "%020d".formatted(Long.parseLong(text));
            case TEXT, LONG_TEXT, DATE, YES_NO, ONE_OF, SEVERAL, ADDRESS, NAME, PHONE, MAIL, FILE -> text;
        };
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
                        .orElse(""),
                call.query("sort")
                        .filter(sort -> sort.matches("-?[a-z0-9-]{1,40}"))
                        .orElse(""));
    }

    private QueueView.Row row(Handle tx, Call call, CaseFile file, List<Field> columns) {
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
                desk.cases().kind(file.kind()).staffPage() + file.id(),
                cells(call, file, columns));
    }

    private List<String> cells(Call call, CaseFile file, List<Field> columns) {
        return desk.catalogue()
                .find(file.kind())
                .map(procedure -> desk.forms().answers(procedure.form(), file.data()))
                .map(answers -> columns.stream()
                        .map(field -> desk.forms().shown(field, answers, call.page()))
                        .toList())
                .orElse(List.of());
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
