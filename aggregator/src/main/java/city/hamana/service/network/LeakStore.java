package city.hamana.service.network;

import city.hamana.sensing.leaks.Evidence;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** The tables of leaks and their steps. */
final class LeakStore {
    private static final int MOST_STEPS = 500;
    private static final int UNKNOWN = -1;
    private static final String LEAK =
            "SELECT id, dma, found_ms, started_ms, litres_per_hour, state, kind, measured_litres, place, closed_ms, steps,"
                    + " mean_m3h, hours, least_m3h, standard_errors FROM network_leak ";

    /** What the watch has found; empty where it is held already. */
    Optional<NetworkLeak> add(
            Handle tx, String dma, Instant found, Instant started, long litresPerHour, Evidence evidence) {
        boolean held =
                tx.createQuery("SELECT COUNT(*) FROM network_leak WHERE dma = ? AND found_ms = ? AND started_ms = ?")
                                .bind(0, dma)
                                .bind(1, found.toEpochMilli())
                                .bind(2, started.toEpochMilli())
                                .mapTo(Integer.class)
                                .one()
                        > 0;
        if (held) {
            return Optional.empty();
        }
        long id = tx.createUpdate("""
                INSERT INTO network_leak (dma, found_ms, started_ms, litres_per_hour, mean_m3h, hours, least_m3h,
                    standard_errors, state, kind, measured_litres, place, closed_ms, steps)
                VALUES (:dma, :found, :started, :litres, :mean, :hours, :least, :errors, 'suspected', '', -1, '', -1, 0)
                """)
                .bind("dma", dma)
                .bind("found", found.toEpochMilli())
                .bind("started", started.toEpochMilli())
                .bind("litres", litresPerHour)
                .bind("mean", evidence.meanM3h())
                .bind("hours", evidence.hours())
                .bind("least", evidence.leastM3h())
                .bind("errors", evidence.standardErrors())
                .executeAndReturnGeneratedKeys()
                .mapTo(Long.class)
                .one();
        return one(tx, id);
    }

    Optional<NetworkLeak> one(Handle tx, long id) {
        return tx.createQuery(LEAK + "WHERE id = :id")
                .bind("id", id)
                .map((row, context) -> leak(row))
                .findOne();
    }

    /** Those that are not closed, the oldest first. */
    List<NetworkLeak> open(Handle tx, int most) {
        return tx.createQuery(LEAK
                        + "WHERE state NOT IN ('closed', 'nothing') ORDER BY found_ms, id"
                        + " OFFSET 0 ROWS FETCH NEXT :most ROWS ONLY")
                .bind("most", most)
                .map((row, context) -> leak(row))
                .list();
    }

    /** Those that are, the newest first. */
    List<NetworkLeak> closed(Handle tx, int most) {
        return tx.createQuery(LEAK
                        + "WHERE state IN ('closed', 'nothing') ORDER BY closed_ms DESC, id DESC"
                        + " OFFSET 0 ROWS FETCH NEXT :most ROWS ONLY")
                .bind("most", most)
                .map((row, context) -> leak(row))
                .list();
    }

    /** All of a district, the newest first. */
    List<NetworkLeak> of(Handle tx, String dma, int most) {
        return tx.createQuery(LEAK + "WHERE dma = :dma ORDER BY found_ms DESC, id DESC"
                        + " OFFSET 0 ROWS FETCH NEXT :most ROWS ONLY")
                .bind("dma", dma)
                .bind("most", most)
                .map((row, context) -> leak(row))
                .list();
    }

    /** How many records were closed between two instants, by how they ended. */
    Map<LeakState, Long> closedBetween(Handle tx, Instant from, Instant to) {
        return tx
                .createQuery("SELECT state, COUNT(*) FROM network_leak WHERE closed_ms >= :from AND closed_ms < :to"
                        + " GROUP BY state")
                .bind("from", from.toEpochMilli())
                .bind("to", to.toEpochMilli())
                .map((row, context) -> Map.entry(LeakState.ofCode(row.getString(1)), row.getLong(2)))
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static NetworkLeak leak(ResultSet row) throws SQLException {
        String kind = row.getString(7);
        long litres = row.getLong(8);
        long closed = row.getLong(10);
        Optional<LeakFinding> finding = kind.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new LeakFinding(kind, litres < 0 ? Optional.empty() : Optional.of(litres), row.getString(9)));
        return new NetworkLeak(
                row.getLong(1),
                row.getString(2),
                Instant.ofEpochMilli(row.getLong(3)),
                Instant.ofEpochMilli(row.getLong(4)),
                row.getLong(5),
                new Evidence(row.getDouble(12), row.getLong(13), row.getDouble(14), row.getDouble(15)),
                LeakState.ofCode(row.getString(6)),
                finding,
                closed < 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(closed)),
                row.getInt(11));
    }

    /** In order. */
    List<LeakStep> steps(Handle tx, long leak) {
        return tx.createQuery("""
                SELECT step_no, act, from_state, to_state, note, by_name, at_ms, undone FROM network_step
                WHERE leak = :leak ORDER BY step_no OFFSET 0 ROWS FETCH NEXT :most ROWS ONLY
                """)
                .bind("leak", leak)
                .bind("most", MOST_STEPS)
                .map((row, context) -> new LeakStep(
                        row.getInt(1),
                        row.getString(2),
                        LeakState.ofCode(row.getString(3)),
                        LeakState.ofCode(row.getString(4)),
                        row.getString(5),
                        row.getString(6),
                        Instant.ofEpochMilli(row.getLong(7)),
                        row.getBoolean(8)))
                .list();
    }

    boolean full(NetworkLeak leak) {
        return leak.steps() >= MOST_STEPS;
    }

    /**
     * Writes a step down and moves the record.
     *
     * @return false where somebody was faster
     */
    boolean step(Handle tx, NetworkLeak before, LeakStep step, Optional<LeakFinding> finding) {
        int moved = tx.execute(
                "UPDATE network_leak SET state = ?, kind = ?, measured_litres = ?, place = ?, closed_ms = ?, steps = ?"
                        + " WHERE id = ? AND steps = ?",
                step.to().code(),
                finding.map(LeakFinding::kind).orElse(""),
                finding.flatMap(LeakFinding::litresPerHour).orElse((long) UNKNOWN),
                finding.map(LeakFinding::place).orElse(""),
                step.to().closed()
                        ? before.closed()
                                .map(Instant::toEpochMilli)
                                .orElse(step.at().toEpochMilli())
                        : (long) UNKNOWN,
                step.number(),
                before.id(),
                before.steps());
        if (moved == 1) {
            tx.execute(
                    "INSERT INTO network_step (leak, step_no, act, from_state, to_state, note, by_name, at_ms, undone)"
                            + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, FALSE)",
                    before.id(),
                    step.number(),
                    step.act(),
                    step.from().code(),
                    step.to().code(),
                    step.note(),
                    step.by(),
                    step.at().toEpochMilli());
        }
        return moved == 1;
    }

    void undone(Handle tx, NetworkLeak leak, LeakStep step) {
        tx.execute("UPDATE network_step SET undone = TRUE WHERE leak = ? AND step_no = ?", leak.id(), step.number());
    }
}
