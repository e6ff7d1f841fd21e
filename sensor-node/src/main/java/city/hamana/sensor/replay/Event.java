package city.hamana.sensor.replay;

import city.hamana.sensor.level.Reading;
import java.util.List;
import java.util.function.LongFunction;
import java.util.function.LongToDoubleFunction;

/**
 * One flood, or none.
 *
 * @param truthMm depth at a millisecond
 * @param gauges what each gauge tells then
 * @param untilMs where it ends
 */
record Event(String name, LongToDoubleFunction truthMm, List<LongFunction<Reading>> gauges, long untilMs) {
    /** One gauge that tells the truth. */
    static Event of(String name, LongToDoubleFunction truthMm, long untilMs) {
        return new Event(name, truthMm, List.of(telling(truthMm)), untilMs);
    }

    static LongFunction<Reading> telling(LongToDoubleFunction mm) {
        return ms -> new Reading.Depth((int) Math.round(mm.applyAsDouble(ms)));
    }
}
