package city.hamana.sensing.equipment;

import java.time.Instant;
import java.util.List;

/**
 * The page of one piece of equipment.
 *
 * @param hours how far back the curves go
 */
public record ItemPage(Item item, int hours, List<Trace> traces, Instant now) {
    /** The stretches one can look at: a day, a week, a month. */
    public static final List<Integer> SPANS = List.of(24, 168, 720);
}
