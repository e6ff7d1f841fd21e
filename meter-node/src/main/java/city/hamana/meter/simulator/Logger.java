package city.hamana.meter.simulator;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * All that one meter ever logs, as a pure function of the sample and the city's first day. First the measured readings,
 * moved by whole weeks so that they end within a week before that day; then the last twelve weeks of them again and
 * again, weekday kept, the register rising on.
 */
final class Logger implements Log {
    /** Length of the part that is repeated. */
    static final Duration LAP = Duration.ofDays(84);

    private static final Duration WEEK = Duration.ofDays(7);

    private final List<Reading> backlog;
    private final List<Reading> lap;
    private final long litresPerLap;

    /**
     * A logger for one home.
     *
     * @param measured in order of time
     * @param sampleEnd last instant of all homes
     * @param firstDay the city's time at the first start
     */
    Logger(List<Reading> measured, Instant sampleEnd, Instant firstDay) {
        Duration shift = wholeWeeks(sampleEnd, firstDay);
        this.backlog = measured.stream()
                .map(r -> new Reading(r.at().plus(shift), r.litres()))
                .toList();
        this.lap = lap(sampleEnd.plus(shift));
        this.litresPerLap = lap.getLast().litres();
    }

    @Override
    public Reading at(long place) {
        if (place < backlog.size()) {
            return backlog.get((int) place);
        }
        long further = place - backlog.size();
        long laps = further / lap.size();
        Reading step = lap.get((int) (further % lap.size()));
        long litres = backlog.getLast().litres() + laps * litresPerLap + step.litres();
        return new Reading(step.at().plus(LAP.multipliedBy(laps + 1)), litres);
    }

    @Override
    public long lastPlace(Instant now) {
        long low = -1;
        long high = backlog.size() + (lapsUntil(now) + 2) * lap.size();
        while (high - low > 1) {
            long middle = (low + high) / 2;
            if (at(middle).at().isAfter(now)) {
                high = middle;
            } else {
                low = middle;
            }
        }
        return low;
    }

    /** The register as it was last logged at an instant. */
    Optional<Reading> register(Instant now) {
        long place = lastPlace(now);
        return place < 0 ? Optional.empty() : Optional.of(at(place));
    }

    private long lapsUntil(Instant now) {
        long seconds = Duration.between(backlog.getLast().at(), now).toSeconds();
        return Math.max(0, seconds / LAP.toSeconds());
    }

    /** The last twelve weeks, each reading with what had run since their begin; a register that fell ran nothing. */
    private List<Reading> lap(Instant end) {
        Instant begin = end.minus(LAP);
        List<Reading> steps = new ArrayList<>();
        long sum = 0;
        for (int i = 1; i < backlog.size(); i++) {
            Reading reading = backlog.get(i);
            if (reading.at().isAfter(begin)) {
                sum += Math.max(0, reading.litres() - backlog.get(i - 1).litres());
                steps.add(new Reading(reading.at(), sum));
            }
        }
        return steps;
    }

    private static Duration wholeWeeks(Instant end, Instant firstDay) {
        long weeks = Math.floorDiv(Duration.between(end, firstDay).toSeconds(), WEEK.toSeconds());
        return WEEK.multipliedBy(weeks);
    }
}
