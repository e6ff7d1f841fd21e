package city.hamana.capability.payments;

import city.hamana.capability.ledger.Ledger;
import city.hamana.platform.db.Database;
import city.hamana.platform.events.Events;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Charges and the money that comes for them, over the ledger; without pages. */
final class Till {
    static final int MOST_LISTED = 500;

    private static final String BY_ITSELF = "system";

    private final Map<String, Creditor> creditors = new LinkedHashMap<>();
    private final Ledger ledger;
    private final ChargeStore store;
    private final Charging charging;
    private final Taking taking;

    Till(Database database, Events events, Ledger ledger, Clock clock) {
        this.ledger = ledger;
        this.store = new ChargeStore(database.dialect());
        this.charging = new Charging(store, ledger, events, clock);
        this.taking = new Taking(store, ledger, events, clock);
    }

    void creditor(Creditor creditor) {
        if (creditors.putIfAbsent(creditor.service(), creditor) != null) {
            throw PaymentsException.creditor(creditor.service());
        }
    }

    Creditor creditor(String service) {
        Creditor creditor = creditors.get(service);
        if (creditor == null) {
            throw PaymentsException.creditor(service);
        }
        return creditor;
    }

    List<Creditor> creditors() {
        return new ArrayList<>(creditors.values());
    }

    List<Long> charge(Handle tx, List<Charge> charges) {
        charges.forEach(charge -> {
            creditor(charge.service());
            charge.items().forEach(item -> ledger.account(item.account()));
        });
        return charging.raise(tx, charges, BY_ITSELF);
    }

    void reverse(Handle tx, long charge, String reason, String actor) {
        charging.reverse(tx, charge, reason, actor);
    }

    Taken take(Handle tx, Money money, String actor) {
        return taking.take(tx, money, actor);
    }

    Optional<ChargeState> state(Handle tx, long charge) {
        return store.one(tx, charge);
    }

    List<ChargeState> of(Handle tx, String service, String account) {
        return store.of(tx, service, account, MOST_LISTED);
    }

    /** Whose account with a service it is, as its newest bill says; empty where no bill does. */
    String party(Handle tx, String service, String account) {
        return of(tx, service, account).stream()
                .map(bill -> bill.charge().party())
                .filter(party -> !party.isEmpty())
                .findFirst()
                .orElse("");
    }

    ChargeStore store() {
        return store;
    }

    Taking taking() {
        return taking;
    }

    Ledger ledger() {
        return ledger;
    }
}
