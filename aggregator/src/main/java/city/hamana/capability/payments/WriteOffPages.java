package city.hamana.capability.payments;

import city.hamana.platform.access.Role;
import city.hamana.platform.csv.Csv;
import city.hamana.platform.db.Database;
import city.hamana.platform.html.FieldError;
import city.hamana.platform.html.Html;
import city.hamana.platform.http.Call;
import city.hamana.platform.http.Reply;
import city.hamana.platform.http.Routes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.jdbi.v3.core.Handle;

/** Where claims that cannot be collected are written off by two persons, and the year's list of them. */
final class WriteOffPages {
    private static final String PATH = "/staff/payments/write-offs";
    private static final int LONGEST_NOTE = 300;
    private static final int YEARS = 10;
    private static final Set<String> SAID = Set.of("asked", "done", "returned", "undone", "refused");

    private final Database database;
    private final Html html;
    private final Desk desk;
    private final Till till;
    private final WriteOffs writeOffs;

    WriteOffPages(Database database, Html html, Desk desk, Till till, WriteOffs writeOffs) {
        this.database = database;
        this.html = html;
        this.desk = desk;
        this.till = till;
        this.writeOffs = writeOffs;
    }

    void routes(Routes routes) {
        routes.get(PATH, Role.STAFF, call -> board(call, List.of()))
                .get("/staff/payments/write-offs.csv", Role.STAFF, this::csv)
                .post(PATH, Role.STAFF, this::ask)
                .post("/staff/payments/write-offs/{id}/approve", Role.STAFF, this::approve)
                .post("/staff/payments/write-offs/{id}/return", Role.STAFF, this::giveBack)
                .post("/staff/payments/write-offs/{id}/undo", Role.STAFF, this::undo);
    }

    private Reply board(Call call, List<FieldError> errors) {
        if (!desk.open(call)) {
            return Reply.notFound();
        }
        int year = year(call);
        List<Creditor> services = desk.services(call);
        WriteOffBoard board = database.inTransaction(tx -> new WriteOffBoard(
                year,
                IntStream.range(0, YEARS).mapToObj(i -> writeOffs.year() - i).toList(),
                writeOffs.today(),
                mine(call, writeOffs.asked(tx)),
                mine(call, writeOffs.done(tx, year)),
                writeOffs.old(tx, services.stream().map(Creditor::service).toList()),
                services.stream().collect(Collectors.toMap(Creditor::service, Function.identity())),
                call.field("charge"),
                call.field("reason"),
                call.field("note"),
                errors,
                call.query("said").filter(SAID::contains).orElse(""),
                call.caller().actor()));
        return Reply.html(html.render("city/hamana/capability/payments/write-offs", call.page(), board));
    }

    private int year(Call call) {
        return call.query("year")
                .filter(y -> y.matches("20\\d\\d"))
                .map(Integer::valueOf)
                .orElseGet(writeOffs::year);
    }

    private List<WriteOff> mine(Call call, List<WriteOff> all) {
        return all.stream().filter(w -> desk.handles(call, w.service())).toList();
    }

    private Reply csv(Call call) {
        if (!desk.open(call)) {
            return Reply.notFound();
        }
        int year = year(call);
        StringBuilder text = new StringBuilder("\uFEFF");
        try (CSVPrinter csv = new CSVPrinter(text, CSVFormat.RFC4180)) {
            csv.printRecord(
                    "number", "bill", "service", "account", "yen", "reason", "law", "rules", "day", "state", "undone",
                    "note");
            for (WriteOff w : mine(call, database.inTransaction(tx -> writeOffs.done(tx, year)))) {
                csv.printRecord(
                        w.id(),
                        w.charge(),
                        w.service(),
                        w.account(),
                        w.yen(),
                        w.reason(),
                        w.law(),
                        w.rules(),
                        w.done().map(LocalDate::toString).orElse(""),
                        w.state().code(),
                        w.undone().map(LocalDate::toString).orElse(""),
                        Csv.safe(w.note()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Reply.text("text/csv", text.toString()).download("write-offs-" + year + ".csv");
    }

    private Reply ask(Call call) {
        if (!desk.open(call)) {
            return Reply.notFound();
        }
        String bill = call.field("charge").strip();
        String reason = call.field("reason");
        String note = call.field("note").strip();
        if (!Lapses.REASONS.contains(reason)) {
            return wrong(call, FieldError.of("reason", "payments.write-off.wrong-reason"));
        }
        if (note.isEmpty() || note.length() > LONGEST_NOTE) {
            return wrong(call, FieldError.of("note", "payments.wrong-reason"));
        }
        Optional<WriteOffs.Outcome> outcome = bill.matches("\\d{1,15}")
                ? database.inTransaction(tx -> till.state(tx, Long.parseLong(bill))
                        .filter(charge -> desk.handles(call, charge.charge().service()))
                        .map(charge -> writeOffs.ask(tx, charge, reason, note, actor(call))))
                : Optional.empty();
        return outcome.map(o -> answer(call, o))
                .orElseGet(() -> wrong(call, FieldError.of("charge", "payments.counter.no-bill")));
    }

    private Reply answer(Call call, WriteOffs.Outcome outcome) {
        return switch (outcome) {
            case WriteOffs.Outcome.Asked asked -> Reply.seeOther(PATH + "?said=asked#write-off-" + asked.id());
            case WriteOffs.Outcome.NotOpen() -> wrong(call, FieldError.of("charge", "payments.write-off.not-open"));
            case WriteOffs.Outcome.NotYet(var lapse) ->
                wrong(
                        call,
                        lapse.allowed()
                                ? FieldError.of(
                                        "reason",
                                        "payments.write-off.not-yet",
                                        call.page().fullDay(lapse.over()))
                                : FieldError.of("reason", "payments.write-off.not-allowed", lapse.law()));
        };
    }

    private Reply wrong(Call call, FieldError error) {
        return board(call, List.of(error)).withStatus(400);
    }

    private Reply approve(Call call) {
        return act(call, "done", (tx, writeOff) -> writeOffs.approve(tx, writeOff, actor(call)));
    }

    private Reply giveBack(Call call) {
        return act(call, "returned", (tx, writeOff) -> writeOffs.giveBack(tx, writeOff, actor(call)));
    }

    private Reply undo(Call call) {
        String reason = call.field("reason").strip();
        boolean said = !reason.isEmpty() && reason.length() <= LONGEST_NOTE;
        return act(call, "undone", (tx, writeOff) -> said && writeOffs.undo(tx, writeOff, reason, actor(call)));
    }

    @FunctionalInterface
    private interface Deed {
        /** Whether it was done. */
        boolean on(Handle tx, WriteOff writeOff);
    }

    /** What is not of the reader's services is as if it were not there. */
    private Reply act(Call call, String said, Deed deed) {
        Optional<Long> id = call.number("id");
        Optional<Boolean> done = database.inTransaction(tx -> id.flatMap(number -> writeOffs.locked(tx, number))
                .filter(writeOff -> desk.handles(call, writeOff.service()))
                .map(writeOff -> deed.on(tx, writeOff)));
        return done.map(yes -> Reply.seeOther(PATH + "?said=" + (yes ? said : "refused") + "#write-off-" + id.get()))
                .orElseGet(Reply::notFound);
    }

    private static String actor(Call call) {
        return call.caller().actor();
    }
}
