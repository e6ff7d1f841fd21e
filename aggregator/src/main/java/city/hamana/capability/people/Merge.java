package city.hamana.capability.people;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * Joining two entries of one person, or keeping them apart.
 *
 * @param gone id of the entry that leads to the other from then on
 * @param stays id of the entry that stays
 * @param asker as the event log names who proposed it
 * @param decider as the event log names who agreed, or decided otherwise; empty while it waits
 */
public record Merge(
        long id,
        String gone,
        String stays,
        State state,
        String asker,
        Instant asked,
        String decider,
        Optional<Instant> decided) {
    /** How it stands with it. */
    public enum State {
        /** It waits for a second person. */
        ASKED,
        /** They are two persons: not proposed again. */
        APART,
        DONE,
        UNDONE;

        /** As it stands in the table: {@code asked}. */
        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }

        static State ofCode(String code) {
            return valueOf(code.toUpperCase(Locale.ROOT));
        }
    }
}
