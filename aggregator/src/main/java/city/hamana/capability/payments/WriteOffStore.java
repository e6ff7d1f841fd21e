package city.hamana.capability.payments;

import city.hamana.platform.db.Dialect;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The table of write-offs. */
final class WriteOffStore {
    private static final String COLUMNS = """
            SELECT id, charge, service, account, yen, reason, law, rules, note, state, asked_by, decided_by, done_day,
                undone_day, undo_reason
            FROM payments_write_off
            """;

    private final Dialect dialect;

    WriteOffStore(Dialect dialect) {
        this.dialect = dialect;
    }

    /** Gives its number. */
    long add(Handle tx, ChargeState charge, String reason, Lapse lapse, String note, String actor, Instant now) {
        return tx.createUpdate("""
                INSERT INTO payments_write_off (charge, service, account, yen, reason, law, rules, note, state, asked_by,
                    asked_ms, decided_by, done_day, undone_day, undo_reason)
                VALUES (:charge, :service, :account, :yen, :reason, :law, :rules, :note, 'asked', :actor, :now, '', 0, 0,
                    '')
                """)
                .bind("charge", charge.id())
                .bind("service", charge.charge().service())
                .bind("account", charge.charge().account())
                .bind("yen", charge.open())
                .bind("reason", reason)
                .bind("law", lapse.law())
                .bind("rules", lapse.rules())
                .bind("note", note)
                .bind("actor", actor)
                .bind("now", now.toEpochMilli())
                .executeAndReturnGeneratedKeys()
                .mapTo(Long.class)
                .one();
    }

    /** One, and nobody else changes it until the transaction ends. */
    Optional<WriteOff> locked(Handle tx, long id) {
        return tx.createQuery(COLUMNS + "WHERE id = :id" + dialect.lockRows())
                .bind("id", id)
                .map((row, context) -> writeOff(row))
                .findOne();
    }

    /** Whether one waits for its second person. */
    boolean asked(Handle tx, long charge) {
        return tx.createQuery("SELECT COUNT(*) FROM payments_write_off WHERE charge = ? AND state = 'asked'")
                        .bind(0, charge)
                        .mapTo(Integer.class)
                        .one()
                > 0;
    }

    /** Those that wait for a second person, the oldest first. */
    List<WriteOff> asked(Handle tx, int most) {
        return tx.createQuery(COLUMNS + "WHERE state = 'asked' ORDER BY id OFFSET 0 ROWS FETCH NEXT :most ROWS ONLY")
                .bind("most", most)
                .map((row, context) -> writeOff(row))
                .list();
    }

    /** What was written off from a day until before another, the newest first; also what was taken back since. */
    List<WriteOff> done(Handle tx, LocalDate from, LocalDate until, int most) {
        return tx.createQuery(COLUMNS + """
                WHERE done_day >= :from AND done_day < :until ORDER BY id DESC OFFSET 0 ROWS FETCH NEXT :most ROWS ONLY
                """)
                .bind("from", from.toEpochDay())
                .bind("until", until.toEpochDay())
                .bind("most", most)
                .map((row, context) -> writeOff(row))
                .list();
    }

    void done(Handle tx, long id, long yen, LocalDate day, String actor) {
        tx.execute(
                "UPDATE payments_write_off SET state = 'done', yen = ?, done_day = ?, decided_by = ? WHERE id = ?",
                yen,
                day.toEpochDay(),
                actor,
                id);
    }

    void returned(Handle tx, long id, String actor) {
        tx.execute("UPDATE payments_write_off SET state = 'returned', decided_by = ? WHERE id = ?", actor, id);
    }

    void undone(Handle tx, long id, LocalDate day, String reason) {
        tx.execute(
                "UPDATE payments_write_off SET state = 'undone', undone_day = ?, undo_reason = ? WHERE id = ?",
                day.toEpochDay(),
                reason,
                id);
    }

    private static WriteOff writeOff(ResultSet row) throws SQLException {
        return new WriteOff(
                row.getLong(1),
                row.getLong(2),
                row.getString(3),
                row.getString(4),
                row.getLong(5),
                row.getString(6),
                row.getString(7),
                row.getString(8),
                row.getString(9),
                WriteOffState.ofCode(row.getString(10)),
                row.getString(11),
                row.getString(12),
                day(row.getLong(13)),
                day(row.getLong(14)),
                row.getString(15));
    }

    private static Optional<LocalDate> day(long day) {
        return day == 0 ? Optional.empty() : Optional.of(LocalDate.ofEpochDay(day));
    }
}
