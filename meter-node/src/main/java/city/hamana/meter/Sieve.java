package city.hamana.meter;

import city.hamana.messages.Quantity;
import city.hamana.messages.Sample;
import city.hamana.meter.line.Roster;
import city.hamana.meter.line.Schedule;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Radio meters tell the same again and again, some four times a minute. Of each series the first value of a turn is kept,
 * an hour as a rule, and besides whatever warns of something new.
 */
final class Sieve {
    private static final int MOST_REMEMBERED = 20_000;

    private final Schedule schedule;
    private final Map<Series, Kept> kept = new HashMap<>();
    private final Map<Roster.Place, Long> refused = new HashMap<>();
    private long look;

    private record Series(String meter, Quantity quantity) {}

    private record Kept(long turn, long value) {}

    Sieve(Schedule schedule) {
        this.schedule = schedule;
    }

    /** Those worth keeping. */
    List<Sample> through(List<Sample> samples) {
        long turn = turn();
        return samples.stream().filter(sample -> worth(sample, turn)).toList();
    }

    /** These are in the journal. */
    void kept(List<Sample> samples) {
        long turn = turn();
        for (Sample sample : samples) {
            Series series = new Series(sample.meter(), sample.quantity());
            if (kept.containsKey(series) || kept.size() < MOST_REMEMBERED) {
                kept.put(series, new Kept(turn, sample.value()));
            }
        }
        look++;
    }

    /** Whether this is the first telegram of a turn that cannot be decoded. */
    boolean firstRefused(Roster.Place place) {
        Long turn = turn();
        return refused.size() < MOST_REMEMBERED && !turn.equals(refused.put(place, turn));
    }

    private boolean worth(Sample sample, long turn) {
        Kept before = kept.get(new Series(sample.meter(), sample.quantity()));
        boolean warning = sample.quantity() == Quantity.METER_STATUS || sample.quantity() == Quantity.METER_ALARMS;
        return before == null || before.turn() != turn || (warning && before.value() != sample.value());
    }

    private long turn() {
        return schedule.turn(0, 1, look);
    }
}
