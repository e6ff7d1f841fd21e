package city.hamana.capability.payments;

import city.hamana.platform.db.Dialect;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The table of attempts. */
final class AttemptStore {
    private static final String COLUMNS = """
            SELECT code, charge, channel, yen, state, provider_payment, address, actor, begun_ms FROM payments_attempt
            """;

    private final Dialect dialect;

    AttemptStore(Dialect dialect) {
        this.dialect = dialect;
    }

    void add(Handle tx, Attempt attempt) {
        tx.createUpdate("""
                INSERT INTO payments_attempt (code, charge, channel, yen, state, provider_payment, address, actor,
                    begun_ms, changed_ms, asked_ms)
                VALUES (:code, :charge, :channel, :yen, :state, '', '', :actor, :begun, :begun, 0)
                """)
                .bind("code", attempt.code())
                .bind("charge", attempt.charge())
                .bind("channel", attempt.channel().code())
                .bind("yen", attempt.yen())
                .bind("state", attempt.state().code())
                .bind("actor", attempt.actor())
                .bind("begun", attempt.begun().toEpochMilli())
                .execute();
    }

    Optional<Attempt> one(Handle tx, String code) {
        return tx.createQuery(COLUMNS + "WHERE code = :code")
                .bind("code", code)
                .map((row, context) -> attempt(row))
                .findOne();
    }

    /** The same, and nobody else changes it until the transaction ends. */
    Optional<Attempt> locked(Handle tx, String code) {
        return tx.createQuery(COLUMNS + "WHERE code = :code" + dialect.lockRows())
                .bind("code", code)
                .map((row, context) -> attempt(row))
                .findOne();
    }

    /** The newest one of a charge. */
    Optional<Attempt> newest(Handle tx, long charge) {
        return tx.createQuery(COLUMNS + "WHERE charge = :charge ORDER BY id DESC OFFSET 0 ROWS FETCH NEXT 1 ROWS ONLY")
                .bind("charge", charge)
                .map((row, context) -> attempt(row))
                .findOne();
    }

    /** Those of which the provider has said no last word and that were not asked about since a moment. */
    List<Attempt> toAsk(Handle tx, Instant begunAfter, Instant askedBefore, Instant endedAskedBefore, int most) {
        return tx.createQuery(COLUMNS + """
                WHERE provider_payment <> '' AND begun_ms > :begun
                    AND ((state IN ('waiting', 'pending') AND asked_ms < :asked)
                        OR (state IN ('cancelled', 'failed', 'expired') AND asked_ms < :ended))
                ORDER BY asked_ms OFFSET 0 ROWS FETCH NEXT :most ROWS ONLY
                """)
                .bind("begun", begunAfter.toEpochMilli())
                .bind("asked", askedBefore.toEpochMilli())
                .bind("ended", endedAskedBefore.toEpochMilli())
                .bind("most", most)
                .map((row, context) -> attempt(row))
                .list();
    }

    /** Those that are under way since before a moment. */
    List<Attempt> stale(Handle tx, Instant begunBefore, int most) {
        return tx.createQuery(COLUMNS + """
                WHERE state IN ('starting', 'waiting', 'pending') AND begun_ms < :begun
                ORDER BY id OFFSET 0 ROWS FETCH NEXT :most ROWS ONLY
                """)
                .bind("begun", begunBefore.toEpochMilli())
                .bind("most", most)
                .map((row, context) -> attempt(row))
                .list();
    }

    void move(Handle tx, String code, AttemptState to, Instant now) {
        tx.execute(
                "UPDATE payments_attempt SET state = ?, changed_ms = ? WHERE code = ?",
                to.code(),
                now.toEpochMilli(),
                code);
    }

    void answered(Handle tx, String code, String payment, String address) {
        tx.execute(
                "UPDATE payments_attempt SET provider_payment = ?, address = ? WHERE code = ?", payment, address, code);
    }

    /** Notes that the provider is asked now; false where it was since {@code before}. */
    boolean asked(Handle tx, String code, Instant now, Instant before) {
        return tx.execute(
                        "UPDATE payments_attempt SET asked_ms = ? WHERE code = ? AND asked_ms < ?",
                        now.toEpochMilli(),
                        code,
                        before.toEpochMilli())
                == 1;
    }

    private static Attempt attempt(ResultSet row) throws SQLException {
        return new Attempt(
                row.getString(1),
                row.getLong(2),
                Channel.ofCode(row.getString(3)).orElseThrow(),
                row.getLong(4),
                AttemptState.ofCode(row.getString(5)),
                row.getString(6),
                row.getString(7),
                row.getString(8),
                Instant.ofEpochMilli(row.getLong(9)));
    }
}
