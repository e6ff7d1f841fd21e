package city.hamana.service.quality;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What was made of a place's values.
 *
 * @param last the newest value in mg/L that is believed
 * @param at when it was measured
 * @param perHour by how much it rises in an hour; below 0 where it falls; empty while nothing sure can be said
 * @param toLimit how long until the limit is reached, if it goes on like this; empty where it does not fall
 * @param reasons codes of why the sensor is not believed: a condition of the analyser, {@code zero}, {@code jump}
 */
public record Finding(
        Verdict verdict,
        Optional<Double> last,
        Optional<Instant> at,
        Optional<Double> perHour,
        Optional<Duration> toLimit,
        List<String> reasons) {
    static Finding silent() {
        return new Finding(
                Verdict.SILENT, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), List.of());
    }
}
