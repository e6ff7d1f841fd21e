package city.hamana.service.network;

import java.time.Instant;

/**
 * Something that happened with a leak.
 *
 * @param act of an {@link Edge}; {@code suspected}, {@code note} or {@code undo}
 * @param by who did it, as pages show the name; empty for the watch
 * @param undone whether it was taken back later
 */
public record LeakStep(
        int number, String act, LeakState from, LeakState to, String note, String by, Instant at, boolean undone) {
    /** Whether it can be taken back: it moved the record, and nobody has taken it back yet. */
    boolean moved() {
        return from != to && !act.equals("undo") && !undone;
    }
}
