package city.hamana.sensing.household;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jdbi.v3.core.Handle;

/** The tables of findings and of days. */
final class Findings {
    private static final long LASTS = -1;
    private static final String COLUMNS =
            "SELECT id, meter, kind, since_ms, rate, reason, ended_ms FROM household_finding ";

    List<Finding> open(Handle tx, String meter) {
        return tx.createQuery(COLUMNS + "WHERE meter = :meter AND ended_ms = -1 ORDER BY since_ms, id")
                .bind("meter", meter)
                .map((row, context) -> finding(row))
                .list();
    }

    List<Finding> open(Handle tx, int most) {
        return tx.createQuery(
                        COLUMNS + "WHERE ended_ms = -1 ORDER BY meter, id OFFSET 0 ROWS FETCH NEXT :most ROWS ONLY")
                .bind("most", most)
                .map((row, context) -> finding(row))
                .list();
    }

    /** Of one meter, lasting or ended, the newest first. */
    List<Finding> of(Handle tx, String meter, int most) {
        return tx.createQuery(COLUMNS
                        + "WHERE meter = :meter ORDER BY since_ms DESC, id OFFSET 0 ROWS FETCH NEXT :most ROWS ONLY")
                .bind("meter", meter)
                .bind("most", most)
                .map((row, context) -> finding(row))
                .list();
    }

    void begin(Handle tx, Finding finding, int day, Instant now) {
        tx.execute(
                "INSERT INTO household_finding (meter, kind, since_ms, rate, reason, seen_day, opened_ms, ended_ms)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                finding.meter(),
                finding.kind().code(),
                finding.since().toEpochMilli(),
                finding.rateMillilitres(),
                finding.reason(),
                day,
                now.toEpochMilli(),
                LASTS);
    }

    void lasts(Handle tx, Finding finding, int day) {
        tx.execute(
                "UPDATE household_finding SET rate = ?, reason = ?, seen_day = ? WHERE id = ?",
                finding.rateMillilitres(),
                finding.reason(),
                day,
                finding.id());
    }

    void end(Handle tx, Finding finding, Instant at) {
        tx.execute("UPDATE household_finding SET ended_ms = ? WHERE id = ?", at.toEpochMilli(), finding.id());
    }

    void done(Handle tx, int day, int meters, int opened, int ended) {
        tx.execute(
                "INSERT INTO household_day (day_no, meters, opened, ended) VALUES (?, ?, ?, ?)",
                day,
                meters,
                opened,
                ended);
    }

    OptionalInt lastDay(Handle tx) {
        return tx.createQuery("SELECT MAX(day_no) FROM household_day")
                .map((row, context) -> {
                    int day = row.getInt(1);
                    return row.wasNull() ? OptionalInt.empty() : OptionalInt.of(day);
                })
                .one();
    }

    private static Finding finding(ResultSet row) throws SQLException {
        long ended = row.getLong(7);
        return new Finding(
                row.getLong(1),
                row.getString(2),
                Finding.Kind.ofCode(row.getString(3)),
                Instant.ofEpochMilli(row.getLong(4)),
                row.getLong(5),
                row.getString(6),
                ended == LASTS ? Optional.empty() : Optional.of(Instant.ofEpochMilli(ended)));
    }
}
