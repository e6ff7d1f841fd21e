package city.hamana.capability.oversight;

import city.hamana.platform.events.Verdict;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jdbi.v3.core.Handle;

/** The looks over the log that were made; the newest hundred are kept. */
final class Checks {
    private static final int KEPT = 100;
    private static final int SHOWN = 5;

    private Checks() {}

    static void add(Handle tx, Verdict verdict, Instant now) {
        OptionalLong broken = verdict.broken();
        tx.execute(
                "INSERT INTO oversight_check (at_ms, entries, hash, broken) VALUES (?, ?, ?, ?)",
                now.toEpochMilli(),
                verdict.entries(),
                verdict.hash(),
                broken.orElse(0));
        long last = tx.createQuery("SELECT MAX(id) FROM oversight_check")
                .mapTo(Long.class)
                .one();
        tx.execute("DELETE FROM oversight_check WHERE id <= ?", last - KEPT);
    }

    static List<Check> latest(Handle tx) {
        return tx.createQuery("""
                SELECT at_ms, entries, hash, broken FROM oversight_check
                ORDER BY id DESC OFFSET 0 ROWS FETCH NEXT :most ROWS ONLY
                """)
                .bind("most", SHOWN)
                .map((row, context) -> new Check(
                        Instant.ofEpochMilli(row.getLong(1)),
                        row.getLong(2),
                        row.getString(3),
                        Optional.of(row.getLong(4)).filter(sequence -> sequence > 0)))
                .list();
    }
}
