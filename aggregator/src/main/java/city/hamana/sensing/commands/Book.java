package city.hamana.sensing.commands;

import city.hamana.messages.v1.SignAspect;
import city.hamana.sensing.commands.Issued.State;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** The table of commands. */
final class Book {
    private static final int MOST_OPEN = 500;
    private static final String COLUMNS =
            "SELECT device, number, aspect, silence, issued_ms, ends_ms, issued_by, state, told_ms FROM commands_issued ";

    long next(Handle tx, String device) {
        return tx.createQuery("SELECT COALESCE(MAX(number), 0) + 1 FROM commands_issued WHERE device = :device")
                .bind("device", device)
                .mapTo(Long.class)
                .one();
    }

    void add(Handle tx, Issued command) {
        tx.createUpdate("""
                INSERT INTO commands_issued
                    (device, number, aspect, silence, issued_ms, ends_ms, issued_by, state, told_ms)
                VALUES (:device, :number, :aspect, :silence, :at, :ends, :by, :state, :at)
                """)
                .bind("device", command.device())
                .bind("number", command.number())
                .bind("aspect", command.aspect().getNumber())
                .bind("silence", command.silenceSiren())
                .bind("at", command.at().toEpochMilli())
                .bind("ends", command.ends().toEpochMilli())
                .bind("by", command.by())
                .bind("state", command.state().code())
                .execute();
    }

    /** Notes what became of a command; false if somebody else was quicker. */
    boolean told(Handle tx, Issued command, State state, Instant now) {
        return tx.execute(
                        "UPDATE commands_issued SET state = ?, told_ms = ? WHERE device = ? AND number = ? AND state = ?",
                        state.code(),
                        now.toEpochMilli(),
                        command.device(),
                        command.number(),
                        command.state().code())
                == 1;
    }

    /** Those of which something may still become, the oldest first. */
    List<Issued> open(Handle tx) {
        return tx.createQuery(COLUMNS + """
                WHERE state IN ('sent', 'in-force', 'overruled')
                ORDER BY device, number OFFSET 0 ROWS FETCH NEXT :most ROWS ONLY
                """)
                .bind("most", MOST_OPEN)
                .map((row, context) -> issued(row))
                .list();
    }

    /** Of one device, the newest first. */
    List<Issued> of(Handle tx, String device, int most) {
        return tx.createQuery(COLUMNS
                        + "WHERE device = :device ORDER BY number DESC OFFSET 0 ROWS FETCH NEXT :most ROWS ONLY")
                .bind("device", device)
                .bind("most", most)
                .map((row, context) -> issued(row))
                .list();
    }

    private static Issued issued(ResultSet row) throws SQLException {
        return new Issued(
                row.getString(1),
                row.getLong(2),
                SignAspect.forNumber(row.getInt(3)),
                row.getBoolean(4),
                Instant.ofEpochMilli(row.getLong(5)),
                Instant.ofEpochMilli(row.getLong(6)),
                row.getString(7),
                State.ofCode(row.getString(8)),
                Instant.ofEpochMilli(row.getLong(9)));
    }
}
