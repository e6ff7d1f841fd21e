package city.hamana.capability.payments;

import city.hamana.capability.ledger.NewEntry;
import city.hamana.capability.ledger.Posting;
import city.hamana.platform.db.Database;
import city.hamana.platform.events.Event;
import city.hamana.platform.events.Events;
import java.time.Clock;
import java.time.LocalDate;
import java.time.MonthDay;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Money that is not the city's goes back: one person says how, another approves. */
final class Refunds {
    static final String BY_PROVIDER = "provider";
    static final String BY_TRANSFER = "transfer";
    static final String AS_CREDIT = "credit";

    private static final int MOST = 500;

    private final Database database;
    private final Events events;
    private final Till till;
    private final RefundStore store;
    private final Credits credits;
    private final PaymentProvider provider;
    private final Optional<Collector> city;
    private final Clock clock;

    Refunds(
            Database database,
            Events events,
            Till till,
            Credits credits,
            PaymentProvider provider,
            Optional<Collector> city,
            Clock clock) {
        this.database = database;
        this.events = events;
        this.till = till;
        this.store = new RefundStore(database.dialect());
        this.credits = credits;
        this.provider = provider;
        this.city = city;
        this.clock = clock;
    }

    List<Refund> list(Handle tx, boolean done) {
        return store.list(tx, done, MOST);
    }

    /** Of a party, the newest first. */
    List<Refund> ofParty(Handle tx, String party, int most) {
        return store.ofParty(tx, party, most);
    }

    /** Whether the city can make files of transfers. */
    boolean byTransfer() {
        return city.isPresent();
    }

    Optional<Refund> locked(Handle tx, long id) {
        return store.locked(tx, id);
    }

    /** Back to the card or wallet from which it came; false where it cannot. */
    boolean askByProvider(Handle tx, Refund refund, String actor) {
        return refund.byProvider() && ask(tx, refund, BY_PROVIDER, "", actor);
    }

    /** To a bank account; false where it was asked before. */
    boolean askByTransfer(Handle tx, Refund refund, BankAccount to, String actor) {
        return ask(tx, refund, BY_TRANSFER, RefundStore.bank(to), actor);
    }

    /** Onto the customer's next bill, as the customer wishes; false where it was asked before. */
    boolean askAsCredit(Handle tx, Refund refund, String actor) {
        return ask(tx, refund, AS_CREDIT, "", actor);
    }

    private boolean ask(Handle tx, Refund refund, String way, String bank, String actor) {
        Optional<RefundEdge> edge = RefundEdge.of(refund.state(), RefundState.ASKED);
        edge.ifPresent(e -> {
            store.ask(tx, refund.id(), way, bank, actor);
            append(tx, e.event(), actor, refund, Map.of("way", way, "yen", refund.yen()));
        });
        return edge.isPresent();
    }

    /** By another person than the one who asked; what goes onto the next bill does so at once. */
    boolean approve(Handle tx, Refund refund, String actor) {
        Optional<RefundEdge> edge = RefundEdge.of(refund.state(), RefundState.APPROVED)
                .filter(e -> !refund.askedBy().equals(actor));
        edge.ifPresent(e -> {
            store.approve(tx, refund.id(), actor);
            append(tx, e.event(), actor, refund, Map.of("yen", refund.yen()));
            if (refund.way().equals(AS_CREDIT)) {
                paid(tx, refund, Charging.CREDIT, actor, "");
            }
        });
        return edge.isPresent();
    }

    void giveBack(Handle tx, Refund refund, String actor) {
        RefundEdge.of(refund.state(), RefundState.OPEN).ifPresent(e -> {
            store.reopen(tx, refund.id());
            append(tx, e.event(), actor, refund, Map.of());
        });
    }

    /** Gives back by the provider what is approved; what it does not take now it is asked for at the next turn. */
    void payByProvider() {
        List<Refund> approved = database.inTransaction(tx -> store.list(tx, false, MOST)).stream()
                .filter(r -> r.state() == RefundState.APPROVED && r.way().equals(BY_PROVIDER))
                .toList();
        for (Refund refund : approved) {
            if (provider.refund(refund.providerPayment(), refund.yen(), "refund-" + refund.id())) {
                database.inTransaction(tx -> paid(tx, refund, refund.channel().account(), "provider", "provider"));
            }
        }
    }

    /** The file of all approved transfers of these services (総合振込); with it they are given back. Empty for none. */
    Optional<byte[]> transfers(Handle tx, List<String> services, String actor) {
        List<Refund> approved = store.list(tx, false, MOST).stream()
                .filter(r -> r.state() == RefundState.APPROVED && r.way().equals(BY_TRANSFER))
                .filter(r -> services.contains(r.service()) && r.bank().isPresent())
                .toList();
        if (approved.isEmpty() || city.isEmpty()) {
            return Optional.empty();
        }
        LocalDate today = LocalDate.now(clock);
        byte[] file = ZenginTransfers.write(city.get(), MonthDay.from(today), approved);
        approved.forEach(refund -> paid(tx, refund, "bank", actor, "transfer:" + today));
        return Optional.of(file);
    }

    private boolean paid(Handle tx, Refund refund, String from, String actor, String reference) {
        Optional<RefundEdge> edge =
                store.locked(tx, refund.id()).flatMap(now -> RefundEdge.of(now.state(), RefundState.PAID));
        edge.ifPresent(e -> {
            store.paid(tx, refund.id(), reference, clock.instant());
            if (refund.way().equals(AS_CREDIT)) {
                credits.keep(tx, refund, e.event(), actor);
            } else {
                post(tx, refund, e.event(), from, actor, reference);
            }
            append(tx, e.event(), actor, refund, Map.of("yen", refund.yen(), "way", refund.way()));
        });
        return edge.isPresent();
    }

    private void post(Handle tx, Refund refund, String kind, String from, String actor, String reference) {
        List<Posting> postings = List.of(
                new Posting(Taking.TO_REFUND, refund.sub(), refund.yen()), new Posting(from, "", -refund.yen()));
        till.ledger()
                .post(
                        tx,
                        new NewEntry(
                                kind,
                                LocalDate.now(clock),
                                actor,
                                reference,
                                postings,
                                "payments:refund:" + refund.id()));
    }

    private void append(Handle tx, String kind, String actor, Refund refund, Map<String, Object> detail) {
        events.append(tx, new Event(clock.instant(), kind, actor, "refund:" + refund.id(), detail));
    }
}
