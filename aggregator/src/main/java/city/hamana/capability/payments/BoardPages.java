package city.hamana.capability.payments;

import city.hamana.platform.access.Role;
import city.hamana.platform.db.Database;
import city.hamana.platform.events.Event;
import city.hamana.platform.events.Events;
import city.hamana.platform.html.Html;
import city.hamana.platform.http.Call;
import city.hamana.platform.http.Reply;
import city.hamana.platform.http.Routes;
import city.hamana.platform.http.Upload;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/** Where the divisions that take money see what came, and match it with what arrived at the bank. */
final class BoardPages {
    private static final String PATH = "/staff/payments";
    private static final int MOST_QUEUED = 200;
    private static final Set<String> SAID = Set.of("proposed", "assigned", "rejected", "closed", "refused", "reminded");

    private final Database database;
    private final Events events;
    private final Html html;
    private final Desk desk;
    private final Matching matching;
    private final Refunds refunds;
    private final Reminders reminders;
    private final BoardStore store;
    private final SlipPrints slips;
    private final Clock clock;

    BoardPages(
            Database database,
            Events events,
            Html html,
            Desk desk,
            Matching matching,
            Refunds refunds,
            Reminders reminders,
            BoardStore store,
            SlipPrints slips,
            Clock clock) {
        this.database = database;
        this.events = events;
        this.html = html;
        this.desk = desk;
        this.matching = matching;
        this.refunds = refunds;
        this.reminders = reminders;
        this.store = store;
        this.slips = slips;
        this.clock = clock;
    }

    void routes(Routes routes) {
        routes.get(PATH, Role.STAFF, call -> board(call, List.of()))
                .get("/staff/payments.csv", Role.STAFF, this::csv)
                .get("/staff/payments/slips.pdf", Role.STAFF, slips::print)
                .upload("/staff/payments/statements", Role.STAFF, StatementFile.LONGEST_BYTES, this::statement)
                .post("/staff/payments/arrivals/{id}/propose", Role.STAFF, this::propose)
                .post("/staff/payments/arrivals/{id}/confirm", Role.STAFF, this::confirm)
                .post("/staff/payments/arrivals/{id}/reject", Role.STAFF, this::reject)
                .post("/staff/payments/reminders", Role.STAFF, this::remind)
                .post("/staff/payments/close", Role.STAFF, this::close);
    }

    private Reply board(Call call, List<Slip> slips) {
        if (!desk.open(call)) {
            return Reply.notFound();
        }
        LocalDate today = LocalDate.now(clock);
        LocalDate day = day(call.query("day").orElse("")).orElse(today);
        Board board = database.inTransaction(tx -> new Board(
                day,
                today,
                store.channels(tx, day),
                desk.services(call).stream()
                        .map(creditor -> store.service(tx, creditor, today))
                        .toList(),
                matching.queue(tx, MOST_QUEUED),
                refunds.list(tx, false).size(),
                store.closed(tx, day),
                call.person().worksIn(Desk.TREASURY),
                call.caller().actor(),
                slips,
                call.query("said").filter(SAID::contains).orElse("")));
        return Reply.html(html.render("city/hamana/capability/payments/board", call.page(), board));
    }

    /** What came on the day, one line for each channel. */
    private Reply csv(Call call) {
        if (!desk.open(call)) {
            return Reply.notFound();
        }
        LocalDate day = day(call.query("day").orElse("")).orElse(LocalDate.now(clock));
        StringBuilder text = new StringBuilder("\uFEFF");
        try (CSVPrinter csv = new CSVPrinter(text, CSVFormat.RFC4180)) {
            csv.printRecord("day", "channel", "count", "yen", "on-its-way-yen");
            for (Board.ChannelLine line : database.inTransaction(tx -> store.channels(tx, day))) {
                csv.printRecord(day, line.channel().code(), line.count(), line.yen(), line.onItsWay());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Reply.text("text/csv", text.toString()).download("payments-" + day + ".csv");
    }

    private Reply statement(Call call) {
        List<Upload> files = call.form().uploads("file");
        if (!desk.open(call)) {
            return Reply.notFound();
        }
        if (files.size() != 1) {
            return board(call, List.of(new Slip(0, "no-file", ""))).withStatus(400);
        }
        return switch (matching.take(files.getFirst().bytes(), call.caller().actor())) {
            case Matching.Outcome.Refused(var slips) -> board(call, slips).withStatus(400);
            case Matching.Outcome.Taken taken -> Reply.seeOther(PATH + "#queue");
        };
    }

    private Reply propose(Call call) {
        String charge = call.field("charge");
        return act(call, id -> {
            boolean done = charge.matches("\\d{1,15}")
                    && database.holds(tx -> matching.propose(
                            tx, id, Long.parseLong(charge), call.caller().actor()));
            return done ? "proposed" : "refused";
        });
    }

    private Reply confirm(Call call) {
        return act(
                call,
                id -> database.holds(
                                tx -> matching.confirm(tx, id, call.caller().actor()))
                        ? "assigned"
                        : "refused");
    }

    private Reply reject(Call call) {
        return act(call, id -> {
            database.inTransaction(tx -> {
                matching.reject(tx, id, call.caller().actor());
                return id;
            });
            return "rejected";
        });
    }

    @FunctionalInterface
    private interface Deed {
        /** What is to be said of it. */
        String on(long id);
    }

    private Reply act(Call call, Deed deed) {
        return call.number("id")
                .filter(id -> desk.open(call))
                .map(id -> Reply.seeOther(PATH + "?said=" + deed.on(id) + "#queue"))
                .orElseGet(Reply::notFound);
    }

    private Reply remind(Call call) {
        if (!desk.open(call)) {
            return Reply.notFound();
        }
        reminders.send();
        return Reply.seeOther(PATH + "?said=reminded");
    }

    /** A day is closed once, by who keeps the city's money; what is booked on it later is shown. */
    private Reply close(Call call) {
        Optional<LocalDate> day = day(call.field("day"));
        if (!call.person().worksIn(Desk.TREASURY) || day.isEmpty()) {
            return Reply.notFound();
        }
        database.inTransaction(tx -> {
            if (store.closed(tx, day.get()).isEmpty()) {
                List<Board.ChannelLine> lines = store.channels(tx, day.get());
                long yen = lines.stream().mapToLong(Board.ChannelLine::yen).sum();
                long count = lines.stream().mapToLong(Board.ChannelLine::count).sum();
                store.close(tx, day.get(), yen, count, call.caller().actor(), clock.instant());
                Map<String, Object> detail = Map.of("yen", yen, "count", count);
                events.append(
                        tx,
                        new Event(
                                clock.instant(),
                                "payments.day-closed",
                                call.caller().actor(),
                                "day:" + day.get(),
                                detail));
            }
            return day;
        });
        return Reply.seeOther(PATH + "?day=" + day.get() + "&said=closed");
    }

    private Optional<LocalDate> day(String text) {
        try {
            return Optional.of(LocalDate.parse(text)).filter(d -> !d.isAfter(LocalDate.now(clock)));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
