package city.hamana.service.water;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** How far the waterworks have come with a leak that is suspected behind a meter. What is not an edge here cannot happen. */
public enum LeakState {
    /** Found in the readings; the home was told. */
    SUSPECTED,
    /** Somebody was there, or has telephoned. */
    VISITED,
    /** There was a leak. */
    LEAK,
    /** There was none: it was use. */
    NO_LEAK;

    /** As tables and events have it: {@code no-leak}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Where it can go from here; each edge leaves the event {@code water.leak-CODE}. */
    public List<LeakState> next() {
        return switch (this) {
            case SUSPECTED -> List.of(VISITED, LEAK, NO_LEAK);
            case VISITED -> List.of(LEAK, NO_LEAK);
            // A closing that was wrong is taken back.
            case LEAK, NO_LEAK -> List.of(VISITED);
        };
    }

    public boolean closed() {
        return this == LEAK || this == NO_LEAK;
    }

    static Optional<LeakState> ofCode(String code) {
        return Arrays.stream(values())
                .filter(state -> state.code().equals(code))
                .findFirst();
    }
}
