package city.hamana.capability.people;

import city.hamana.platform.access.Secret;
import city.hamana.platform.db.Database;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * How often something may fail. A try is counted before it is made, so that many at once are no way around, and taken back
 * when it succeeds.
 */
final class Limits {
    /**
     * What is counted together.
     *
     * @param key kept as a hash only, for it may hold a name or an address
     * @param most tries that may fail within the window
     */
    record Bucket(String key, int most, Duration window) {}

    /** A try that is under way. */
    record Attempt(String id) {}

    private final Database database;
    private final InstantSource real;

    Limits(Database database, InstantSource real) {
        this.database = database;
        this.real = real;
    }

    /** Counts a try under every bucket; empty, and nothing counted, where one of them is full. */
    Optional<Attempt> begin(List<Bucket> buckets) {
        Instant now = real.instant();
        Attempt attempt = new Attempt(Secret.hash(Secret.random()));
        return database.inTransaction(tx -> {
            if (buckets.stream().anyMatch(bucket -> full(tx, bucket, now))) {
                return Optional.empty();
            }
            for (Bucket bucket : buckets) {
                tx.execute(
                        "INSERT INTO people_attempt (attempt, bucket, until_ms) VALUES (?, ?, ?)",
                        attempt.id,
                        Secret.hash(bucket.key),
                        now.plus(bucket.window).toEpochMilli());
            }
            return Optional.of(attempt);
        });
    }

    /** Takes a try back that succeeded. */
    void takeBack(Attempt attempt) {
        database.inTransaction(tx -> tx.execute("DELETE FROM people_attempt WHERE attempt = ?", attempt.id));
    }

    void sweep(Handle tx) {
        tx.execute("DELETE FROM people_attempt WHERE until_ms <= ?", real.millis());
    }

    private static boolean full(Handle tx, Bucket bucket, Instant now) {
        return tx.createQuery("SELECT COUNT(*) FROM people_attempt WHERE bucket = ? AND until_ms > ?")
                        .bind(0, Secret.hash(bucket.key))
                        .bind(1, now.toEpochMilli())
                        .mapTo(Integer.class)
                        .one()
                >= bucket.most;
    }
}
