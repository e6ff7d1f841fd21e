package city.hamana.sensing.ingest;

import java.time.Instant;
import java.util.Optional;

/**
 * Blocks in a row that exist and are not held, and why not.
 *
 * @param boot the chain's boot id, 32 lower-case hex digits
 * @param after when the held block before them was made; empty where none is held
 * @param before when the held block after them was made, or by when they are known to have been made
 * @param asked when they were last asked for again; empty where they were not
 */
public record Gap(
        Kind kind,
        String boot,
        long first,
        long last,
        Optional<Instant> after,
        Instant before,
        Optional<Instant> asked) {
    /** Why blocks are not held; the first that is true. */
    public enum Kind {
        /** A device says that they wait in it. */
        PENDING,
        /** They came and were not believed. */
        SET_ASIDE,
        /** Their device, or its gateway, signed that they are gone. */
        LOST,
        /** Nobody knows. There must be none of these. */
        MISSING
    }

    public long blocks() {
        return last - first + 1;
    }

    /** Whether any of them may have been made from {@code from} to before {@code to}. */
    boolean touches(Instant from, Instant to) {
        return !before.isBefore(from) && after.map(to::isAfter).orElse(true);
    }
}
