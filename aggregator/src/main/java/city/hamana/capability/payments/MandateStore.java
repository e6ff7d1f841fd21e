package city.hamana.capability.payments;

import city.hamana.platform.db.Dialect;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The table of mandates to debit bank accounts. */
final class MandateStore {
    private static final String COLUMNS = """
            SELECT id, service, account, party, bank, branch, kind, bank_account, holder, state, origin, from_day,
                since_ms, decided_ms, ended_ms, reason
            FROM payments_debit
            """;

    private final Dialect dialect;

    MandateStore(Dialect dialect) {
        this.dialect = dialect;
    }

    /** What is entered: nobody has said anything of it yet. */
    record Entered(String service, String account, String party, BankAccount bank, boolean paper, LocalDate from) {}

    /** Gives its number. */
    long add(Handle tx, Entered entered, String actor, Instant now) {
        return tx.createUpdate("""
                INSERT INTO payments_debit (service, account, party, bank, branch, kind, bank_account, holder, state,
                    origin, from_day, is_new, actor, since_ms, ended_ms)
                VALUES (:service, :account, :party, :bank, :branch, :kind, :number, :holder, 'asked', :origin, :from,
                    :new, :actor, :now, 0)
                """)
                .bind("service", entered.service())
                .bind("account", entered.account())
                .bind("party", entered.party())
                .bind("bank", entered.bank().bank())
                .bind("branch", entered.bank().branch())
                .bind("kind", entered.bank().kind())
                .bind("number", entered.bank().account())
                .bind("holder", entered.bank().holder())
                .bind("origin", entered.paper() ? "paper" : "online")
                .bind("from", entered.from().toEpochDay())
                .bind("new", true)
                .bind("actor", actor)
                .bind("now", now.toEpochMilli())
                .executeAndReturnGeneratedKeys()
                .mapTo(Long.class)
                .one();
    }

    Optional<DebitMandate> one(Handle tx, long id) {
        return one(tx, id, "");
    }

    /** The same, and nobody else changes it until the transaction ends. */
    Optional<DebitMandate> locked(Handle tx, long id) {
        return one(tx, id, dialect.lockRows());
    }

    private static Optional<DebitMandate> one(Handle tx, long id, String lock) {
        return tx.createQuery(COLUMNS + "WHERE id = :id" + lock)
                .bind("id", id)
                .map((row, context) -> mandate(row))
                .findOne();
    }

    /** All there ever were for a customer, the newest first. */
    List<DebitMandate> of(Handle tx, String service, String account, int most) {
        return tx.createQuery(COLUMNS + """
                WHERE service = :service AND account = :account ORDER BY id DESC OFFSET 0 ROWS FETCH NEXT :most ROWS ONLY
                """)
                .bind("service", service)
                .bind("account", account)
                .bind("most", most)
                .map((row, context) -> mandate(row))
                .list();
    }

    /** Those of which the bank has not said anything yet, the oldest first. */
    List<DebitMandate> waiting(Handle tx, String service, int most) {
        return tx.createQuery(COLUMNS + """
                WHERE service = :service AND state = 'asked' ORDER BY id OFFSET 0 ROWS FETCH NEXT :most ROWS ONLY
                """)
                .bind("service", service)
                .bind("most", most)
                .map((row, context) -> mandate(row))
                .list();
    }

    /** Of a party, the newest first. */
    List<DebitMandate> ofParty(Handle tx, String party, int most) {
        return tx.createQuery(COLUMNS + """
                WHERE party = :party ORDER BY id DESC OFFSET 0 ROWS FETCH NEXT :most ROWS ONLY
                """)
                .bind("party", party)
                .bind("most", most)
                .map((row, context) -> mandate(row))
                .list();
    }

    /** Takes the numbers and holders out of those that were refused or have ended before; gives how many. */
    int forget(Handle tx, Instant before) {
        return tx.execute("""
                UPDATE payments_debit SET branch = '000', bank_account = '0000000', holder = ''
                WHERE holder <> ''
                    AND ((state = 'ended' AND ended_ms < ?) OR (state = 'refused' AND decided_ms < ?))
                """, before.toEpochMilli(), before.toEpochMilli());
    }

    /** The same for those of a party that are not in use and never stood in a file. */
    void forgetUnused(Handle tx, String party) {
        tx.execute("""
                UPDATE payments_debit SET branch = '000', bank_account = '0000000', holder = ''
                WHERE party = ? AND is_new = TRUE AND state IN ('ended', 'refused')
                """, party);
    }

    void decide(Handle tx, long id, MandateState to, String reason, String actor, Instant now) {
        tx.execute(
                "UPDATE payments_debit SET state = ?, reason = ?, decided_by = ?, decided_ms = ? WHERE id = ?",
                to.code(),
                reason,
                actor,
                now.toEpochMilli(),
                id);
    }

    void end(Handle tx, long id, String reason, Instant now) {
        tx.execute(
                "UPDATE payments_debit SET state = 'ended', reason = ?, ended_ms = ? WHERE id = ?",
                reason,
                now.toEpochMilli(),
                id);
    }

    static BankAccount bankAccount(ResultSet row, int from) throws SQLException {
        return new BankAccount(
                row.getString(from),
                row.getString(from + 1),
                row.getString(from + 2),
                row.getString(from + 3),
                row.getString(from + 4));
    }

    private static DebitMandate mandate(ResultSet row) throws SQLException {
        return new DebitMandate(
                row.getLong(1),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                bankAccount(row, 5),
                MandateState.ofCode(row.getString(10)),
                row.getString(11).equals("paper"),
                LocalDate.ofEpochDay(row.getLong(12)),
                Instant.ofEpochMilli(row.getLong(13)),
                moment(row.getLong(14)),
                moment(row.getLong(15)),
                row.getString(16));
    }

    private static Optional<Instant> moment(long ms) {
        return ms == 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(ms));
    }
}
