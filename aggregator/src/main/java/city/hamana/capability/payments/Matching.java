package city.hamana.capability.payments;

import city.hamana.capability.ledger.NewEntry;
import city.hamana.capability.ledger.Posting;
import city.hamana.platform.access.Secret;
import city.hamana.platform.db.Database;
import city.hamana.platform.events.Event;
import city.hamana.platform.events.Events;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * 消込: what the bank and the provider say arrived is matched with what the city has taken. What does not fit stands in a
 * queue, in the ledger under money not yet matched, until two persons have said what it was for.
 */
final class Matching {
    private static final String UNIDENTIFIED = "unidentified";
    private static final String BANK = "bank";
    private static final String FEE = "collection-fee";

    private final Database database;
    private final Events events;
    private final Till till;
    private final ArrivalStore store;
    private final Clock clock;

    Matching(Database database, Events events, Till till, Clock clock) {
        this.database = database;
        this.events = events;
        this.till = till;
        this.store = new ArrivalStore(database.dialect());
        this.clock = clock;
    }

    /** What became of a statement. */
    sealed interface Outcome {
        record Taken(int lines, int matched) implements Outcome {}

        record Refused(List<Slip> slips) implements Outcome {}
    }

    /** Takes a statement, all of it or nothing; the same one twice is refused. */
    Outcome take(byte[] bytes, String actor) {
        return switch (StatementFile.read(bytes, clock.getZone())) {
            case StatementFile.Reading.Wrong(var slips) -> new Outcome.Refused(slips);
            case StatementFile.Reading.Whole(var provider, var lines) -> {
                String sha = Secret.hash(new String(bytes, StandardCharsets.ISO_8859_1));
                yield database.inTransaction(tx -> store.read(tx, sha)
                        ? new Outcome.Refused(List.of(new Slip(0, "second-reading", "")))
                        : take(tx, provider ? "provider" : "bank", sha, lines, actor));
            }
        };
    }

    private Outcome take(Handle tx, String kind, String sha, List<StatementFile.Line> lines, String actor) {
        long statement = store.addStatement(tx, kind, sha, lines.size(), actor, clock.instant());
        int matched = 0;
        for (StatementFile.Line line : lines) {
            matched += (kind.equals("provider") ? ofProvider(tx, statement, line) : ofBank(tx, statement, line, actor))
                    ? 1
                    : 0;
        }
        Map<String, Object> detail = Map.of("lines", lines.size(), "matched", matched);
        append(tx, "payments.statement-read", actor, "statement:" + statement, detail);
        return new Outcome.Taken(lines.size(), matched);
    }

    /** The city knows every payment of the provider's, by web-hook or by asking; what it does not know is looked into. */
    private boolean ofProvider(Handle tx, long statement, StatementFile.Line line) {
        Optional<ArrivalStore.Known> known = store.known(tx, line.reference());
        boolean twice = store.settled(tx, line.reference());
        boolean fits = known.isPresent() && !twice && known.get().yen() == line.yen();
        String reason = fits ? "" : twice ? "twice" : known.isPresent() ? "amount" : "unknown";
        long charge = known.map(ArrivalStore.Known::charge).orElse(0L);
        long id = store.add(tx, statement, line, fits ? ArrivalState.MATCHED : ArrivalState.OPEN, reason, charge);
        post(tx, id, line, fits ? line.channel().account() : UNIDENTIFIED);
        return fits;
    }

    /** What was paid by slip or transfer is taken here, where its reference names a bill whose open amount it is. */
    private boolean ofBank(Handle tx, long statement, StatementFile.Line line, String actor) {
        Optional<ChargeState> bill = charge(line.reference()).flatMap(id -> till.state(tx, id));
        boolean fits = bill.isPresent() && bill.get().open() == line.yen();
        String reason = fits ? "" : bill.isPresent() ? "amount" : "unknown";
        long charge = bill.map(ChargeState::id).orElse(0L);
        long id = store.add(tx, statement, line, fits ? ArrivalState.MATCHED : ArrivalState.OPEN, reason, charge);
        if (fits) {
            till.take(tx, money(charge, line.channel(), line.yen(), line.paid(), id), actor);
        }
        post(tx, id, line, fits ? line.channel().account() : UNIDENTIFIED);
        return fits;
    }

    private Money money(long charge, Channel channel, long yen, LocalDate paid, long arrival) {
        return new Money(
                charge,
                channel,
                yen,
                paid.atTime(12, 0).atZone(clock.getZone()).toInstant(),
                "arrival:" + arrival,
                "arrival:" + arrival);
    }

    /** The bill that a reference names: its number, or the digits of a slip. */
    private static Optional<Long> charge(String reference) {
        if (reference.matches("\\d{1,15}")) {
            return Optional.of(Long.valueOf(reference));
        }
        long charge = StoreCode.charge(reference);
        return charge < 0 ? Optional.empty() : Optional.of(charge);
    }

    /** At the bank now, less what the provider kept; no longer on its way there. */
    private void post(Handle tx, long arrival, StatementFile.Line line, String from) {
        List<Posting> postings = new ArrayList<>();
        String sub = from.equals(UNIDENTIFIED) ? "arrival:" + arrival : "";
        postings.add(new Posting(from, sub, -line.yen()));
        if (line.yen() > line.fee()) {
            postings.add(new Posting(BANK, "", line.yen() - line.fee()));
        }
        if (line.fee() > 0) {
            postings.add(new Posting(FEE, "", line.fee()));
        }
        till.ledger()
                .post(
                        tx,
                        new NewEntry(
                                "payments.arrived",
                                LocalDate.now(clock),
                                "system",
                                line.reference(),
                                postings,
                                "payments:arrival:" + arrival));
    }

    List<Arrival> queue(Handle tx, int most) {
        return store.queue(tx, most);
    }

    /** Says for which bill it was; false where there is no such line or bill. */
    boolean propose(Handle tx, long id, long charge, String actor) {
        boolean there =
                store.locked(tx, id).filter(a -> a.state() == ArrivalState.OPEN).isPresent()
                        && till.state(tx, charge).isPresent();
        if (there) {
            store.propose(tx, id, charge, actor);
            append(tx, "payments.arrival-proposed", actor, "arrival:" + id, Map.of("charge", charge));
        }
        return there;
    }

    /** Agrees with what somebody else has proposed: then the money goes there. False for one's own proposal. */
    boolean confirm(Handle tx, long id, String actor) {
        Optional<Arrival> proposed = store.locked(tx, id)
                .filter(a ->
                        a.state() == ArrivalState.PROPOSED && !a.proposedBy().equals(actor));
        proposed.ifPresent(arrival -> {
            store.assign(tx, id, actor);
            String once = "payments:arrival:" + id + ":assigned";
            List<Posting> postings = List.of(
                    new Posting(UNIDENTIFIED, "arrival:" + id, arrival.yen()),
                    new Posting(arrival.channel().account(), "", -arrival.yen()));
            till.ledger()
                    .post(
                            tx,
                            new NewEntry("payments.arrival-assigned", LocalDate.now(clock), actor, "", postings, once));
            till.take(tx, money(arrival.charge(), arrival.channel(), arrival.yen(), arrival.paid(), id), actor);
            append(tx, "payments.arrival-assigned", actor, "arrival:" + id, Map.of("charge", arrival.charge()));
        });
        return proposed.isPresent();
    }

    /** Takes a proposal back. */
    void reject(Handle tx, long id, String actor) {
        store.locked(tx, id).filter(a -> a.state() == ArrivalState.PROPOSED).ifPresent(arrival -> {
            store.reopen(tx, id);
            append(tx, "payments.arrival-rejected", actor, "arrival:" + id, Map.of("charge", arrival.charge()));
        });
    }

    private void append(Handle tx, String kind, String actor, String subject, Map<String, Object> detail) {
        events.append(tx, new Event(clock.instant(), kind, actor, subject, detail));
    }
}
