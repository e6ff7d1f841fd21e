package city.hamana.capability.payments;

import city.hamana.capability.ledger.Ledger;
import city.hamana.platform.db.Database;
import city.hamana.platform.events.Events;
import city.hamana.platform.http.Routes;
import city.hamana.platform.module.PartyColumn;
import city.hamana.platform.module.ServiceModule;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** What residents owe the city, and how they pay it. */
public final class Payments implements ServiceModule {
    private static final int MOST_LISTED = 500;
    private static final String BY_ITSELF = "system";

    private final Map<String, Creditor> creditors = new LinkedHashMap<>();
    private final Ledger ledger;
    private final ChargeStore store;
    private final Charging charging;
    private final Taking taking;

    /** @param clock the city's */
    public Payments(Database database, Events events, Ledger ledger, Clock clock) {
        this.ledger = ledger;
        this.store = new ChargeStore(database.dialect());
        this.charging = new Charging(store, ledger, events, clock);
        this.taking = new Taking(store, ledger, events, clock);
    }

    @Override
    public String name() {
        return "payments";
    }

    @Override
    public void routes(Routes routes) {}

    /**
     * Names a service that takes money; once, before it raises a charge.
     *
     * @throws PaymentsException if the service is known already
     */
    public void creditor(Creditor creditor) {
        if (creditors.putIfAbsent(creditor.service(), creditor) != null) {
            throw PaymentsException.creditor(creditor.service());
        }
    }

    /**
     * Raises a charge, in the caller's transaction; gives its number. What the account has to its credit goes onto it. A
     * key that was there before gives the number of the charge that it stands for. It leaves an event, {@code
     * payments.charged}; so it is called last in a transaction.
     *
     * @throws PaymentsException if no such service takes money
     */
    public long charge(Handle tx, Charge charge) {
        return charge(tx, List.of(charge)).getFirst();
    }

    /**
     * Raises many charges of one service, as a run of bills does, a slice of them in each transaction: they leave one event
     * together. Gives their numbers in the same order.
     */
    public List<Long> charge(Handle tx, List<Charge> charges) {
        charges.forEach(charge -> {
            if (!creditors.containsKey(charge.service())) {
                throw PaymentsException.creditor(charge.service());
            }
            charge.items().forEach(item -> ledger.account(item.account()));
        });
        return charging.raise(tx, charges, BY_ITSELF);
    }

    /**
     * Takes a charge back; what was paid of it goes to the account's credit, and from there onto the next charge: a
     * correction is this and a new charge. Doing it twice changes nothing.
     *
     * @param reason for the books, without personal data; at most 300 characters
     * @param actor as the event log names who decided it
     * @throws PaymentsException if there is no such charge
     */
    public void reverse(Handle tx, long charge, String reason, String actor) {
        charging.reverse(tx, charge, reason, actor);
    }

    /**
     * Takes money that has come for a charge: as far as that is open it is paid, the rest waits to be refunded. The same
     * money told twice is taken once.
     */
    public Taken take(Handle tx, Money money, String actor) {
        return taking.take(tx, money, actor);
    }

    /** A charge and what became of it, without a trace: what a person gets to see is traced by the page that shows it. */
    public Optional<ChargeState> state(Handle tx, long charge) {
        return store.one(tx, charge);
    }

    /** The charges of a customer of a service, the newest first, at most 500; without a trace. */
    public List<ChargeState> of(Handle tx, String service, String account) {
        return store.of(tx, service, account, MOST_LISTED);
    }

    @Override
    public List<PartyColumn> partyColumns() {
        return List.of(new PartyColumn("payments_charge", "id", "party"));
    }

    /** The books stay, as the law has it (地方自治法施行令: 会計帳簿 [K]); the name stays with what is still to be paid. */
    @Override
    public void erase(Handle tx, String party) {
        tx.execute(
                "UPDATE payments_charge SET name = '' WHERE party = ? AND state <> ? AND state <> ?",
                party,
                State.OPEN.code(),
                State.PARTLY_PAID.code());
    }

    @Override
    public Map<String, Object> personalData(Handle tx, String party) {
        List<Map<String, Object>> charges = store.ofParty(tx, party, MOST_LISTED).stream()
                .map(Payments::facts)
                .toList();
        return charges.isEmpty() ? Map.of() : Map.of("charges", charges);
    }

    private static Map<String, Object> facts(ChargeState charge) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("number", charge.id());
        facts.put("service", charge.charge().service());
        facts.put("account", charge.charge().account());
        facts.put("name", charge.charge().name());
        facts.put("period", charge.charge().period());
        facts.put("yen", charge.yen());
        facts.put("paid", charge.paid());
        facts.put("due", charge.due().toString());
        facts.put("state", charge.state().code());
        return facts;
    }
}
