package city.hamana.capability.payments;

import city.hamana.platform.db.Dialect;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The tables of statements and of what arrived. */
final class ArrivalStore {
    private static final String COLUMNS = """
            SELECT id, channel, paid_day, yen, fee, reference, name, state, reason, charge, proposed_by
            FROM payments_arrival
            """;

    private final Dialect dialect;

    ArrivalStore(Dialect dialect) {
        this.dialect = dialect;
    }

    /** Money that was taken, as its line would name it. */
    record Known(long payment, long charge, long yen) {}

    boolean read(Handle tx, String sha256) {
        return tx.createQuery("SELECT COUNT(*) FROM payments_statement WHERE sha256 = ?")
                        .bind(0, sha256)
                        .mapTo(Integer.class)
                        .one()
                > 0;
    }

    long addStatement(Handle tx, String kind, String sha256, int lines, String actor, Instant now) {
        return tx.createUpdate("""
                INSERT INTO payments_statement (kind, sha256, lines, actor, at_ms)
                VALUES (:kind, :sha, :lines, :actor, :now)
                """)
                .bind("kind", kind)
                .bind("sha", sha256)
                .bind("lines", lines)
                .bind("actor", actor)
                .bind("now", now.toEpochMilli())
                .executeAndReturnGeneratedKeys()
                .mapTo(Long.class)
                .one();
    }

    long add(Handle tx, long statement, StatementFile.Line line, ArrivalState state, String reason, long charge) {
        return tx.createUpdate("""
                INSERT INTO payments_arrival (statement, line, channel, paid_day, yen, fee, reference, name, state,
                    reason, charge, proposed_by, confirmed_by)
                VALUES (:statement, :line, :channel, :paid, :yen, :fee, :reference, :name, :state, :reason, :charge,
                    '', '')
                """)
                .bind("statement", statement)
                .bind("line", line.number())
                .bind("channel", line.channel().code())
                .bind("paid", line.paid().toEpochDay())
                .bind("yen", line.yen())
                .bind("fee", line.fee())
                .bind("reference", line.reference())
                .bind("name", line.name())
                .bind("state", state.code())
                .bind("reason", reason)
                .bind("charge", charge)
                .executeAndReturnGeneratedKeys()
                .mapTo(Long.class)
                .one();
    }

    /** Money of the provider's that was taken under this name. */
    Optional<Known> known(Handle tx, String reference) {
        return tx.createQuery("SELECT id, charge, yen FROM payments_payment WHERE reference = ?")
                .bind(0, reference)
                .map((row, context) -> new Known(row.getLong(1), row.getLong(2), row.getLong(3)))
                .findFirst();
    }

    /** Whether a line with this reference was matched or assigned before. */
    boolean settled(Handle tx, String reference) {
        return tx.createQuery(
                                "SELECT COUNT(*) FROM payments_arrival WHERE reference = ? AND state IN ('matched', 'assigned')")
                        .bind(0, reference)
                        .mapTo(Integer.class)
                        .one()
                > 0;
    }

    /** What is open or proposed, the oldest first. */
    List<Arrival> queue(Handle tx, int most) {
        return tx.createQuery(COLUMNS + """
                WHERE state IN ('open', 'proposed') ORDER BY id OFFSET 0 ROWS FETCH NEXT :most ROWS ONLY
                """)
                .bind("most", most)
                .map((row, context) -> arrival(row))
                .list();
    }

    Optional<Arrival> locked(Handle tx, long id) {
        return tx.createQuery(COLUMNS + "WHERE id = :id" + dialect.lockRows())
                .bind("id", id)
                .map((row, context) -> arrival(row))
                .findOne();
    }

    void propose(Handle tx, long id, long charge, String actor) {
        tx.execute(
                "UPDATE payments_arrival SET state = 'proposed', charge = ?, proposed_by = ? WHERE id = ?",
                charge,
                actor,
                id);
    }

    void assign(Handle tx, long id, String actor) {
        tx.execute("UPDATE payments_arrival SET state = 'assigned', confirmed_by = ? WHERE id = ?", actor, id);
    }

    void reopen(Handle tx, long id) {
        tx.execute("UPDATE payments_arrival SET state = 'open', charge = 0, proposed_by = '' WHERE id = ?", id);
    }

    private static Arrival arrival(ResultSet row) throws SQLException {
        return new Arrival(
                row.getLong(1),
                Channel.ofCode(row.getString(2)).orElseThrow(),
                LocalDate.ofEpochDay(row.getLong(3)),
                row.getLong(4),
                row.getLong(5),
                row.getString(6),
                row.getString(7),
                ArrivalState.ofCode(row.getString(8)),
                row.getString(9),
                row.getLong(10),
                row.getString(11));
    }
}
