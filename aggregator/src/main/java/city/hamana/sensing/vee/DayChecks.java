package city.hamana.sensing.vee;

import city.hamana.messages.Sample;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/**
 * Rules on a whole day and on its history, each a function of the day alone. Those that compare with the past keep silent
 * until there is enough of it.
 */
final class DayChecks {
    /** In this order they are asked and shown. */
    static final List<Function<DayView, Optional<Doubt>>> ALL = List.of(
            DayChecks::gap,
            DayChecks::gapTooLong,
            DayChecks::frozen,
            DayChecks::zeroLong,
            DayChecks::spike,
            DayChecks::tolerance,
            DayChecks::consecutive,
            DayChecks::high,
            DayChecks::low,
            DayChecks::historyMaximum,
            DayChecks::pattern,
            DayChecks::sum,
            DayChecks::multiplier,
            DayChecks::reverse,
            DayChecks::sibling,
            DayChecks::inactive);

    private static final long DAY_MS = Duration.ofDays(1).toMillis();
    private static final int PERCENT = 100;

    private static final long TEN_LITRES = 10_000;
    private static final int FEW_HOURS = 2;

    /** A register in tens of litres says enough by itself: the amounts may be two and a half times off. */
    private static final double OFF_TENFOLD = 1.5;

    private DayChecks() {}

    static Optional<Doubt> gap(DayView day) {
        int hours = 0;
        for (long at = day.startMs(); at < day.endMs(); at += SampleChecks.HOUR_MS) {
            int state = day.book().state(at);
            boolean missing = state <= Origin.DECREASED ? at >= day.firstMs() : filled(Origin.ofNumber(state));
            hours += missing ? 1 : 0;
        }
        return hours == 0 ? Optional.empty() : day.doubt(Code.GAP, hours, 0, 0);
    }

    private static boolean filled(Origin origin) {
        return origin != Origin.DEVICE && origin.estimated();
    }

    static Optional<Doubt> gapTooLong(DayView day) {
        long longest = day.limits().number("gap-days") * DAY_MS;
        boolean tooLong = day.silentSince() > 0 && day.endMs() - day.silentSince() > longest;
        return tooLong && day.figures().known() == 0
                ? day.doubt(Code.GAP_TOO_LONG, (int) ((day.endMs() - day.silentSince()) / DAY_MS), 0, 0)
                : Optional.empty();
    }

    static Optional<Doubt> frozen(DayView day) {
        int most = day.limits().number("frozen-hours");
        return day.same() >= most ? day.doubt(Code.FROZEN, day.same(), 0, most) : Optional.empty();
    }

    static Optional<Doubt> zeroLong(DayView day) {
        int days = day.limits().number("zero-days");
        DayFigures[] before = day.before();
        if (!day.comparable() || day.figures().sum() > 0) {
            return Optional.empty();
        }
        int still = 1;
        while (still <= before.length && before[before.length - still].sum() == 0) {
            still++;
        }
        boolean used = day.meanBefore() >= day.limits().litres("zero-usual-l");
        return still >= days && used ? day.doubt(Code.ZERO_LONG, still, 0, day.meanBefore()) : Optional.empty();
    }

    /**
     * The largest hour against the fourth largest, and against all that was before. Meter data systems take the third; but of
     * a meter that is not read on the full hour, one reading's spike lies in two or three hours.
     */
    static Optional<Doubt> spike(DayView day) {
        if (!day.comparable()) {
            return Optional.empty();
        }
        long[] hours = hours(day);
        Arrays.sort(hours);
        long most = hours[hours.length - 1];
        long rest = Math.max(0, hours[hours.length - 4]);
        long limit = Math.max(
                day.limits().litres("spike-least-l"),
                Math.max(rest * day.limits().number("spike-factor"), day.mostBefore() * 2));
        return most > limit ? day.doubt(Code.SPIKE, 1, most, limit) : Optional.empty();
    }

    static Optional<Doubt> tolerance(DayView day) {
        long[] hours = hours(day);
        long limit = day.limits().litres("step-l");
        long widest = 0;
        int times = 0;
        for (int i = 1; i < hours.length; i++) {
            if (hours[i] >= 0 && hours[i - 1] >= 0 && Math.abs(hours[i] - hours[i - 1]) > limit) {
                widest = Math.max(widest, Math.abs(hours[i] - hours[i - 1]));
                times++;
            }
        }
        return times == 0 ? Optional.empty() : day.doubt(Code.TOLERANCE, times, widest, limit);
    }

    static Optional<Doubt> consecutive(DayView day) {
        long limit = day.limits().litres("sustained-l");
        int longest = 0;
        int run = 0;
        long most = 0;
        for (long hour : hours(day)) {
            run = hour > limit ? run + 1 : 0;
            longest = Math.max(longest, run);
            most = Math.max(most, hour);
        }
        return longest >= day.limits().number("sustained-hours")
                ? day.doubt(Code.CONSECUTIVE, longest, most, limit)
                : Optional.empty();
    }

    static Optional<Doubt> high(DayView day) {
        if (!day.comparable()) {
            return Optional.empty();
        }
        long limit = Math.max(
                day.limits().litres("high-least-l"),
                day.meanBefore() * day.limits().number("high-factor"));
        return daily(day) > limit ? day.doubt(Code.HIGH, 1, daily(day), limit) : Optional.empty();
    }

    /** Held against the least day of the past weeks: who is away now and then is not told each time. */
    static Optional<Doubt> low(DayView day) {
        if (!day.comparable()) {
            return Optional.empty();
        }
        long least = Long.MAX_VALUE;
        for (DayFigures one : day.before()) {
            least = Math.min(least, one.sum());
        }
        long limit = least * day.limits().number("low-percent") / PERCENT;
        boolean steady = least >= day.limits().litres("low-least-l");
        return steady && daily(day) < limit ? day.doubt(Code.LOW, 1, daily(day), limit) : Optional.empty();
    }

    static Optional<Doubt> historyMaximum(DayView day) {
        if (!day.comparable()) {
            return Optional.empty();
        }
        long limit = Math.max(
                day.limits().litres("maximum-least-l"),
                day.mostBefore() * day.limits().number("maximum-percent") / PERCENT);
        return day.figures().most() > limit
                ? day.doubt(Code.HISTORY_MAXIMUM, 1, day.figures().most(), limit)
                : Optional.empty();
    }

    /** Dynamic comparison: how many of the day's figures lie far outside of what they were. */
    static Optional<Doubt> pattern(DayView day) {
        if (!day.comparable()) {
            return Optional.empty();
        }
        long[] now = day.figures().all();
        int odd = 0;
        for (int i = 0; i < now.length; i++) {
            odd += outside(now[i], i, day) ? 1 : 0;
        }
        return odd >= day.limits().number("pattern-figures") ? day.doubt(Code.PATTERN, odd, 0, 0) : Optional.empty();
    }

    private static boolean outside(long now, int figure, DayView day) {
        double sum = 0;
        double squares = 0;
        for (DayFigures one : day.before()) {
            double value = one.all()[figure];
            sum += value;
            squares += value * value;
        }
        int n = day.before().length;
        double mean = sum / n;
        double deviation = Math.sqrt(Math.max(0, squares / n - mean * mean));
        double floor = Math.max(1, Math.abs(mean) / 4);
        return Math.abs(now - mean) > day.limits().number("pattern-sigmas") * Math.max(deviation, floor);
    }

    static Optional<Doubt> sum(DayView day) {
        if (day.counted() < 0) {
            return Optional.empty();
        }
        long sum = 0;
        for (long at = day.startMs(); at < day.endMs(); at += SampleChecks.HOUR_MS) {
            sum += day.book().amount(at);
        }
        long off = Math.abs(sum - day.counted());
        return off > day.limits().litres("sum-off-l") ? day.doubt(Code.SUM, 1, sum, day.counted()) : Optional.empty();
    }

    /**
     * The day and its largest hour are about the same power of ten of what they were. For ten times as much, all differences
     * of registers are also multiples of ten steps; for a tenth, as many hours as ever have some use.
     */
    static Optional<Doubt> multiplier(DayView day) {
        if (!day.comparable() || day.figures().sum() == 0 || day.meanBefore() == 0) {
            return Optional.empty();
        }
        double before = day.before().length;
        double most = 0;
        double zeros = 0;
        for (DayFigures one : day.before()) {
            most += one.most() / before;
            zeros += one.zeros() / before;
        }
        double bySum = (double) daily(day) / day.meanBefore();
        double power = Math.rint(Math.log10(bySum));
        double off = power > 0 ? OFF_TENFOLD : day.limits().number("multiplier-off-percent") / (double) PERCENT;
        boolean same =
                power != 0 && near(bySum, power, off) && near(day.figures().most() / Math.max(1, most), power, off);
        boolean scaled =
                power > 0 ? day.step() >= TEN_LITRES : Math.abs(day.figures().zeros() - zeros) <= FEW_HOURS;
        return same && scaled
                ? day.doubt(Code.MULTIPLIER, (int) power, daily(day), day.meanBefore())
                : Optional.empty();
    }

    private static boolean near(double ratio, double power, double off) {
        return Math.abs(Math.log10(ratio) - power) < Math.log10(1 + off);
    }

    static Optional<Doubt> reverse(DayView day) {
        if (day.reverse().size() < 2) {
            return Optional.empty();
        }
        OptionalLong first = Register.millilitres(day.reverse().getFirst());
        OptionalLong last = Register.millilitres(day.reverse().getLast());
        long limit = day.limits().litres("ran-back-l");
        long amount = last.orElse(0) - first.orElse(0);
        return amount > limit ? day.doubt(Code.REVERSE, 1, amount, limit) : Optional.empty();
    }

    static Optional<Doubt> sibling(DayView day) {
        boolean came = day.reverse().stream().map(Sample::at).anyMatch(at -> at.toEpochMilli() >= day.startMs());
        return day.siblingExpected() && !came && day.figures().known() > 0
                ? day.doubt(Code.SIBLING, 1, 0, 0)
                : Optional.empty();
    }

    static Optional<Doubt> inactive(DayView day) {
        if (!day.facts().closedAt(day.endMs() - 1)) {
            return Optional.empty();
        }
        long used = 0;
        for (long at = day.startMs(); at < day.endMs(); at += SampleChecks.HOUR_MS) {
            used += day.facts().closedAt(at) ? Math.max(0, day.book().evidence(at)) : 0;
        }
        long limit = day.limits().litres("closed-l");
        return used > limit ? day.doubt(Code.INACTIVE, 1, used, limit) : Optional.empty();
    }

    /** As if every hour were known. */
    private static long daily(DayView day) {
        int hours = (int) ((day.endMs() - day.startMs()) / SampleChecks.HOUR_MS);
        return day.figures().sum() * hours / day.figures().known();
    }

    /** What is known of each hour; -1 where nothing is. */
    private static long[] hours(DayView day) {
        long[] hours = new long[(int) ((day.endMs() - day.startMs()) / SampleChecks.HOUR_MS)];
        for (int i = 0; i < hours.length; i++) {
            hours[i] = day.book().evidence(day.startMs() + i * SampleChecks.HOUR_MS);
        }
        return hours;
    }
}
