package city.hamana.capability.payments;

import city.hamana.capability.ledger.NewEntry;
import city.hamana.capability.ledger.Posting;
import city.hamana.platform.db.Database;
import city.hamana.platform.db.Dialect;
import city.hamana.platform.events.Event;
import city.hamana.platform.events.Events;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jdbi.v3.core.Handle;

/**
 * What customers have to their credit. It goes onto their next bill by itself; who would rather have it back gets a refund,
 * of which two persons decide as of every other.
 */
final class Credits {
    private static final int MOST = 500;
    private static final String COLUMNS = "SELECT service, account, yen, since_ms FROM payments_credit ";

    private final Events events;
    private final Till till;
    private final Dialect dialect;
    private final Clock clock;

    Credits(Database database, Events events, Till till, Clock clock) {
        this.events = events;
        this.till = till;
        this.dialect = database.dialect();
        this.clock = clock;
    }

    /** Of these services, the oldest first, at most 500. */
    List<Credit> list(Handle tx, List<String> services) {
        return services.isEmpty()
                ? List.of()
                : tx.createQuery(COLUMNS + """
                        WHERE service IN (<services>) AND yen > 0 ORDER BY since_ms, service, account
                        OFFSET 0 ROWS FETCH NEXT :most ROWS ONLY
                        """)
                        .bindList("services", services)
                        .bind("most", MOST)
                        .map((row, context) -> credit(row))
                        .list();
    }

    /** Of the accounts on the bills of these parties. */
    List<Credit> of(Handle tx, List<String> parties) {
        return parties.isEmpty()
                ? List.of()
                : tx.createQuery(COLUMNS + """
                        WHERE yen > 0 AND EXISTS (SELECT 1 FROM payments_charge c WHERE c.party IN (<parties>)
                            AND c.service = payments_credit.service AND c.account = payments_credit.account)
                        ORDER BY service, account OFFSET 0 ROWS FETCH NEXT :most ROWS ONLY
                        """)
                        .bindList("parties", parties)
                        .bind("most", MOST)
                        .map((row, context) -> credit(row))
                        .list();
    }

    /** All of an account's credit is to be given back: a refund that waits for its two persons. Empty where there is none. */
    OptionalLong refund(Handle tx, String service, String account, String actor) {
        Optional<Credit> found = tx.createQuery(
                        COLUMNS + "WHERE service = :service AND account = :account AND yen > 0" + dialect.lockRows())
                .bind("service", service)
                .bind("account", account)
                .map((row, context) -> credit(row))
                .findOne();
        if (found.isEmpty()) {
            return OptionalLong.empty();
        }
        Credit credit = found.get();
        String customer = service + ":" + account;
        long refund = add(tx, credit);
        till.store().addCredit(tx, service, account, -credit.yen(), clock.instant());
        post(
                tx,
                "payments.credit-released",
                actor,
                List.of(
                        new Posting(Charging.CREDIT, customer, credit.yen()),
                        new Posting(Taking.TO_REFUND, "refund:" + refund, -credit.yen())),
                "payments:credit-released:" + refund);
        events.append(
                tx,
                new Event(
                        clock.instant(),
                        "payments.credit-released",
                        actor,
                        customer,
                        Map.of("yen", credit.yen(), "refund", refund)));
        return OptionalLong.of(refund);
    }

    private long add(Handle tx, Credit credit) {
        String customer = credit.service() + ":" + credit.account();
        int before = tx.createQuery(
                        "SELECT COUNT(*) FROM payments_refund WHERE payment = 0 AND service = ? AND account = ?")
                .bind(0, credit.service())
                .bind(1, credit.account())
                .mapTo(Integer.class)
                .one();
        return tx.createUpdate("""
                INSERT INTO payments_refund (once, charge, payment, service, account, party, yen, state, reason, at_ms,
                    way, asked_by, approved_by, bank, reference)
                VALUES (:once, 0, 0, :service, :account, :party, :yen, 'open', 'credit', :at, '', '', '', '', '')
                """)
                .bind("once", "credit:" + customer + ":" + before)
                .bind("service", credit.service())
                .bind("account", credit.account())
                .bind("party", till.party(tx, credit.service(), credit.account()))
                .bind("yen", credit.yen())
                .bind("at", credit.since().orElse(clock.instant()).toEpochMilli())
                .executeAndReturnGeneratedKeys()
                .mapTo(Long.class)
                .one();
    }

    /** What was to be given back goes onto the account's next bill instead. */
    void keep(Handle tx, Refund refund, String kind, String actor) {
        String customer = refund.service() + ":" + refund.account();
        till.store().addCredit(tx, refund.service(), refund.account(), refund.yen(), clock.instant());
        post(
                tx,
                kind,
                actor,
                List.of(
                        new Posting(Taking.TO_REFUND, refund.sub(), refund.yen()),
                        new Posting(Charging.CREDIT, customer, -refund.yen())),
                "payments:refund:" + refund.id());
    }

    private void post(Handle tx, String kind, String actor, List<Posting> postings, String once) {
        till.ledger().post(tx, new NewEntry(kind, LocalDate.now(clock), actor, "", postings, once));
    }

    private static Credit credit(ResultSet row) throws SQLException {
        long since = row.getLong(4);
        return new Credit(
                row.getString(1),
                row.getString(2),
                row.getLong(3),
                since == 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(since)));
    }
}
