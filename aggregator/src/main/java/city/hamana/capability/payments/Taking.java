package city.hamana.capability.payments;

import city.hamana.capability.ledger.Ledger;
import city.hamana.capability.ledger.NewEntry;
import city.hamana.capability.ledger.Posting;
import city.hamana.platform.events.Event;
import city.hamana.platform.events.Events;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Money is taken: to its charge as far as that is open, the rest waits to be refunded. */
final class Taking {
    static final String TO_REFUND = "refund-payable";

    private final ChargeStore store;
    private final Ledger ledger;
    private final Events events;
    private final Clock clock;

    Taking(ChargeStore store, Ledger ledger, Events events, Clock clock) {
        this.store = store;
        this.ledger = ledger;
        this.events = events;
        this.clock = clock;
    }

    /** Takes it to its charge. */
    Taken take(Handle tx, Money money, String actor) {
        return take(tx, money, actor, true);
    }

    /** All of it waits to be refunded: nobody wanted to pay any more when it came. */
    Taken takeUnwanted(Handle tx, Money money, String actor) {
        return take(tx, money, actor, false);
    }

    private Taken take(Handle tx, Money money, String actor, boolean wanted) {
        Optional<ChargeState> locked = store.locked(tx, money.charge());
        if (locked.isEmpty()) {
            return new Taken.Unknown();
        }
        Optional<Long> before = store.payment(tx, money.once());
        return before.isPresent()
                ? new Taken.Again(ChargeStore.receipt(before.get()))
                : take(tx, money, locked.get(), actor, wanted ? locked.get().open() : 0);
    }

    private Taken take(Handle tx, Money money, ChargeState charge, String actor, long open) {
        long used = Math.min(money.yen(), open);
        long extra = money.yen() - used;
        LocalDate today = LocalDate.now(clock);
        long payment = store.addPayment(tx, money, used, today);
        List<Posting> postings = new ArrayList<>();
        postings.add(new Posting(money.channel().account(), "", money.yen()));
        if (used > 0) {
            postings.add(new Posting(Charging.RECEIVABLE, Charging.sub(charge.id()), -used));
        }
        if (extra > 0) {
            postings.add(new Posting(TO_REFUND, "payment:" + payment, -extra));
            addRefund(tx, money, charge, payment, extra);
        }
        ledger.post(
                tx,
                new NewEntry(
                        "payments.paid", today, actor, money.reference(), postings, "payments:paid:" + money.once()));
        tell(tx, money, charge, used, extra, actor);
        String receipt = ChargeStore.receipt(payment);
        return extra == 0 ? new Taken.Paid(receipt) : new Taken.TooMuch(receipt, extra);
    }

    /** Moves the charge along its edge; nothing of it moves where all was too much. */
    private void tell(Handle tx, Money money, ChargeState charge, long used, long extra, String actor) {
        if (used > 0) {
            Act act = used == charge.open() ? Act.PAY_REST : Act.PAY_PART;
            Edge edge = Edge.of(charge.state(), act).orElseThrow();
            store.move(tx, charge.id(), edge.to(), charge.paid() + used);
            append(tx, edge.event(), money, used, actor);
        }
        if (extra > 0) {
            append(tx, "payments.overpaid", money, extra, actor);
        }
    }

    private void append(Handle tx, String kind, Money money, long yen, String actor) {
        Map<String, Object> detail =
                Map.of("channel", money.channel().code(), "yen", yen, "reference", money.reference());
        events.append(tx, new Event(clock.instant(), kind, actor, Charging.sub(money.charge()), detail));
    }

    private void addRefund(Handle tx, Money money, ChargeState charge, long payment, long extra) {
        tx.createUpdate("""
                INSERT INTO payments_refund (once, charge, payment, service, account, party, yen, state, reason, at_ms,
                    way, asked_by, approved_by, bank, reference)
                VALUES (:once, :charge, :payment, :service, :account, :party, :yen, 'open', :reason, :at, '', '', '', '', '')
                """)
                .bind("once", "payment:" + payment)
                .bind("charge", charge.id())
                .bind("payment", payment)
                .bind("service", charge.charge().service())
                .bind("account", charge.charge().account())
                .bind("party", charge.charge().party())
                .bind("yen", extra)
                .bind("reason", reason(charge))
                .bind("at", money.at().toEpochMilli())
                .execute();
    }

    private static String reason(ChargeState charge) {
        return switch (charge.state()) {
            case REVERSED -> "reversed";
            case WRITTEN_OFF -> "written-off";
            case OPEN, PARTLY_PAID -> "unwanted";
            case PAID -> "paid-twice";
        };
    }
}
