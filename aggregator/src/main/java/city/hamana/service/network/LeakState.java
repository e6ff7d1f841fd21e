package city.hamana.service.network;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How far the waterworks have come with a leak that is suspected in a district. Where it goes from here: {@link Edge}. */
public enum LeakState {
    /** The inflow rose and stayed. */
    SUSPECTED,
    /** The crew listens for it. */
    FIELD,
    /** It is known where it is. */
    LOCATED,
    /** It runs no more. */
    REPAIRED,
    /** Done, with what was found. */
    CLOSED,
    /** Done: there was no leak. */
    NOTHING;

    /** As tables, events and words have it. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    public boolean closed() {
        return this == CLOSED || this == NOTHING;
    }

    static LeakState ofCode(String code) {
        return find(code).orElseThrow();
    }

    static Optional<LeakState> find(String code) {
        return Arrays.stream(values())
                .filter(state -> state.code().equals(code))
                .findFirst();
    }
}
