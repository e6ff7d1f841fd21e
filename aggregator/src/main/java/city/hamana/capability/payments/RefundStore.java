package city.hamana.capability.payments;

import city.hamana.platform.db.Dialect;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The table of refunds. */
final class RefundStore {
    private static final String COLUMNS = """
            SELECT r.id, r.charge, r.payment, r.service, r.account, COALESCE(p.channel, 'credit'),
                COALESCE(p.reference, ''), r.yen, r.state, r.reason,
                r.at_ms, r.way, r.asked_by, r.bank
            FROM payments_refund r LEFT JOIN payments_payment p ON p.id = r.payment
            """;

    private final Dialect dialect;

    RefundStore(Dialect dialect) {
        this.dialect = dialect;
    }

    /** Those that are not given back yet, the oldest first, then the newest that are. */
    List<Refund> list(Handle tx, boolean done, int most) {
        String where = done ? "WHERE r.state = 'paid' ORDER BY r.id DESC" : "WHERE r.state <> 'paid' ORDER BY r.id";
        return tx.createQuery(COLUMNS + where + " OFFSET 0 ROWS FETCH NEXT :most ROWS ONLY")
                .bind("most", most)
                .map((row, context) -> refund(row))
                .list();
    }

    /** One, and nobody else changes it until the transaction ends. */
    Optional<Refund> locked(Handle tx, long id) {
        boolean there = tx.createQuery("SELECT id FROM payments_refund WHERE id = :id" + dialect.lockRows())
                .bind("id", id)
                .mapTo(Long.class)
                .findOne()
                .isPresent();
        return there
                ? tx.createQuery(COLUMNS + "WHERE r.id = :id")
                        .bind("id", id)
                        .map((row, context) -> refund(row))
                        .findOne()
                : Optional.empty();
    }

    void ask(Handle tx, long id, String way, String bank, String actor) {
        tx.execute(
                "UPDATE payments_refund SET state = 'asked', way = ?, bank = ?, asked_by = ? WHERE id = ?",
                way,
                bank,
                actor,
                id);
    }

    void approve(Handle tx, long id, String actor) {
        tx.execute("UPDATE payments_refund SET state = 'approved', approved_by = ? WHERE id = ?", actor, id);
    }

    void reopen(Handle tx, long id) {
        tx.execute("UPDATE payments_refund SET state = 'open' WHERE id = ?", id);
    }

    void paid(Handle tx, long id, String reference, Instant now) {
        tx.execute(
                "UPDATE payments_refund SET state = 'paid', reference = ?, paid_ms = ? WHERE id = ?",
                reference,
                now.toEpochMilli(),
                id);
    }

    /** Of a party, the newest first. */
    List<Refund> ofParty(Handle tx, String party, int most) {
        return tx.createQuery(
                        COLUMNS + "WHERE r.party = :party ORDER BY r.id DESC OFFSET 0 ROWS FETCH NEXT :most ROWS ONLY")
                .bind("party", party)
                .bind("most", most)
                .map((row, context) -> refund(row))
                .list();
    }

    /** When it was given back; empty while it is not. */
    Optional<Instant> paidAt(Handle tx, long id) {
        return tx.createQuery("SELECT paid_ms FROM payments_refund WHERE id = ?")
                .bind(0, id)
                .mapTo(Long.class)
                .findOne()
                .filter(ms -> ms > 0)
                .map(Instant::ofEpochMilli);
    }

    /** Takes the accounts out of those that were given back before; gives how many. */
    int forget(Handle tx, Instant before) {
        return tx.execute(
                "UPDATE payments_refund SET bank = '' WHERE state = 'paid' AND bank <> '' AND paid_ms < ?",
                before.toEpochMilli());
    }

    private static Refund refund(ResultSet row) throws SQLException {
        return new Refund(
                row.getLong(1),
                row.getLong(2),
                row.getLong(3),
                row.getString(4),
                row.getString(5),
                Channel.ofCode(row.getString(6)).orElseThrow(),
                row.getString(7),
                row.getLong(8),
                RefundState.ofCode(row.getString(9)),
                row.getString(10),
                Instant.ofEpochMilli(row.getLong(11)),
                row.getString(12),
                row.getString(13),
                bank(row.getString(14)));
    }

    /** Fields with tabs between them. */
    static String bank(BankAccount to) {
        return String.join("\t", to.bank(), to.branch(), to.kind(), to.account(), to.holder());
    }

    private static Optional<BankAccount> bank(String text) {
        String[] fields = text.split("\t", 5);
        return fields.length < 5
                ? Optional.empty()
                : Optional.of(new BankAccount(fields[0], fields[1], fields[2], fields[3], fields[4]));
    }
}
