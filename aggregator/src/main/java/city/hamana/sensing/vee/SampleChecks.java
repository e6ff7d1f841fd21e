package city.hamana.sensing.vee;

import city.hamana.messages.Quality;
import city.hamana.messages.Sample;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Rules on single readings and on the step between two. Each says whether what its code names is the case. */
final class SampleChecks {
    static final long HOUR_MS = Duration.ofHours(1).toMillis();

    private static final long MINUTE_MS = Duration.ofMinutes(1).toMillis();
    private static final int COARSER = 2;

    /** A meter's own clock that was set moves by more than it drifts between two readings. */
    private static final long CLOCK_SET_MS = Duration.ofMinutes(5).toMillis();

    /** What a litre more or less, or a stamp a few seconds off, may make of a flow. */
    private static final long SLACK_ML = 10_000;

    private SampleChecks() {}

    static boolean clockUnsynchronised(Sample sample) {
        return (sample.flags() & Quality.CLOCK_UNKNOWN) != 0;
    }

    static boolean meterError(Sample sample) {
        return (sample.flags() & Quality.METER_ERROR) != 0;
    }

    static boolean negative(Sample sample) {
        return Register.millilitres(sample).isEmpty();
    }

    /** Whether a reading has at least two digits fewer than the meter's others, as {@code 2e+05} has. */
    static boolean rounded(Sample sample, int usualExponent) {
        return sample.exponent() >= usualExponent + COARSER && sample.value() != 0;
    }

    /** The exponent that most readings have; of equally many the finer one. */
    static int usualExponent(List<Sample> samples) {
        Map<Integer, Integer> counts = new HashMap<>();
        int best = 0;
        int most = 0;
        for (Sample sample : samples) {
            int count = counts.merge(sample.exponent(), 1, Integer::sum);
            if (count > most || (count == most && sample.exponent() < best)) {
                most = count;
                best = sample.exponent();
            }
        }
        return best;
    }

    static boolean duplicate(Register before, Register now) {
        return now.millilitres() == before.millilitres() && now.at() - before.at() <= MINUTE_MS;
    }

    static boolean decrease(Register before, Register now) {
        return now.millilitres() < before.millilitres();
    }

    /** Whether more ran through than the bore lets pass. */
    static boolean demand(Register before, Register now, long mostAnHour) {
        double most = (double) mostAnHour * (now.at() - before.at()) / HOUR_MS + SLACK_ML;
        return now.millilitres() - before.millilitres() > most;
    }

    /** Whether two readings can follow each other in one meter. */
    static boolean possible(Register before, Register now, long mostAnHour) {
        return !decrease(before, now) && !demand(before, now, mostAnHour);
    }

    /** Whether a step is neither the usual one nor a gap. */
    static boolean interval(long stepMs, long usualMs) {
        boolean odd = stepMs * 10 < usualMs * 9 || stepMs * 10 > usualMs * 11;
        return odd && stepMs <= Hours.WIDEST_STEP.toMillis();
    }

    static boolean unaligned(long instantMs) {
        long past = instantMs % HOUR_MS;
        return past > MINUTE_MS && past < HOUR_MS - MINUTE_MS;
    }

    /** By how much a meter's own clock was moved between two of its own stamps; 0 for drift. */
    static long clockMoved(Sample before, Sample now, long usualMs) {
        boolean own = (before.flags() & now.flags() & Quality.METER_TIME) != 0;
        if (!own || usualMs == 0) {
            return 0;
        }
        long step = now.at().toEpochMilli() - before.at().toEpochMilli();
        long moved = step - Math.max(1, Math.round((double) step / usualMs)) * usualMs;
        return Math.abs(moved) > CLOCK_SET_MS ? moved : 0;
    }
}
