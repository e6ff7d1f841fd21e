package city.hamana.service.roads;

import city.hamana.platform.access.Secret;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jdbi.v3.core.Handle;

/**
 * How much may come within an hour, from one address and from all. Mobile networks put many people behind one address,
 * so one may send more than a person would. What is remembered of an address is gone after the hour.
 */
final class Limits {
    private static final Duration WINDOW = Duration.ofHours(1);

    private final InstantSource real;

    /** What is counted. */
    enum Kind {
        REPORT(20, 300),
        PROGRAM(200, 300),
        PHOTO(40, 600),
        SUPPORT(20, 600),
        FOLLOW(10, 300),
        OWNER(60, 300);

        private final int fromOne;
        private final int fromAll;

        Kind(int fromOne, int fromAll) {
            this.fromOne = fromOne;
            this.fromAll = fromAll;
        }
    }

    Limits(InstantSource real) {
        this.real = real;
    }

    /** Counts it, unless that would be too many. */
    boolean take(Handle tx, Kind kind, String address) {
        String hash = Secret.hash(address);
        long since = real.instant().minus(WINDOW).toEpochMilli();
        long one = tx.createQuery(
                        "SELECT COUNT(*) FROM roads_sent WHERE kind = :kind AND at_ms > :since AND address_hash = :hash")
                .bind("kind", kind.name())
                .bind("since", since)
                .bind("hash", hash)
                .mapTo(Long.class)
                .one();
        long all = tx.createQuery("SELECT COUNT(*) FROM roads_sent WHERE kind = :kind AND at_ms > :since")
                .bind("kind", kind.name())
                .bind("since", since)
                .mapTo(Long.class)
                .one();
        if (one >= kind.fromOne || all >= kind.fromAll) {
            return false;
        }
        note(tx, kind.name(), hash);
        return true;
    }

    /** Whether this address has not done this within the hour; from now on it has. */
    boolean first(Handle tx, String what, String address) {
        String hash = Secret.hash(address);
        long done = tx.createQuery(
                        "SELECT COUNT(*) FROM roads_sent WHERE kind = :kind AND at_ms > :since AND address_hash = :hash")
                .bind("kind", what)
                .bind("since", real.instant().minus(WINDOW).toEpochMilli())
                .bind("hash", hash)
                .mapTo(Long.class)
                .one();
        if (done == 0) {
            note(tx, what, hash);
        }
        return done == 0;
    }

    int sweep(Handle tx) {
        return tx.execute(
                "DELETE FROM roads_sent WHERE at_ms < ?",
                real.instant().minus(WINDOW).toEpochMilli());
    }

    private void note(Handle tx, String kind, String hash) {
        Instant now = real.instant();
        tx.execute(
                "INSERT INTO roads_sent (kind, address_hash, at_ms) VALUES (?, ?, ?)", kind, hash, now.toEpochMilli());
    }
}
