package city.hamana.capability.cases;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Where a case stands. A draft is no case yet: it has not arrived. */
public enum State {
    /** It has arrived; the clock runs (行政手続法 第7条: examination begins with the arrival). */
    RECEIVED,
    /** Somebody examines it. */
    IN_PROGRESS,
    /** The applicant was asked to correct something (補正); the clock stands still. */
    RETURNED,
    /** A decision was drafted (起案) and waits for who may decide (決裁). */
    PROPOSED,
    /** Decided, and the decision not handed over yet. */
    DECIDED,
    /** Nothing is left to do. */
    CLOSED,
    /** Taken back by the applicant (取下げ). */
    WITHDRAWN,
    /** The same thing as another case, which goes on. */
    MERGED;

    /** As it stands in addresses, words and the database: {@code in-progress}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static Optional<State> ofCode(String code) {
        return Arrays.stream(values())
                .filter(state -> state.code().equals(code))
                .findFirst();
    }

    /** Whether the city still has something to do. */
    public boolean open() {
        return this != CLOSED && this != WITHDRAWN && this != MERGED;
    }
}
