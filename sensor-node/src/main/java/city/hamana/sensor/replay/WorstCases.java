package city.hamana.sensor.replay;

import city.hamana.sensor.level.Reading;
import java.util.List;
import java.util.Random;
import java.util.function.LongFunction;
import java.util.function.LongToDoubleFunction;

/** Made-up floods that are worse than most, and quiet months in which something stands in the gauges' way. */
final class WorstCases {
    private static final long DRY_MS = 1_800_000;
    private static final long END_MS = 3 * 3_600_000;
    private static final long MONTH_MS = 30L * 86_400_000;
    private static final long DAY_MS = 86_400_000;
    private static final int TRUCK_MM = 2_600;
    private static final long TRUCK_MS = 180_000;
    private static final Reading SILENT = new Reading.Fault("line.timeout", false);

    private WorstCases() {}

    static List<Event> floods() {
        LongToDoubleFunction fast = rise(68, 340);
        LongToDoubleFunction deep = rise(90, 1_800);
        LongFunction<Reading> told = Event.telling(fast);
        LongFunction<Reading> stuck = Event.telling(ms -> 0);
        return List.of(
                Event.of("34 cm in 5 min (静岡市大坪 2025)", fast, END_MS),
                Event.of("180 cm in 20 min", deep, END_MS),
                new Event("the same with a spike in every third reading", deep, List.of(spiked(deep, 3)), END_MS),
                new Event("34 cm in 5 min, one of two gauges stuck at 0", fast, List.of(stuck, told), END_MS),
                new Event("the same, the other gauge alone and dying at 9 cm", fast, List.of(dying(fast, 90)), END_MS),
                new Event("34 cm in 5 min, a truck under one of two gauges", fast, List.of(told, truck(fast)), END_MS));
    }

    static List<Event> quietMonths() {
        Random random = new Random(20_250_905);
        LongToDoubleFunction noise = ms -> random.nextGaussian() * 3;
        LongFunction<Reading> trucks =
                ms -> new Reading.Depth(ms % DAY_MS > DAY_MS - TRUCK_MS ? TRUCK_MM : (int) noise.applyAsDouble(ms));
        LongToDoubleFunction dry = ms -> 0;
        return List.of(
                new Event("30 dry days, noise of 3 mm", dry, List.of(Event.telling(noise)), MONTH_MS),
                new Event(
                        "30 dry days, a spike of up to 4 m in every 50th reading",
                        dry,
                        List.of(spiked(noise, 50)),
                        MONTH_MS),
                new Event(
                        "30 dry days, a truck for 3 min each day under one of two gauges",
                        dry,
                        List.of(Event.telling(noise), trucks),
                        MONTH_MS),
                new Event("30 dry days, the same truck under the only gauge", dry, List.of(trucks), MONTH_MS));
    }

    private static LongToDoubleFunction rise(double mmPerMinute, double peakMm) {
        return ms -> Math.clamp((ms - DRY_MS) / 60_000.0 * mmPerMinute, 0, peakMm);
    }

    private static LongFunction<Reading> spiked(LongToDoubleFunction truth, int every) {
        Random random = new Random(20_250_905);
        long[] looks = {0};
        return ms -> {
            boolean spike = ++looks[0] % every == 0;
            return new Reading.Depth((int) truth.applyAsDouble(ms) + (spike ? random.nextInt(4_000) : 0));
        };
    }

    private static LongFunction<Reading> dying(LongToDoubleFunction truth, double atMm) {
        LongFunction<Reading> told = Event.telling(truth);
        return ms -> truth.applyAsDouble(ms) >= atMm ? SILENT : told.apply(ms);
    }

    private static LongFunction<Reading> truck(LongToDoubleFunction truth) {
        LongFunction<Reading> told = Event.telling(truth);
        return ms -> ms > DRY_MS && ms < DRY_MS + TRUCK_MS ? new Reading.Depth(TRUCK_MM) : told.apply(ms);
    }
}
