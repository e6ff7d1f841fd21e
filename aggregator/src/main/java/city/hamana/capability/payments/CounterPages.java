package city.hamana.capability.payments;

import city.hamana.platform.access.Post;
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
import java.text.Normalizer;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.jdbi.v3.core.Handle;

/** Where a division takes cash over its counter, and counts it in the evening. */
final class CounterPages {
    private static final String PATH = "/staff/payments/counter";
    private static final int LONGEST_TEXT = 300;
    private static final int LONGEST_FIND = 100;
    private static final Set<String> SAID = Set.of("taken", "reversed", "closed", "banked", "late");

    private final Database database;
    private final Html html;
    private final Desk desk;
    private final Till till;
    private final Counter counter;
    private final Receipts receipts;
    private final UnaryOperator<String> offices;

    /** @param offices name of a division by its code */
    CounterPages(
            Database database,
            Html html,
            Desk desk,
            Till till,
            Counter counter,
            Receipts receipts,
            UnaryOperator<String> offices) {
        this.database = database;
        this.html = html;
        this.desk = desk;
        this.till = till;
        this.counter = counter;
        this.receipts = receipts;
        this.offices = offices;
    }

    void routes(Routes routes) {
        routes.get(PATH, Role.STAFF, this::show)
                .get("/staff/payments/counter.csv", Role.STAFF, this::csv)
                .post(PATH, Role.STAFF, this::take)
                .post("/staff/payments/counter/close", Role.STAFF, this::close)
                .post("/staff/payments/counter/bank", Role.STAFF, this::bank)
                .get("/staff/payments/counter/{payment}/pdf", Role.STAFF, call -> with(call, this::receipt))
                .post("/staff/payments/counter/{payment}/reverse", Role.STAFF, call -> with(call, this::reverse));
    }

    /** The division at whose counter the reader works; empty where it takes no money. */
    private Optional<String> mine(Call call) {
        return desk.open(call) ? call.person().post().map(Post::department) : Optional.empty();
    }

    private Reply show(Call call) {
        return board(call, call.query("find").orElse("").strip(), List.of());
    }

    private Reply board(Call call, String find, List<FieldError> errors) {
        Optional<String> mine = mine(call);
        if (mine.isEmpty() || find.length() > LONGEST_FIND) {
            return Reply.notFound();
        }
        CounterBoard board = database.inTransaction(tx -> board(tx, call, mine.get(), find, errors));
        boolean missed = !find.isEmpty() && board.bill().isEmpty();
        return Reply.html(html.render("city/hamana/capability/payments/counter", call.page(), board))
                .withStatus(errors.isEmpty() && !missed ? 200 : 400);
    }

    private CounterBoard board(Handle tx, Call call, String code, String find, List<FieldError> errors) {
        LocalDate day = day(call.query("day").orElse("")).orElse(counter.today());
        Optional<ChargeState> bill = find.isEmpty() ? Optional.empty() : found(tx, call, find);
        CounterStore.Sum sum = counter.sum(tx, code, day);
        List<FieldError> wrong = !find.isEmpty() && bill.isEmpty() && errors.isEmpty()
                ? List.of(FieldError.of("find", "payments.counter.no-bill"))
                : errors;
        return new CounterBoard(
                offices.apply(code),
                day,
                counter.today(),
                find,
                bill,
                bill.map(b -> counter.turn(tx, b.id())).orElse(0),
                bill.map(b -> till.creditor(b.charge().service())),
                call.field("yen"),
                call.field("given"),
                counter.lines(tx, code, day),
                sum.payments(),
                sum.yen(),
                counter.closed(tx, code, day),
                counter.notClosed(tx, code),
                counter.closes(tx, code),
                wrong,
                call.query("said").filter(SAID::contains).orElse(""),
                call.query("receipt").filter(r -> r.matches("R-\\d{8,18}")).orElse(""),
                call.query("change")
                        .map(CounterPages::yen)
                        .orElse(OptionalLong.empty())
                        .orElse(0));
    }

    /** Whoever looks at somebody's bill leaves a trace. */
    private Optional<ChargeState> found(Handle tx, Call call, String find) {
        Optional<ChargeState> bill =
                counter.find(tx, find).filter(b -> desk.handles(call, b.charge().service()));
        bill.ifPresent(b -> counter.append(
                tx, "payments.looked", call.caller().actor(), Charging.sub(b.id()), Map.of("why", "counter")));
        return bill;
    }

    private Reply take(Call call) {
        Optional<String> mine = mine(call);
        String bill = call.field("charge");
        OptionalLong yen = yen(call.field("yen"));
        OptionalLong given = call.field("given").isBlank() ? yen : yen(call.field("given"));
        boolean typed = bill.matches("\\d{1,15}") && call.field("turn").matches("\\d{1,6}");
        boolean handled = mine.isPresent()
                && typed
                && database.holds(tx -> till.state(tx, Long.parseLong(bill))
                        .filter(b -> desk.handles(call, b.charge().service()))
                        .isPresent());
        if (!handled) {
            return Reply.notFound();
        }
        if (yen.isEmpty() || given.isEmpty()) {
            return refused(call, bill, yen.isEmpty() ? "amount" : "given");
        }
        Counter.Laid laid = new Counter.Laid(
                Long.parseLong(bill), yen.getAsLong(), given.getAsLong(), Integer.parseInt(call.field("turn")));
        return switch (database.inTransaction(
                tx -> counter.take(tx, laid, mine.get(), call.caller().actor()))) {
            case Counter.Outcome.Refused(var why) -> refused(call, bill, why);
            case Counter.Outcome.Taken(var receipt, var change) ->
                Reply.seeOther(PATH + "?said=taken&receipt=" + receipt + "&change=" + change);
        };
    }

    private Reply refused(Call call, String bill, String why) {
        String field = why.equals("given") ? "given" : "yen";
        return board(call, bill, List.of(FieldError.of(field, "payments.counter.wrong-" + why)));
    }

    private Reply close(Call call) {
        Optional<String> mine = mine(call);
        Optional<LocalDate> day = day(call.field("day"));
        if (mine.isEmpty() || day.isEmpty()) {
            return Reply.notFound();
        }
        OptionalLong counted = yen(call.field("counted"));
        if (counted.isEmpty()) {
            return board(call, "", List.of(FieldError.of("counted", "payments.counter.wrong-counted")));
        }
        String explanation = call.field("explanation").strip();
        long booked = database.inTransaction(tx -> counter.sum(tx, mine.get(), day.get()))
                .yen();
        boolean explained = !explanation.isEmpty() && explanation.length() <= LONGEST_TEXT;
        if (counted.getAsLong() != booked && !explained) {
            return board(
                    call,
                    "",
                    List.of(FieldError.of(
                            "explanation",
                            "payments.counter.explain",
                            call.page().number((double) (counted.getAsLong() - booked), 0))));
        }
        boolean done = database.holds(tx -> counter.close(
                tx,
                mine.get(),
                day.get(),
                counted.getAsLong(),
                explanation,
                call.caller().actor()));
        return Reply.seeOther(PATH + "?day=" + day.get() + "&said=" + (done ? "closed" : "late"));
    }

    private Reply bank(Call call) {
        Optional<String> mine = mine(call);
        Optional<LocalDate> day = day(call.field("day"));
        if (mine.isEmpty() || day.isEmpty()) {
            return Reply.notFound();
        }
        boolean done = database.holds(
                tx -> counter.bank(tx, mine.get(), day.get(), call.caller().actor()));
        return Reply.seeOther(PATH + "?day=" + day.get() + "&said=" + (done ? "banked" : "late"));
    }

    /** A payment at the reader's own counter; others are as if they were not there. */
    private Reply with(Call call, BiFunction<Call, CounterLine, Reply> answer) {
        Optional<String> mine = mine(call);
        return call.number("payment")
                .flatMap(payment -> database.inTransaction(tx -> counter.line(tx, payment)))
                .filter(line -> mine.filter(line.counter()::equals).isPresent())
                .map(line -> answer.apply(call, line))
                .orElseGet(Reply::notFound);
    }

    private Reply receipt(Call call, CounterLine line) {
        Optional<byte[]> pdf = database.inTransaction(tx -> {
            ChargeState bill = till.state(tx, line.charge()).orElseThrow();
            Optional<Payment> payment = bill.payments().stream()
                    .filter(p -> p.receipt().equals(line.receipt()))
                    .findFirst();
            payment.ifPresent(p -> counter.append(
                    tx,
                    "payments.receipt-printed",
                    call.caller().actor(),
                    Charging.sub(bill.id()),
                    Map.of("receipt", p.receipt())));
            return payment.map(p -> receipts.pdf(call.page(), bill, p, offices.apply(line.counter())));
        });
        return pdf.map(bytes -> Reply.bytes("application/pdf", bytes).download("receipt-" + line.receipt() + ".pdf"))
                .orElseGet(Reply::notFound);
    }

    private Reply reverse(Call call, CounterLine line) {
        String reason = call.field("reason").strip();
        boolean said = !reason.isEmpty() && reason.length() <= LONGEST_TEXT;
        boolean done = said
                && database.holds(
                        tx -> counter.reverse(tx, line, reason, call.caller().actor()));
        return Reply.seeOther(PATH + "?said=" + (done ? "reversed" : "late"));
    }

    private Reply csv(Call call) {
        Optional<String> mine = mine(call);
        if (mine.isEmpty()) {
            return Reply.notFound();
        }
        StringBuilder text = new StringBuilder("\uFEFF");
        try (CSVPrinter csv = new CSVPrinter(text, CSVFormat.RFC4180)) {
            csv.printRecord("counter", "day", "payments", "booked", "counted", "difference", "explanation", "banked");
            for (CounterClose close : database.inTransaction(tx -> counter.closes(tx, mine.get()))) {
                csv.printRecord(
                        mine.get(),
                        close.day(),
                        close.payments(),
                        close.booked(),
                        close.counted(),
                        close.difference(),
                        Csv.safe(close.explanation()),
                        close.banked().map(Instant::toString).orElse(""));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Reply.text("text/csv", text.toString()).download("counter-" + mine.get() + ".csv");
    }

    /** Whole yen as people type them; empty for anything else. */
    private static OptionalLong yen(String typed) {
        String digits = Normalizer.normalize(typed, Normalizer.Form.NFKC).replaceAll("[\\s,円¥]", "");
        return digits.matches("\\d{1,9}") ? OptionalLong.of(Long.parseLong(digits)) : OptionalLong.empty();
    }

    private Optional<LocalDate> day(String text) {
        try {
            return Optional.of(LocalDate.parse(text)).filter(d -> !d.isAfter(counter.today()));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
