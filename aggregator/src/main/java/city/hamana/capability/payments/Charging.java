package city.hamana.capability.payments;

import city.hamana.capability.ledger.Ledger;
import city.hamana.capability.ledger.NewEntry;
import city.hamana.capability.ledger.Posting;
import city.hamana.platform.events.Event;
import city.hamana.platform.events.Events;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/** Charges are raised, taken back, and paid from what was paid too much before. */
final class Charging {
    static final String RECEIVABLE = "receivable";
    static final String CREDIT = "overpayment";

    private final ChargeStore store;
    private final Ledger ledger;
    private final Events events;
    private final Clock clock;

    Charging(ChargeStore store, Ledger ledger, Events events, Clock clock) {
        this.store = store;
        this.ledger = ledger;
        this.events = events;
        this.clock = clock;
    }

    /** The numbers of the charges, in the same order; those that were there before keep theirs. */
    List<Long> raise(Handle tx, List<Charge> charges, String actor) {
        Map<String, Charge> fresh = new LinkedHashMap<>();
        charges.forEach(charge -> fresh.putIfAbsent(charge.once(), charge));
        Map<String, Long> numbers = new HashMap<>(ChargeStore.KEYS.numbers(tx, List.copyOf(fresh.keySet())));
        numbers.keySet().forEach(fresh::remove);
        if (!fresh.isEmpty()) {
            List<Charge> added = List.copyOf(fresh.values());
            numbers.putAll(store.add(tx, added));
            ledger.post(
                    tx,
                    added.stream()
                            .flatMap(charge -> entry(charge, numbers.get(charge.once()), actor).stream())
                            .toList());
            List<Event> credited = credit(tx, added, numbers, actor);
            tell(tx, added, numbers, actor);
            credited.forEach(event -> events.append(tx, event));
        }
        return charges.stream().map(charge -> numbers.get(charge.once())).toList();
    }

    /** A charge of nothing has nothing for the books. */
    private static Optional<NewEntry> entry(Charge charge, long id, String actor) {
        List<Posting> postings = new ArrayList<>();
        if (charge.yen() != 0) {
            postings.add(new Posting(RECEIVABLE, sub(id), charge.yen()));
        }
        charge.items().stream()
                .filter(item -> item.yen() != 0)
                .forEach(item -> postings.add(new Posting(item.account(), "", -item.yen())));
        return postings.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new NewEntry("payments.charged", charge.issued(), actor, charge.period(), postings, key(id)));
    }

    private void tell(Handle tx, List<Charge> added, Map<String, Long> numbers, String actor) {
        Map<String, Object> detail = new LinkedHashMap<>();
        detail.put("yen", added.stream().mapToLong(Charge::yen).sum());
        if (added.size() == 1) {
            Charge charge = added.getFirst();
            detail.put("service", charge.service());
            detail.put("account", charge.account());
            append(tx, "payments.charged", actor, numbers.get(charge.once()), detail);
            return;
        }
        List<Long> ids = added.stream()
                .map(charge -> numbers.get(charge.once()))
                .sorted()
                .toList();
        detail.put("count", ids.size());
        detail.put("first", ids.getFirst());
        detail.put("last", ids.getLast());
        events.append(
                tx,
                new Event(
                        clock.instant(),
                        "payments.charged",
                        actor,
                        "service:" + added.getFirst().service(),
                        detail));
    }

    /** What the payers have to their credit goes onto their new charges. */
    private List<Event> credit(Handle tx, List<Charge> added, Map<String, Long> numbers, String actor) {
        Set<String> inCredit = new HashSet<>();
        added.stream()
                .map(Charge::service)
                .distinct()
                .forEach(service -> store.inCredit(tx, service).forEach(a -> inCredit.add(service + ":" + a)));
        return added.stream()
                .filter(charge -> inCredit.contains(customer(charge)))
                .flatMap(charge -> credit(tx, charge, numbers.get(charge.once()), actor))
                .toList();
    }

    private Stream<Event> credit(Handle tx, Charge charge, long id, String actor) {
        long yen = Math.min(store.credit(tx, charge.service(), charge.account()), charge.yen());
        if (yen == 0) {
            return Stream.empty();
        }
        Edge edge = Edge.of(State.OPEN, yen == charge.yen() ? Act.CREDIT_REST : Act.CREDIT_PART)
                .orElseThrow();
        store.addCredit(tx, charge.service(), charge.account(), -yen, clock.instant());
        store.move(tx, id, edge.to(), yen);
        Money money = new Money(id, Channel.CREDIT, yen, clock.instant(), "", "credit:" + id);
        store.addPayment(tx, money, yen, today());
        List<Posting> postings =
                List.of(new Posting(CREDIT, customer(charge), yen), new Posting(RECEIVABLE, sub(id), -yen));
        ledger.post(tx, new NewEntry(edge.event(), today(), actor, "", postings, "payments:credit:" + id));
        return Stream.of(event(edge.event(), actor, id, Map.of("yen", yen)));
    }

    /** Takes a charge back; what was paid of it becomes the payer's credit. One that was taken back stays as it is. */
    void reverse(Handle tx, long id, String reason, String actor) {
        ChargeState charge = store.locked(tx, id).orElseThrow(() -> PaymentsException.unknown(id));
        Optional<Edge> edge = Edge.of(charge.state(), Act.REVERSE);
        if (edge.isEmpty()) {
            return;
        }
        ledger.find(tx, key(id))
                .ifPresent(entry -> ledger.reverse(tx, entry, today(), reason, actor, key(id) + ":reversed"));
        if (charge.paid() > 0) {
            String customer = customer(charge.charge());
            List<Posting> postings = List.of(
                    new Posting(RECEIVABLE, sub(id), charge.paid()), new Posting(CREDIT, customer, -charge.paid()));
            ledger.post(tx, new NewEntry(edge.get().event(), today(), actor, reason, postings, key(id) + ":to-credit"));
            store.addCredit(tx, charge.charge().service(), charge.charge().account(), charge.paid(), clock.instant());
        }
        store.move(tx, id, edge.get().to(), charge.paid());
        store.reason(tx, id, reason);
        append(tx, edge.get().event(), actor, id, Map.of("yen", charge.yen(), "paid", charge.paid()));
    }

    /** The part of the account receivable that is this charge. */
    static String sub(long id) {
        return "charge:" + id;
    }

    private static String key(long id) {
        return "payments:charge:" + id;
    }

    private static String customer(Charge charge) {
        return charge.service() + ":" + charge.account();
    }

    private LocalDate today() {
        return LocalDate.now(clock);
    }

    private void append(Handle tx, String kind, String actor, long id, Map<String, Object> detail) {
        events.append(tx, event(kind, actor, id, detail));
    }

    private Event event(String kind, String actor, long id, Map<String, Object> detail) {
        return new Event(clock.instant(), kind, actor, "charge:" + id, detail);
    }
}
