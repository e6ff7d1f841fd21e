package city.hamana.capability.payments;

import city.hamana.platform.access.Role;
import city.hamana.platform.db.Database;
import city.hamana.platform.events.Event;
import city.hamana.platform.events.Events;
import city.hamana.platform.html.FieldError;
import city.hamana.platform.html.Html;
import city.hamana.platform.http.Call;
import city.hamana.platform.http.Reply;
import city.hamana.platform.http.Routes;
import city.hamana.platform.http.Upload;
import java.time.Clock;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Where staff make files of direct debits for the bank and read its answers. */
final class DebitPages {
    private static final String PATH = "/staff/payments/debits";
    private static final int DAYS_AHEAD = 7;
    private static final int MOST_DAYS_AHEAD = 180;
    private static final int LONGEST_UPLOAD = ZenginReader.LONGEST_BYTES + (64 << 10);

    private final Database database;
    private final Events events;
    private final Html html;
    private final Desk desk;
    private final Debits debits;
    private final Clock clock;

    DebitPages(Database database, Events events, Html html, Desk desk, Debits debits, Clock clock) {
        this.database = database;
        this.events = events;
        this.html = html;
        this.desk = desk;
        this.debits = debits;
        this.clock = clock;
    }

    void routes(Routes routes) {
        routes.get(PATH, Role.STAFF, this::show)
                .post(PATH, Role.STAFF, this::make)
                .get("/staff/payments/debits/{run}/file", Role.STAFF, this::file)
                .upload("/staff/payments/debits/{run}/answer", Role.STAFF, LONGEST_UPLOAD, this::answer);
    }

    private Reply show(Call call) {
        return page(call, call.query("service").orElse(""), call.query("day").orElse(""), List.of(), List.of());
    }

    private Reply page(Call call, String asked, String typedDay, List<Slip> slips, List<FieldError> errors) {
        Optional<String> chosen = desk.chosen(call, asked);
        if (chosen.isEmpty()) {
            return Reply.notFound();
        }
        String service = chosen.get();
        LocalDate day = day(typedDay).orElse(LocalDate.now(clock).plusDays(DAYS_AHEAD));
        DebitBoard board = database.inTransaction(tx -> {
            Debits.Preview preview = debits.preview(tx, service, day);
            List<DebitRun> runs = debits.runs(tx).stream()
                    .filter(run -> desk.handles(call, run.service()))
                    .toList();
            return new DebitBoard(
                    desk.services(call),
                    service,
                    day,
                    preview.count(),
                    preview.yen(),
                    runs,
                    slips,
                    errors,
                    debits.offered());
        });
        return Reply.html(html.render("city/hamana/capability/payments/debits", call.page(), board));
    }

    private Reply make(Call call) {
        String service = call.field("service");
        if (!desk.handles(call, service)) {
            return Reply.notFound();
        }
        Optional<LocalDate> day = day(call.field("day"));
        if (day.isEmpty()) {
            return page(call, service, "", List.of(), List.of(FieldError.of("day", "payments.debits.wrong-day")))
                    .withStatus(400);
        }
        OptionalLong run = database.inTransaction(
                tx -> debits.make(tx, service, day.get(), call.caller().actor()));
        return run.isPresent()
                ? Reply.seeOther(PATH + "?service=" + service)
                : page(
                                call,
                                service,
                                call.field("day"),
                                List.of(),
                                List.of(FieldError.of("day", "payments.debits.nothing")))
                        .withStatus(400);
    }

    private Reply file(Call call) {
        Optional<DebitRun> run = run(call);
        return run.flatMap(r -> database.inTransaction(tx -> {
                    events.append(
                            tx,
                            new Event(
                                    clock.instant(),
                                    "payments.debit-file-read",
                                    call.caller().actor(),
                                    "run:" + r.id(),
                                    Map.of("lines", r.lines())));
                    return debits.content(tx, r.id());
                }))
                .map(bytes -> Reply.bytes("application/octet-stream", bytes)
                        .download("debit-" + run.orElseThrow().id() + ".txt"))
                .orElseGet(Reply::notFound);
    }

    private Reply answer(Call call) {
        Optional<DebitRun> run = run(call);
        if (run.isEmpty()) {
            return Reply.notFound();
        }
        String service = run.get().service();
        List<Upload> files = call.form().uploads("file");
        if (files.size() != 1) {
            return page(call, service, "", List.of(new Slip(0, "no-file", "")), List.of())
                    .withStatus(400);
        }
        return switch (debits.take(
                run.get().id(), files.getFirst().bytes(), call.caller().actor())) {
            case Debits.Outcome.Refused(var slips) ->
                page(call, service, "", slips, List.of()).withStatus(400);
            case Debits.Outcome.Taken(var taken) -> {
                debits.book();
                yield Reply.seeOther(PATH + "?service=" + service + "#run-" + taken);
            }
        };
    }

    private Optional<DebitRun> run(Call call) {
        return call.number("run")
                .flatMap(id -> database.inTransaction(tx -> debits.run(tx, id)))
                .filter(run -> desk.handles(call, run.service()));
    }

    /** From today to half a year ahead. */
    private Optional<LocalDate> day(String text) {
        LocalDate today = LocalDate.now(clock);
        try {
            return Optional.of(LocalDate.parse(text))
                    .filter(d -> !d.isBefore(today) && !d.isAfter(today.plusDays(MOST_DAYS_AHEAD)));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
