package city.hamana.aggregator;

import city.hamana.messages.Quantity;
import city.hamana.messages.Sample;
import city.hamana.platform.db.Database;
import city.hamana.sensing.readings.Readings;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;

/**
 * Registers of meters that are nobody's (SIMULATED): each meter has its own minute, its own size of home and its own days,
 * one in fifty loses some hours of a day, one in two hundred leaks for a fortnight. The same meter and day always give the
 * same.
 */
final class SimulatedRegisters {
    private static final int[] PER_MILLE = {
        12, 8, 6, 5, 5, 14, 48, 72, 66, 52, 44, 40, 42, 36, 32, 32, 40, 54, 66, 72, 74, 76, 62, 42
    };
    private static final int TOGETHER = 1_000;
    private static final int HOURS = 24;
    private static final int HOUR_S = 3_600;
    private static final int LEAK_DAYS = 14;

    /** The night's run begins at three, and has what came until then. */
    private static final Duration BEFORE_THE_RUN = Duration.ofHours(3);

    private final Database database;
    private final Readings readings;
    private final ZoneId zone;
    private final long[] litres;
    private final String[] names;

    SimulatedRegisters(Database database, Readings readings, ZoneId zone, int meters) {
        this.database = database;
        this.readings = readings;
        this.zone = zone;
        this.litres = new long[meters];
        this.names =
                IntStream.range(0, meters).mapToObj(SimulatedRegisters::name).toArray(String[]::new);
    }

    static String name(int meter) {
        return "sim-%08d".formatted(meter);
    }

    /** Fills the days that are not there yet; the last day that is there. */
    LocalDate fill(LocalDate first, LocalDate last, Consumer<String> say) {
        LocalDate held = held().orElse(first.minusDays(1));
        for (LocalDate day = first; !day.isAfter(last) || !day.isAfter(held); day = day.plusDays(1)) {
            if (day.isAfter(held)) {
                add(day);
                if (day.getDayOfMonth() == 1) {
                    say.accept("made up to " + day);
                }
            } else {
                advance(day);
            }
        }
        return held.isAfter(last) ? held : last;
    }

    /** The last day of which every meter has readings: that of the last meter, for they are written in order. */
    private Optional<LocalDate> held() {
        return readings.newest(name(litres.length - 1), Quantity.VOLUME)
                .map(sample -> sample.at().minus(BEFORE_THE_RUN).atZone(zone).toLocalDate());
    }

    /** Adds a day of all meters, from three in the morning to three in the morning, a thousand in each transaction. */
    void add(LocalDate day) {
        List<List<Sample>> batches = new ArrayList<>();
        for (int from = 0; from < litres.length; from += TOGETHER) {
            List<Sample> batch = new ArrayList<>();
            IntStream.range(from, Math.min(litres.length, from + TOGETHER)).forEach(m -> batch.addAll(day(m, day)));
            batches.add(batch);
        }
        // The last batch stands last, so that a day that was broken off is begun again.
        batches.subList(0, batches.size() - 1).parallelStream().forEach(this::merge);
        merge(batches.getLast());
    }

    private void merge(List<Sample> batch) {
        database.inTransaction(tx -> readings.merge(tx, batch, "device:simulated"));
    }

    private void advance(LocalDate day) {
        IntStream.range(0, litres.length).forEach(meter -> day(meter, day));
    }

    private List<Sample> day(int meter, LocalDate day) {
        RandomGenerator random =
                RandomGeneratorFactory.of("SplittableRandom").create(meter * 100_003L + day.toEpochDay());
        Instant start = day.atStartOfDay(zone).plus(BEFORE_THE_RUN).toInstant().plusSeconds(meter * 37L % HOUR_S);
        int persons = 1 + meter % 5;
        double of = persons * (0.6 + 0.8 * random.nextDouble()) * 220 / 1_000;
        boolean leaks = Math.floorMod(meter + day.toEpochDay() / LEAK_DAYS, 200) == 0;
        int lost = random.nextInt(50) == 0 ? random.nextInt(HOURS - 6) : HOURS;
        List<Sample> samples = new ArrayList<>(HOURS);
        for (int hour = 0; hour < HOURS; hour++) {
            Instant at = start.plus(Duration.ofHours(hour));
            int ofDay = (hour + (int) BEFORE_THE_RUN.toHours()) % HOURS;
            if (hour < lost || hour > lost + 4) {
                samples.add(new Sample(names[meter], Quantity.VOLUME, at, 100_000 + litres[meter], -3, 0));
            }
            boolean used = random.nextInt(1_000) < 250 + PER_MILLE[ofDay] * 8;
            litres[meter] += leaks ? 12 : 0;
            litres[meter] += used ? Math.round(of * PER_MILLE[ofDay] * 2 * random.nextDouble()) : 0;
        }
        return samples;
    }
}
