package city.hamana.service.network;

import city.hamana.sensing.leaks.Evidence;
import java.time.Instant;
import java.util.Optional;

/**
 * A leak that is suspected in a district, or was.
 *
 * @param found when the watch was sure
 * @param started its likeliest beginning
 * @param litresPerHour how much more has flown in since
 * @param evidence what the watch saw
 * @param finding what was there; empty until it is known
 * @param closed when the record was
 * @param steps how many its history has; a form says which it has seen
 */
public record NetworkLeak(
        long id,
        String dma,
        Instant found,
        Instant started,
        long litresPerHour,
        Evidence evidence,
        LeakState state,
        Optional<LeakFinding> finding,
        Optional<Instant> closed,
        int steps) {
    String subject() {
        return "leak:" + id;
    }
}
