package city.hamana.capability.payments;

import city.hamana.capability.ledger.NewEntry;
import city.hamana.capability.ledger.Posting;
import city.hamana.platform.db.Database;
import city.hamana.platform.events.Event;
import city.hamana.platform.events.Events;
import city.hamana.platform.text.FiscalYear;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Claims that the city cannot collect any more (不納欠損): one person asks, another agrees; never by itself. It is taken back
 * by an entry that names the one it takes back.
 */
final class WriteOffs {
    private static final String LOSS = "bad-debt";
    private static final int MOST = 1_000;
    private static final int MOST_OLD = 50;

    private final Events events;
    private final Till till;
    private final Lapses lapses;
    private final WriteOffStore store;
    private final Clock clock;

    WriteOffs(Database database, Events events, Till till, Lapses lapses, Clock clock) {
        this.events = events;
        this.till = till;
        this.lapses = lapses;
        this.store = new WriteOffStore(database.dialect());
        this.clock = clock;
    }

    /** What became of the wish to write something off. */
    sealed interface Outcome {
        record Asked(long id) implements Outcome {}

        /** The bill is not open, or somebody has asked for it before. */
        record NotOpen() implements Outcome {}

        /** The law does not let it be for this reason, or not yet. */
        record NotYet(Lapse lapse) implements Outcome {}
    }

    Outcome ask(Handle tx, ChargeState charge, String reason, String note, String actor) {
        if (charge.open() == 0 || store.asked(tx, charge.id())) {
            return new Outcome.NotOpen();
        }
        Lapse lapse = lapses.of(tx, charge, reason);
        if (!lapse.holds(today())) {
            return new Outcome.NotYet(lapse);
        }
        long id = store.add(tx, charge, reason, lapse, note, actor, clock.instant());
        append(
                tx,
                "payments.write-off-asked",
                actor,
                charge.id(),
                Map.of("yen", charge.open(), "reason", reason, "rules", lapse.rules()));
        return new Outcome.Asked(id);
    }

    Optional<WriteOff> locked(Handle tx, long id) {
        return store.locked(tx, id);
    }

    /**
     * By another person than the one who asked. What is open then is written off; where nothing is open any more, or it was
     * paid in part or reminded since so that the time runs anew, false.
     */
    boolean approve(Handle tx, WriteOff asked, String actor) {
        Optional<WriteOffEdge> step = WriteOffEdge.of(asked.state(), WriteOffState.DONE)
                .filter(e -> !asked.askedBy().equals(actor));
        till.store().locked(tx, asked.charge());
        ChargeState charge = till.state(tx, asked.charge()).orElseThrow();
        Optional<Edge> edge = Edge.of(charge.state(), Act.WRITE_OFF)
                .filter(e -> step.isPresent())
                .filter(e -> lapses.of(tx, charge, asked.reason()).holds(today()));
        edge.ifPresent(e -> {
            store.done(tx, asked.id(), charge.open(), today(), actor);
            List<Posting> postings = List.of(
                    new Posting(LOSS, Charging.sub(charge.id()), charge.open()),
                    new Posting(Charging.RECEIVABLE, Charging.sub(charge.id()), -charge.open()));
            till.ledger().post(tx, new NewEntry(e.event(), today(), actor, asked.reason(), postings, key(asked)));
            till.store().move(tx, charge.id(), e.to(), charge.paid());
            append(tx, step.get().event(), actor, charge.id(), Map.of("write-off", asked.id()));
            append(tx, e.event(), actor, charge.id(), Map.of("yen", charge.open(), "reason", asked.reason()));
        });
        return edge.isPresent();
    }

    /** Another person does not agree, or the one who asked takes the wish back. */
    boolean giveBack(Handle tx, WriteOff asked, String actor) {
        Optional<WriteOffEdge> edge = WriteOffEdge.of(asked.state(), WriteOffState.RETURNED);
        edge.ifPresent(e -> {
            store.returned(tx, asked.id(), actor);
            append(tx, e.event(), actor, asked.charge(), Map.of("write-off", asked.id()));
        });
        return edge.isPresent();
    }

    /** The claim is there again, as it was. */
    boolean undo(Handle tx, WriteOff done, String reason, String actor) {
        Optional<WriteOffEdge> step = WriteOffEdge.of(done.state(), WriteOffState.UNDONE);
        ChargeState charge = till.store().locked(tx, done.charge()).orElseThrow();
        Act act = charge.paid() > 0 ? Act.REVIVE_PART : Act.REVIVE;
        Optional<Edge> edge = Edge.of(charge.state(), act).filter(e -> step.isPresent());
        edge.ifPresent(e -> {
            long entry = till.ledger().find(tx, key(done)).orElseThrow();
            till.ledger().reverse(tx, entry, today(), reason, actor, key(done) + ":undone");
            store.undone(tx, done.id(), today(), reason);
            till.store().move(tx, charge.id(), e.to(), charge.paid());
            append(tx, e.event(), actor, charge.id(), Map.of("yen", done.yen(), "write-off", done.id()));
        });
        return edge.isPresent();
    }

    List<WriteOff> asked(Handle tx) {
        return store.asked(tx, MOST);
    }

    /** What was written off in a fiscal year. */
    List<WriteOff> done(Handle tx, int year) {
        FiscalYear of = new FiscalYear(year);
        return store.done(tx, of.begin(), of.end(), MOST);
    }

    int year() {
        return FiscalYear.of(today()).year();
    }

    /** The claims that have waited longest for their money, the oldest first, each with what the law says of its time. */
    List<OldClaim> old(Handle tx, List<String> services) {
        return till.store().oldest(tx, services, today(), MOST_OLD).stream()
                .map(charge -> new OldClaim(charge, lapses.of(tx, charge, "time")))
                .toList();
    }

    LocalDate today() {
        return LocalDate.now(clock);
    }

    private static String key(WriteOff writeOff) {
        return "payments:write-off:" + writeOff.id();
    }

    private void append(Handle tx, String kind, String actor, long charge, Map<String, Object> detail) {
        events.append(tx, new Event(clock.instant(), kind, actor, Charging.sub(charge), detail));
    }
}
