package city.hamana.sensing.vee;

import java.util.List;
import java.util.function.LongUnaryOperator;

/**
 * A meter's register as a line through its sound readings. Between readings at most 90 minutes apart it is straight; over
 * a gap it rises as the weights of the gap's hours say, from exactly the reading before to exactly the reading after. An
 * hour's use is the difference at its ends, so whatever the weights, hours add up to what the register counted.
 */
final class Curve {
    static final long UNKNOWN = -1;

    private final List<Register> registers;
    private final LongUnaryOperator weight;
    private final long longestGapMs;

    private int gap = -1;
    private double gapWeight;
    private long cumulativeTo;
    private double cumulative;

    /**
     * A line.
     *
     * @param weight of the hour that holds an instant; more than 0
     * @param longestGapMs over a longer gap nothing is known
     */
    Curve(List<Register> registers, LongUnaryOperator weight, long longestGapMs) {
        this.registers = registers;
        this.weight = weight;
        this.longestGapMs = longestGapMs;
    }

    /** The use of one hour. */
    record Hour(long millilitres, int state) {}

    /** The use of each of so many hours from an instant on. */
    Hour[] hours(long fromMs, int count) {
        Hour[] hours = new Hour[count];
        int before = last(fromMs, -1);
        long left = at(fromMs, before);
        for (int i = 0; i < count; i++) {
            long end = fromMs + (i + 1) * SampleChecks.HOUR_MS;
            int after = last(end, before);
            long right = at(end, after);
            hours[i] = hour(before, left, after, right, end);
            before = after;
            left = right;
        }
        return hours;
    }

    private Hour hour(int before, long left, int after, long right, long end) {
        if (left == UNKNOWN || right == UNKNOWN) {
            return new Hour(0, Origin.MISSING);
        }
        if (registers.get(before).segment() != registers.get(after).segment()) {
            return new Hour(0, Origin.DECREASED);
        }
        int to = registers.get(after).at() == end ? after : after + 1;
        Origin origin = Origin.MEASURED;
        for (int i = before; i < to; i++) {
            Register one = registers.get(i);
            Register next = registers.get(i + 1);
            if (next.at() - one.at() > Hours.WIDEST_STEP.toMillis()) {
                origin = Origin.REGISTER;
            } else if (origin == Origin.MEASURED && (one.estimated() || next.estimated())) {
                origin = Origin.DEVICE;
            }
        }
        return new Hour(right - left, origin.number());
    }

    /** Number of the last register at or before an instant, searched from a known one on; -1 for none. */
    private int last(long instant, int from) {
        int i = from;
        while (i + 1 < registers.size() && registers.get(i + 1).at() <= instant) {
            i++;
        }
        return i;
    }

    /** The register at an instant; unknown before the first, after the last, and where it jumped. */
    private long at(long instant, int before) {
        if (before < 0) {
            return UNKNOWN;
        }
        Register one = registers.get(before);
        if (one.at() == instant) {
            return one.millilitres();
        }
        if (before + 1 == registers.size()) {
            return UNKNOWN;
        }
        Register next = registers.get(before + 1);
        long step = next.at() - one.at();
        if (next.segment() != one.segment() || step > longestGapMs) {
            return UNKNOWN;
        }
        long amount = next.millilitres() - one.millilitres();
        double share = step > Hours.WIDEST_STEP.toMillis()
                ? shareOfGap(before, instant)
                : (double) (instant - one.at()) / step;
        return one.millilitres() + Math.min(amount, Math.round(amount * share));
    }

    private double shareOfGap(int before, long instant) {
        long from = registers.get(before).at();
        if (gap != before) {
            gap = before;
            gapWeight = weigh(from, registers.get(before + 1).at());
            cumulativeTo = from;
            cumulative = 0;
        }
        cumulative += weigh(cumulativeTo, instant);
        cumulativeTo = instant;
        return cumulative / gapWeight;
    }

    private double weigh(long from, long to) {
        double sum = 0;
        for (long at = from; at < to; ) {
            long next = Math.min(to, at - Math.floorMod(at, SampleChecks.HOUR_MS) + SampleChecks.HOUR_MS);
            sum += (double) weight.applyAsLong(at) * (next - at);
            at = next;
        }
        return sum;
    }
}
