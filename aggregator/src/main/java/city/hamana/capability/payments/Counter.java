package city.hamana.capability.payments;

import city.hamana.capability.ledger.NewEntry;
import city.hamana.capability.ledger.Posting;
import city.hamana.platform.events.Event;
import city.hamana.platform.events.Events;
import java.text.Normalizer;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Cash over a counter of the city (窓口収納). The day ends by counting: what was counted and what the receipts say may differ;
 * then the difference is booked under its own account, with its explanation.
 */
final class Counter {
    private static final String CASH = "cash";
    private static final String BANK = "bank";
    private static final String DIFFERENCE = "cash-difference";
    private static final int MOST = 500;
    private static final int MOST_DAYS = 62;

    private final Events events;
    private final Till till;
    private final CounterStore store = new CounterStore();
    private final Clock clock;

    Counter(Events events, Till till, Clock clock) {
        this.events = events;
        this.till = till;
        this.clock = clock;
    }

    /** What became of money over the counter. */
    sealed interface Outcome {
        /**
         * It was taken.
         *
         * @param change what the payer gets back, in yen
         */
        record Taken(String receipt, long change) implements Outcome {}

        /**
         * It was not.
         *
         * @param why closed, changed, amount or given
         */
        record Refused(String why) implements Outcome {}
    }

    /**
     * What a member of staff lays down at the counter.
     *
     * @param yen that are to be paid of the bill
     * @param given what the payer lays down
     * @param turn of the bill for which the form was made: the same form twice is taken once
     */
    record Laid(long charge, long yen, long given, int turn) {}

    /** The bill that was typed or read from the bars of a slip. */
    Optional<ChargeState> find(Handle tx, String typed) {
        String digits = Normalizer.normalize(typed, Normalizer.Form.NFKC).replaceAll("^\\s*]C1|[^0-9]", "");
        if (digits.matches("\\d{1,15}")) {
            return till.state(tx, Long.parseLong(digits));
        }
        long charge = StoreCode.charge(digits);
        return charge < 0 ? Optional.empty() : till.state(tx, charge);
    }

    int turn(Handle tx, long charge) {
        return store.turn(tx, charge);
    }

    Outcome take(Handle tx, Laid laid, String counter, String actor) {
        store.lock(tx, counter);
        if (store.closed(tx, counter, today()).isPresent()) {
            return new Outcome.Refused("closed");
        }
        ChargeState charge = till.store().locked(tx, laid.charge()).orElseThrow();
        if (store.turn(tx, charge.id()) != laid.turn()) {
            return new Outcome.Refused("changed");
        }
        if (laid.yen() < 1 || laid.yen() > charge.open()) {
            return new Outcome.Refused("amount");
        }
        return laid.given() < laid.yen() ? new Outcome.Refused("given") : booked(tx, laid, counter, actor);
    }

    private Outcome booked(Handle tx, Laid laid, String counter, String actor) {
        String once = "counter:" + laid.charge() + ":" + laid.turn();
        Money money = new Money(laid.charge(), Channel.CASH, laid.yen(), clock.instant(), "counter:" + counter, once);
        return switch (till.take(tx, money, actor)) {
            case Taken.Paid(var receipt) -> {
                store.at(tx, once, counter);
                yield new Outcome.Taken(receipt, laid.given() - laid.yen());
            }
            case Taken.TooMuch tooMuch -> throw PaymentsException.charge(once, "more than is open");
            case Taken.Again again -> new Outcome.Refused("changed");
            case Taken.Unknown unknown -> new Outcome.Refused("changed");
        };
    }

    Optional<CounterLine> line(Handle tx, long payment) {
        return store.one(tx, payment);
    }

    /**
     * Takes a wrong receipt back, on its day and before its counter is closed; what was paid is open again. False where it
     * cannot be any more.
     */
    boolean reverse(Handle tx, CounterLine asked, String reason, String actor) {
        store.lock(tx, asked.counter());
        CounterLine line = store.one(tx, asked.id()).orElseThrow();
        boolean late = line.reversed()
                || !line.day().equals(today())
                || store.closed(tx, line.counter(), line.day()).isPresent();
        ChargeState charge = till.store().locked(tx, line.charge()).orElseThrow();
        long rest = charge.paid() - store.used(tx, line.id());
        Optional<Edge> edge =
                late ? Optional.empty() : Edge.of(charge.state(), rest > 0 ? Act.RETURN_PART : Act.RETURN_ALL);
        edge.ifPresent(e -> {
            String key = "payments:paid:" + store.once(tx, line.id());
            long entry = till.ledger().find(tx, key).orElseThrow();
            till.ledger().reverse(tx, entry, today(), reason, actor, key + ":reversed");
            store.reverse(tx, line.id(), reason, actor);
            till.store().move(tx, charge.id(), e.to(), rest);
            append(
                    tx,
                    e.event(),
                    actor,
                    Charging.sub(charge.id()),
                    Map.of("yen", line.yen(), "receipt", line.receipt()));
        });
        return edge.isPresent();
    }

    List<CounterLine> lines(Handle tx, String counter, LocalDate day) {
        return store.of(tx, counter, day, MOST);
    }

    CounterStore.Sum sum(Handle tx, String counter, LocalDate day) {
        return store.sum(tx, counter, day);
    }

    Optional<CounterClose> closed(Handle tx, String counter, LocalDate day) {
        return store.closed(tx, counter, day);
    }

    List<CounterClose> closes(Handle tx, String counter) {
        return store.closes(tx, counter, MOST_DAYS);
    }

    /** Days before today that were not closed. */
    List<LocalDate> notClosed(Handle tx, String counter) {
        return store.notClosed(tx, counter, today(), MOST_DAYS);
    }

    /**
     * Closes a day; what was counted beyond the receipts, or below, is booked. False where it was closed before.
     *
     * @param explanation of a difference
     */
    boolean close(Handle tx, String counter, LocalDate day, long counted, String explanation, String actor) {
        store.lock(tx, counter);
        if (store.closed(tx, counter, day).isPresent()) {
            return false;
        }
        CounterStore.Sum sum = store.sum(tx, counter, day);
        long difference = counted - sum.yen();
        store.close(tx, counter, day, sum, counted, difference == 0 ? "" : explanation, actor, clock.instant());
        if (difference != 0) {
            List<Posting> postings = List.of(
                    new Posting(CASH, "", difference), new Posting(DIFFERENCE, "counter:" + counter, -difference));
            post(tx, "payments.counter-closed", actor, explanation, postings, key(counter, day));
        }
        append(
                tx,
                "payments.counter-closed",
                actor,
                "counter:" + counter,
                Map.of("day", day.toString(), "booked", sum.yen(), "counted", counted, "payments", sum.payments()));
        return true;
    }

    /** What was counted was brought to the bank; false where it was before. */
    boolean bank(Handle tx, String counter, LocalDate day, String actor) {
        store.lock(tx, counter);
        boolean done = store.banked(tx, counter, day, actor, clock.instant());
        if (done) {
            long yen = store.closed(tx, counter, day).orElseThrow().counted();
            if (yen > 0) {
                List<Posting> postings = List.of(new Posting(BANK, "", yen), new Posting(CASH, "", -yen));
                post(tx, "payments.counter-banked", actor, "", postings, key(counter, day) + ":banked");
            }
            append(
                    tx,
                    "payments.counter-banked",
                    actor,
                    "counter:" + counter,
                    Map.of("day", day.toString(), "yen", yen));
        }
        return done;
    }

    LocalDate today() {
        return LocalDate.now(clock);
    }

    private static String key(String counter, LocalDate day) {
        return "payments:counter:" + counter + ":" + day;
    }

    private void post(Handle tx, String kind, String actor, String note, List<Posting> postings, String once) {
        till.ledger().post(tx, new NewEntry(kind, today(), actor, note, postings, once));
    }

    void append(Handle tx, String kind, String actor, String subject, Map<String, Object> detail) {
        events.append(tx, new Event(clock.instant(), kind, actor, subject, detail));
    }
}
