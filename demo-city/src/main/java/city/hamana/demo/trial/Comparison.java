package city.hamana.demo.trial;

import city.hamana.demo.trial.Known.Meter;
import city.hamana.demo.trial.Known.Reading;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;

/**
 * Holds what city hall has of the meters against what they told, instant by instant. A value names the instant at which
 * it was true, so a reading that is held twice or at a wrong instant gives itself away.
 */
final class Comparison {
    /** How many readings of each sort; the lists name meter, instant and what is the matter. */
    record Result(
            long written,
            long held,
            long beyond,
            long stepped,
            List<String> lost,
            List<String> explained,
            List<String> duplicated,
            List<String> wrong) {
        boolean good() {
            return lost.isEmpty() && duplicated.isEmpty() && wrong.isEmpty();
        }
    }

    private final Known known;
    private final Jumps jumps;
    private final Duration tolerance;
    private final BiPredicate<Meter, Reading> toldLost;
    private final List<String> lost = new ArrayList<>();
    private final List<String> explained = new ArrayList<>();
    private final List<String> duplicated = new ArrayList<>();
    private final List<String> wrong = new ArrayList<>();
    private long written;
    private long held;
    private long beyond;
    private long stepped;

    /**
     * A comparison that holds nothing yet.
     *
     * @param tolerance how far a reading of a meter without time may be from the truth
     * @param toldLost whether the device has told city hall, signed, that it lost this
     */
    Comparison(Known known, Jumps jumps, Duration tolerance, BiPredicate<Meter, Reading> toldLost) {
        this.known = known;
        this.jumps = jumps;
        this.tolerance = tolerance;
        this.toldLost = toldLost;
    }

    /** One meter: what it told a node, and what city hall holds. */
    void add(Meter meter, List<Reading> told, List<Reading> holding) {
        Map<Long, List<Instant>> byValue = new HashMap<>();
        holding.forEach(reading -> byValue.computeIfAbsent(reading.litres(), v -> new ArrayList<>())
                .add(reading.at()));
        for (Reading reading : told) {
            written++;
            List<Instant> instants = byValue.remove(reading.litres());
            if (instants == null) {
                (toldLost.test(meter, reading) ? explained : lost).add(line(meter, reading));
            } else {
                held++;
                judge(meter, reading, instants);
            }
        }
        // What was kept, but not acknowledged to the meter before the run ended; it has to be right all the same.
        byValue.forEach((litres, instants) -> {
            beyond++;
            judge(meter, new Reading(known.truth(meter, litres), litres), instants);
        });
    }

    Result result() {
        return new Result(written, held, beyond, stepped, lost, explained, duplicated, wrong);
    }

    private void judge(Meter meter, Reading reading, List<Instant> instants) {
        for (Instant again : instants.subList(1, instants.size())) {
            duplicated.add(line(meter, reading) + " is held again at " + again);
        }
        Instant at = instants.getFirst();
        if (right(meter, reading.at(), at)) {
            return;
        }
        if (meter.isTimeless() && jumps.explain(meter.node(), reading.at(), at, tolerance)) {
            stepped++;
        } else {
            wrong.add(line(meter, reading) + " is held at " + at);
        }
    }

    private boolean right(Meter meter, Instant truth, Instant at) {
        return meter.isTimeless() ? Known.near(truth, at, tolerance) : truth.equals(at);
    }

    private static String line(Meter meter, Reading reading) {
        return meter.name() + " of " + meter.node() + ", " + reading.litres() + " at " + reading.at();
    }
}
