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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * From which accounts the city may debit. Whoever enters an account may have it wrong, or somebody else's: nothing is debited
 * before the bank has compared it with its own books and accepted it.
 */
final class Mandates {
    private static final int MOST = 200;

    private final Events events;
    private final Notices notices;
    private final Till till;
    private final MandateStore store;
    private final Clock clock;

    Mandates(Database database, Events events, Notices notices, Till till, Clock clock) {
        this.events = events;
        this.notices = notices;
        this.till = till;
        this.store = new MandateStore(database.dialect());
        this.clock = clock;
    }

    /** What is debited now. */
    Optional<DebitMandate> active(Handle tx, String service, String account) {
        return in(tx, service, account, MandateState.ACTIVE);
    }

    /** What waits for the bank. */
    Optional<DebitMandate> asked(Handle tx, String service, String account) {
        return in(tx, service, account, MandateState.ASKED);
    }

    private Optional<DebitMandate> in(Handle tx, String service, String account, MandateState state) {
        return of(tx, service, account).stream().filter(m -> m.state() == state).findFirst();
    }

    Optional<DebitMandate> one(Handle tx, long id) {
        return store.one(tx, id);
    }

    /** All there ever were for a customer, the newest first. */
    List<DebitMandate> of(Handle tx, String service, String account) {
        return store.of(tx, service, account, MOST);
    }

    /** Of a party, the newest first. */
    List<DebitMandate> ofParty(Handle tx, String party) {
        return store.ofParty(tx, party, MOST);
    }

    List<DebitMandate> waiting(Handle tx, String service) {
        return store.waiting(tx, service, MOST);
    }

    /**
     * Enters one, which waits for the bank from now on; what waited before does no more, what is debited goes on until the
     * bank accepts this one. Gives its number.
     */
    long ask(Handle tx, String service, String account, BankAccount bank, boolean paper, LocalDate from, String actor) {
        asked(tx, service, account).ifPresent(before -> end(tx, before.id(), "", actor));
        MandateStore.Entered entered =
                new MandateStore.Entered(service, account, till.party(tx, service, account), bank, paper, from);
        long id = store.add(tx, entered, actor, clock.instant());
        Map<String, Object> detail = new LinkedHashMap<>();
        detail.put("mandate", id);
        detail.put("bank", bank.bank());
        detail.put("from", from.toString());
        detail.put("paper", paper);
        append(tx, "payments.debit-enrolled", actor, service + ":" + account, detail);
        return id;
    }

    /** The bank has accepted it: it is debited from its day on, and what was before no more. False where it did not wait. */
    boolean accept(Handle tx, long id, String actor) {
        Optional<DebitMandate> waiting = waiting(tx, id);
        waiting.ifPresent(mandate -> {
            active(tx, mandate.service(), mandate.account()).ifPresent(before -> end(tx, before.id(), "", actor));
            decide(tx, mandate, MandateState.ACTIVE, "", actor);
        });
        return waiting.isPresent();
    }

    /** The bank has refused it. False where it did not wait. */
    boolean refuse(Handle tx, long id, String reason, String actor) {
        Optional<DebitMandate> waiting = waiting(tx, id);
        waiting.ifPresent(mandate -> decide(tx, mandate, MandateState.REFUSED, reason, actor));
        return waiting.isPresent();
    }

    private Optional<DebitMandate> waiting(Handle tx, long id) {
        return store.locked(tx, id).filter(mandate -> mandate.state() == MandateState.ASKED);
    }

    private void decide(Handle tx, DebitMandate mandate, MandateState to, String reason, String actor) {
        MandateEdge edge = MandateEdge.of(mandate.state(), to).orElseThrow();
        store.decide(tx, mandate.id(), to, reason, actor, clock.instant());
        if (!mandate.party().isEmpty()) {
            notices.send(
                    tx,
                    new Notice(
                            new Recipient.Of(mandate.party()),
                            "payments.notice-mandate-" + to.code(),
                            List.of(mandate.bank().shown(), mandate.from().toString()),
                            "/payments",
                            Urgency.PROMPT,
                            "payments:mandate:" + mandate.id(),
                            till.creditor(mandate.service()).division()));
        }
        append(tx, edge.event(), actor, mandate.subject(), Map.of("mandate", mandate.id()));
    }

    /** Ends what is debited and what waits. */
    void endAll(Handle tx, String service, String account, String actor) {
        of(tx, service, account).stream()
                .filter(DebitMandate::inUse)
                .forEach(mandate -> end(tx, mandate.id(), "", actor));
    }

    /** False where it has ended before. */
    boolean end(Handle tx, long id, String reason, String actor) {
        Optional<DebitMandate> found = store.locked(tx, id);
        Optional<MandateEdge> edge = found.flatMap(m -> MandateEdge.of(m.state(), MandateState.ENDED));
        edge.ifPresent(e -> {
            store.end(tx, id, reason, clock.instant());
            append(tx, e.event(), actor, found.get().subject(), Map.of("mandate", id));
        });
        return edge.isPresent();
    }

    /** Somebody has seen the whole number of an account. */
    void read(Handle tx, DebitMandate mandate, String actor) {
        append(tx, "payments.mandate-read", actor, mandate.subject(), Map.of("mandate", mandate.id()));
    }

    /** Somebody has seen which accounts a customer has, or which wait, masked. */
    void listed(Handle tx, String subject, int count, String actor) {
        append(tx, "payments.mandates-listed", actor, subject, Map.of("count", count));
    }

    private void append(Handle tx, String kind, String actor, String subject, Map<String, Object> detail) {
        events.append(tx, new Event(clock.instant(), kind, actor, subject, detail));
    }
}
