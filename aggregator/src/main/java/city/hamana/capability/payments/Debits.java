package city.hamana.capability.payments;

import city.hamana.capability.notices.Notice;
import city.hamana.capability.notices.Notices;
import city.hamana.capability.notices.Recipient;
import city.hamana.capability.notices.Urgency;
import city.hamana.platform.db.Database;
import city.hamana.platform.events.Event;
import city.hamana.platform.events.Events;
import java.time.Clock;
import java.time.LocalDate;
import java.time.MonthDay;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/**
 * Direct debits: files for the bank, and the bank's answer. An answer is taken as a whole or not at all; what was
 * taken is then booked slice by slice, and goes on after a power cut where it was.
 */
final class Debits {
    private static final int SLICE = 200;
    private static final int MOST_SLIPS = 100;
    private static final int MOST_LISTED = 50;

    private final Database database;
    private final Events events;
    private final Notices notices;
    private final Till till;
    private final DebitStore store;
    private final DebitResults results = new DebitResults();
    private final Optional<Collector> city;
    private final Clock clock;

    Debits(Database database, Events events, Notices notices, Till till, Optional<Collector> city, Clock clock) {
        this.database = database;
        this.events = events;
        this.notices = notices;
        this.till = till;
        this.store = new DebitStore(database.dialect());
        this.city = city;
        this.clock = clock;
    }

    /** What became of a file that came from the bank. */
    sealed interface Outcome {
        record Taken(long run) implements Outcome {}

        record Refused(List<Slip> slips) implements Outcome {}
    }

    /** Whether the city has a contract for them. */
    boolean offered() {
        return city.isPresent();
    }

    /** How many charges a file for this day would ask for, and for how much. */
    record Preview(int count, long yen) {}

    Preview preview(Handle tx, String service, LocalDate day) {
        List<DebitStore.Due> due = store.due(tx, service, day, ZenginReader.MOST_LINES);
        return new Preview(
                due.size(), due.stream().mapToLong(DebitStore.Due::yen).sum());
    }

    /** Makes a file of all that is due by then; gives its number, or empty where nothing is. */
    OptionalLong make(Handle tx, String service, LocalDate day, String actor) {
        List<DebitStore.Due> due = store.due(tx, service, day, ZenginReader.MOST_LINES);
        if (due.isEmpty() || city.isEmpty()) {
            return OptionalLong.empty();
        }
        List<DebitLine> lines = due.stream().map(Debits::line).toList();
        byte[] content = ZenginWriter.write(
                DebitFile.request(city.get(), MonthDay.from(day), lines),
                city.get().crlf());
        long run = store.addRun(tx, service, day, due, content, actor, clock.instant());
        append(tx, "payments.debit-asked", actor, "run:" + run, Map.of("lines", due.size(), "day", day.toString()));
        return OptionalLong.of(run);
    }

    private static DebitLine line(DebitStore.Due due) {
        BankAccount from = due.from();
        return new DebitLine(
                from.bank(),
                from.branch(),
                from.kind(),
                from.account(),
                from.holder(),
                due.yen(),
                due.first(),
                DebitLine.customer(due.charge()),
                DebitFile.DEBITED);
    }

    /** The file of a run; empty where there is none, or the term of its numbers is over. */
    Optional<byte[]> content(Handle tx, long run) {
        return store.content(tx, run).filter(content -> content.length > 0);
    }

    List<DebitRun> runs(Handle tx) {
        return store.runs(tx, MOST_LISTED);
    }

    Optional<DebitRun> run(Handle tx, long id) {
        return store.run(tx, id);
    }

    /** Takes the bank's answer to a run, where everything in it fits what was asked. */
    Outcome take(long run, byte[] bytes, String actor) {
        return switch (ZenginReader.read(bytes)) {
            case ZenginReader.Reading.Wrong(var slips) -> new Outcome.Refused(slips);
            case ZenginReader.Reading.Whole(var file) ->
                database.inTransaction(tx -> {
                    List<Slip> slips = mismatches(tx, run, file);
                    if (!slips.isEmpty()) {
                        return new Outcome.Refused(slips);
                    }
                    store.results(tx, run, file.lines());
                    Map<String, Object> detail = Map.of(
                            "debited",
                            file.debited().size(),
                            "failed",
                            file.failed().size());
                    append(tx, "payments.debit-answered", actor, "run:" + run, detail);
                    return new Outcome.Taken(run);
                });
        };
    }

    private List<Slip> mismatches(Handle tx, long run, DebitFile file) {
        Optional<String> state = store.lockedState(tx, run);
        Optional<DebitRun> asked = store.run(tx, run);
        if (state.isEmpty() || asked.isEmpty() || !state.get().equals("sent")) {
            return List.of(new Slip(0, "second-reading", ""));
        }
        boolean ours = city.map(Collector::code).filter(file.code()::equals).isPresent();
        if (!ours || !file.day().equals(MonthDay.from(asked.get().day()))) {
            return List.of(new Slip(1, "foreign", file.code() + " " + file.day()));
        }
        return file.answered() ? lines(store.asked(tx, run), file) : List.of(new Slip(0, "no-answer", ""));
    }

    private List<Slip> lines(List<DebitStore.Asked> asked, DebitFile file) {
        Map<Long, DebitStore.Asked> byCharge = new HashMap<>();
        asked.forEach(one -> byCharge.put(one.charge(), one));
        Set<Long> seen = new HashSet<>();
        List<Slip> slips = new ArrayList<>();
        for (int i = 0; i < file.lines().size() && slips.size() < MOST_SLIPS; i++) {
            DebitLine line = file.lines().get(i);
            String why = mismatch(line, byCharge.get(customer(line)), seen);
            if (!why.isEmpty()) {
                slips.add(new Slip(i + 2, why, line.customer().replaceFirst("^0+", "")));
            }
        }
        asked.stream()
                .filter(one -> !seen.contains(one.charge()))
                .limit(MOST_SLIPS - slips.size())
                .forEach(one -> slips.add(new Slip(0, "missing", Long.toString(one.charge()))));
        return slips;
    }

    private String mismatch(DebitLine line, DebitStore.Asked asked, Set<Long> seen) {
        if (asked == null) {
            return "customer";
        }
        if (!seen.add(asked.charge())) {
            return "twice";
        }
        if (asked.yen() != line.yen()) {
            return "amount";
        }
        if (!asked.debited().equals(line.bank() + line.branch() + line.kind() + line.account())) {
            return "account";
        }
        return results.known(line.result()) ? "" : "result";
    }

    /** No number that a charge can have becomes -1. */
    private static long customer(DebitLine line) {
        return line.customer().startsWith("00") ? Long.parseLong(line.customer()) : -1;
    }

    /** Books what was taken, slice by slice; what is booked already is not booked again. */
    void book() {
        for (long run : database.inTransaction(store::beingBooked)) {
            while (database.holds(tx -> bookSlice(tx, run))) {
                // Until nothing of this run is left.
            }
        }
    }

    private boolean bookSlice(Handle tx, long run) {
        List<DebitStore.Result> slice = store.unbooked(tx, run, SLICE);
        LocalDate day = store.run(tx, run).orElseThrow().day();
        for (DebitStore.Result result : slice) {
            if (results.paid(result.result())) {
                Money money = new Money(
                        result.charge(),
                        Channel.DIRECT_DEBIT,
                        result.yen(),
                        day.atTime(9, 0).atZone(clock.getZone()).toInstant(),
                        "run:" + run,
                        "debit:" + run + ":" + result.line());
                till.take(tx, money, "bank");
            } else {
                failed(tx, run, result);
            }
            store.booked(tx, run, result.line());
        }
        if (slice.isEmpty()) {
            store.done(tx, run);
        }
        return !slice.isEmpty();
    }

    /** The payer is told, and gets a slip by post where nothing else reaches them. */
    private void failed(Handle tx, long run, DebitStore.Result result) {
        ChargeState charge = till.state(tx, result.charge()).orElseThrow();
        Map<String, Object> detail = Map.of("run", run, "result", result.result());
        if (!charge.charge().party().isEmpty() && charge.open() > 0) {
            notices.send(
                    tx,
                    new Notice(
                            new Recipient.Of(charge.charge().party()),
                            "payments.notice-debit-failed",
                            List.of("%,d".formatted(charge.open()), charge.due().toString()),
                            "/payments/" + charge.id(),
                            Urgency.PROMPT,
                            "payments:debit-failed:" + run + ":" + result.line(),
                            till.creditor(charge.charge().service()).division()));
        }
        append(tx, "payments.debit-failed", "bank", Charging.sub(result.charge()), detail);
    }

    private void append(Handle tx, String kind, String actor, String subject, Map<String, Object> detail) {
        events.append(tx, new Event(clock.instant(), kind, actor, subject, detail));
    }
}
