package city.hamana.meter.simulator;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The log of the one meter through which all homes of a SIMULATED district are supplied: at each full hour what their registers
 * gained, what every network loses, and from a moment on a leak.
 */
final class DistrictLog implements Log {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final int LOST_LITRES = 15;
    private static final int LEAK_LITRES = 250;
    private static final Duration LEAKS_BEFORE = Duration.ofDays(10);
    private static final long FIRST_LITRES = 1_000_000;

    private final List<Logger> homes;
    private final Instant start;
    private final Instant leaksFrom;
    private final List<Long> litres = new ArrayList<>(List.of(FIRST_LITRES));

    /**
     * A log that begins when the last of the homes' does.
     *
     * @param homes at least one
     * @param firstDay the city's time at the first start; the leak begins ten days before it
     */
    DistrictLog(List<Logger> homes, Instant firstDay) {
        this.homes = List.copyOf(homes);
        Instant begin = homes.stream()
                .map(home -> home.at(0).at())
                .max(Instant::compareTo)
                .orElseThrow();
        this.start = Instant.ofEpochSecond(Math.ceilDiv(begin.getEpochSecond(), HOUR.toSeconds()) * HOUR.toSeconds());
        this.leaksFrom = firstDay.minus(LEAKS_BEFORE);
    }

    @Override
    public synchronized Reading at(long place) {
        while (litres.size() <= place) {
            litres.add(litres.getLast() + gained(hour(litres.size() - 1L)));
        }
        return new Reading(hour(place), litres.get((int) place));
    }

    @Override
    public long lastPlace(Instant now) {
        return now.isBefore(start) ? -1 : Duration.between(start, now).dividedBy(HOUR);
    }

    private Instant hour(long place) {
        return start.plus(HOUR.multipliedBy(place));
    }

    /** A register that falls, as some in the sample do, has used nothing. */
    private long gained(Instant from) {
        long used = homes.stream()
                .mapToLong(home -> Math.max(0, register(home, from.plus(HOUR)) - register(home, from)))
                .sum();
        return used + LOST_LITRES + (from.isBefore(leaksFrom) ? 0 : LEAK_LITRES);
    }

    /** On a straight line between the readings around it, which stand at odd minutes. */
    private static long register(Logger home, Instant at) {
        long place = home.lastPlace(at);
        Reading before = home.at(place);
        Reading after = home.at(place + 1);
        long part = Duration.between(before.at(), at).toSeconds();
        long whole = Math.max(1, Duration.between(before.at(), after.at()).toSeconds());
        return before.litres() + Math.max(0, after.litres() - before.litres()) * part / whole;
    }
}
