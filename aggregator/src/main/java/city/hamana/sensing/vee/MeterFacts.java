package city.hamana.sensing.vee;

import java.time.Instant;
import java.util.Optional;

/**
 * What is known of a meter besides its readings.
 *
 * @param boreMm nominal bore in millimetres: 13, 20, 25 …
 * @param closed since when no use is expected: the supply is closed, or the meter was taken out
 */
public record MeterFacts(String meter, int boreMm, Customer customer, Optional<Instant> closed) {
    private static final int USUAL_BORE_MM = 20;

    /** A meter of which nothing was told: a home's, 20 mm. */
    public static MeterFacts unknown(String meter) {
        return new MeterFacts(meter, USUAL_BORE_MM, Customer.HOUSEHOLD, Optional.empty());
    }

    boolean closedAt(long instantMs) {
        return closed.isPresent() && closed.get().toEpochMilli() <= instantMs;
    }
}
