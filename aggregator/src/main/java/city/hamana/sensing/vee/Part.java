package city.hamana.sensing.vee;

import java.time.Instant;
import java.util.Optional;

/**
 * One of the parts of a run that go on side by side.
 *
 * @param lastDay with {@code number} its key; days since 1970-01-01, by the city's clock
 * @param fromMeter first meter, by name
 * @param doneMeter last meter that is done; empty at first
 * @param meters how many there are
 * @param done how many of them are done
 */
public record Part(
        int lastDay,
        int number,
        int firstDay,
        String fromMeter,
        String toMeter,
        String doneMeter,
        int meters,
        int done,
        int doubts,
        Instant begun,
        Optional<Instant> ended) {
    Part with(String meter, int more, int moreDoubts) {
        return new Part(
                lastDay,
                number,
                firstDay,
                fromMeter,
                toMeter,
                meter,
                meters,
                done + more,
                doubts + moreDoubts,
                begun,
                ended);
    }
}
