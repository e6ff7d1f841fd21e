package city.hamana.sensing.vee;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jdbi.v3.core.Handle;

/** The table of runs. */
final class Parts {
    private static final long RUNS = -1;
    private static final String COLUMNS = "SELECT last_day, part, first_day, from_meter, to_meter, done_meter, meters,"
            + " done, doubts, begun_ms, ended_ms FROM vee_run ";

    void begin(Handle tx, Part part) {
        tx.execute(
                "INSERT INTO vee_run (last_day, part, first_day, from_meter, to_meter, done_meter, meters, done,"
                        + " doubts, begun_ms, ended_ms) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                part.lastDay(),
                part.number(),
                part.firstDay(),
                part.fromMeter(),
                part.toMeter(),
                part.doneMeter(),
                part.meters(),
                part.done(),
                part.doubts(),
                part.begun().toEpochMilli(),
                RUNS);
    }

    void reach(Handle tx, Part part) {
        tx.execute(
                "UPDATE vee_run SET done_meter = ?, done = ?, doubts = ? WHERE last_day = ? AND part = ?",
                part.doneMeter(),
                part.done(),
                part.doubts(),
                part.lastDay(),
                part.number());
    }

    void end(Handle tx, Part part, Instant at) {
        tx.execute(
                "UPDATE vee_run SET ended_ms = ? WHERE last_day = ? AND part = ?",
                at.toEpochMilli(),
                part.lastDay(),
                part.number());
    }

    /** The parts of the newest run; empty before the first. */
    List<Part> newest(Handle tx) {
        return tx.createQuery(COLUMNS + "WHERE last_day = (SELECT MAX(last_day) FROM vee_run) ORDER BY part")
                .map((row, context) -> part(row))
                .list();
    }

    /** The run that did this day. */
    List<Part> of(Handle tx, int day) {
        return tx.createQuery(COLUMNS + "WHERE first_day <= :day AND last_day >= :day ORDER BY last_day, part")
                .bind("day", day)
                .map((row, context) -> part(row))
                .list();
    }

    /** Last day of the newest run, done or not. */
    OptionalInt reached(Handle tx) {
        return tx.createQuery("SELECT MAX(last_day) FROM vee_run")
                .map((row, context) -> {
                    int day = row.getInt(1);
                    return row.wasNull() ? OptionalInt.empty() : OptionalInt.of(day);
                })
                .one();
    }

    private static Part part(ResultSet row) throws SQLException {
        long ended = row.getLong(11);
        return new Part(
                row.getInt(1),
                row.getInt(2),
                row.getInt(3),
                row.getString(4),
                row.getString(5),
                row.getString(6),
                row.getInt(7),
                row.getInt(8),
                row.getInt(9),
                Instant.ofEpochMilli(row.getLong(10)),
                ended == RUNS ? Optional.empty() : Optional.of(Instant.ofEpochMilli(ended)));
    }
}
