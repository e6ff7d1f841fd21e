package city.hamana.sensing.household;

import city.hamana.messages.MeterAlarm;
import city.hamana.messages.Sample;
import city.hamana.sensing.vee.Use;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The detectors, each a function of one meter's last weeks. Only what was measured speaks: an estimated hour neither begins
 * nor breaks a run.
 */
final class Detectors {
    /** Weeks of hours that a detector looks at, the day that is judged at their end. */
    static final int DAYS = 31;

    private static final long UNMEASURED = -1;
    private static final int DAY_HOURS = 24;
    private static final int NIGHT_FROM = 2;
    private static final int NIGHT_HOURS = 3;
    private static final int LEAST_NIGHTS = 14;
    private static final Set<MeterAlarm> TELLING = EnumSet.of(
            MeterAlarm.LEAK_1,
            MeterAlarm.LEAK_2,
            MeterAlarm.EXCESSIVE_FLOW,
            MeterAlarm.REVERSE_FLOW,
            MeterAlarm.OVER_RANGE,
            MeterAlarm.BURST);
    private static final long MILLILITRES_PER_M3 = 1_000_000;

    private Detectors() {}

    /** What was measured in each hour, millilitres; -1 where nothing was. */
    static long[] measured(List<Use> hours) {
        long[] measured = new long[hours.size()];
        for (int i = 0; i < measured.length; i++) {
            measured[i] =
                    hours.get(i) instanceof Use.Known known && !known.estimated() ? known.millilitres() : UNMEASURED;
        }
        return measured;
    }

    /**
     * Water that runs without a pause. How long is too long goes by the home: at least 48 hours, and twice its longest run
     * of the weeks before, but never more than 72.
     *
     * @param hours measured, up to the end of the day
     * @param from start of the first of them
     */
    static Verdict continuous(long[] hours, Instant from, Thresholds limits) {
        int at = hours.length - 1;
        int run = 0;
        int hole = 0;
        long least = Long.MAX_VALUE;
        int start = hours.length;
        while (at >= 0 && (hours[at] == UNMEASURED || hours[at] >= limits.least())) {
            if (hours[at] != UNMEASURED) {
                run++;
                start = at;
                least = Math.min(least, hours[at]);
            } else if (start < hours.length || run == 0) {
                hole++;
            }
            at--;
        }
        if (hours[hours.length - 1] == UNMEASURED && run == 0) {
            return Verdict.UNKNOWN;
        }
        long wanted = Math.clamp(
                2L * longest(hours, start, limits.least()), limits.continuousHours(), limits.continuousMostHours());
        boolean enough = run >= wanted && hole * 4 <= run + hole;
        if (!enough) {
            // A hole in the readings of a leak that was told already says nothing about its end.
            return run > 0 && hole > run ? Verdict.UNKNOWN : Verdict.OFF;
        }
        Instant since = from.plus(Duration.ofHours(start));
        return new Verdict.On(since, least, "hours=" + (hours.length - start));
    }

    /** The longest run before an hour. */
    private static int longest(long[] hours, int before, long least) {
        int longest = 0;
        int run = 0;
        for (int i = 0; i < before; i++) {
            run = hours[i] >= least ? run + 1 : hours[i] == UNMEASURED ? run : 0;
            longest = Math.max(longest, run);
        }
        return longest;
    }

    /**
     * More by night, from two to five, than the home's own nights before.
     *
     * @param hours measured, whole days from a midnight on
     * @param told since when it has been told already; the nights before that are what is usual
     */
    static Verdict night(long[] hours, Instant from, Thresholds limits, Optional<Instant> told) {
        long[] nights = new long[hours.length / DAY_HOURS];
        for (int day = 0; day < nights.length; day++) {
            nights[day] = median(hours, day * DAY_HOURS + NIGHT_FROM, NIGHT_HOURS);
        }
        int last = nights.length - 1;
        if (nights[last] == UNMEASURED) {
            return Verdict.UNKNOWN;
        }
        int usualTo = told.map(at -> (int) Duration.between(from, at).toDays()).orElse(nights.length - limits.nights());
        long usual = usual(nights, usualTo);
        if (usual == UNMEASURED && told.isEmpty()) {
            return Verdict.UNKNOWN;
        }
        long wanted = Math.max(limits.night(), usual * limits.nightFactor());
        int row = 0;
        long least = Long.MAX_VALUE;
        while (row <= last && nights[last - row] >= wanted) {
            least = Math.min(least, nights[last - row]);
            row++;
        }
        if (row < (told.isPresent() ? 1 : limits.nights())) {
            return Verdict.OFF;
        }
        Instant since = told.orElse(from.plus(Duration.ofDays(last - row + 1L)));
        return new Verdict.On(since, least, "nights=" + row);
    }

    private static long usual(long[] nights, int to) {
        long[] known = Arrays.stream(nights, 0, Math.clamp(to, 0, nights.length))
                .filter(night -> night != UNMEASURED)
                .sorted()
                .toArray();
        return known.length < LEAST_NIGHTS ? UNMEASURED : known[known.length / 2];
    }

    private static long median(long[] hours, int from, int count) {
        long[] some = Arrays.copyOfRange(hours, from, from + count);
        Arrays.sort(some);
        return some[0] == UNMEASURED ? UNMEASURED : some[count / 2];
    }

    /** A run of hours, on the day or reaching into it, each with as much as from a burst pipe. */
    static Verdict burst(long[] hours, Instant from, Thresholds limits) {
        int at = hours.length - 1;
        while (at >= hours.length - DAY_HOURS && hours[at] < limits.burst()) {
            at--;
        }
        int end = at;
        long sum = 0;
        while (at >= 0 && hours[at] >= limits.burst()) {
            sum += hours[at];
            at--;
        }
        int run = end - at;
        return end < hours.length - DAY_HOURS || run < limits.burstHours()
                ? Verdict.OFF
                : new Verdict.On(from.plus(Duration.ofHours(at + 1L)), sum / run, "hours=" + run);
    }

    /**
     * What ran backwards in a day.
     *
     * @param samples of the second register over the day, with the last one before it
     */
    static Verdict reverse(List<Sample> samples, Thresholds limits) {
        if (samples.size() < 2) {
            return Verdict.UNKNOWN;
        }
        long amount = samples.getLast()
                .decimal()
                .subtract(samples.getFirst().decimal())
                .multiply(BigDecimal.valueOf(MILLILITRES_PER_M3))
                .longValue();
        return amount < limits.reverse()
                ? Verdict.OFF
                : new Verdict.On(samples.getFirst().at(), amount / DAY_HOURS, "litres=" + amount / 1_000);
    }

    /**
     * What the meter itself warns of, of all that it can those that are about a leak.
     *
     * @param samples of its alarms over the day
     */
    static Verdict alarm(List<Sample> samples) {
        if (samples.isEmpty()) {
            return Verdict.UNKNOWN;
        }
        long bits = samples.getLast().value();
        String codes = TELLING.stream()
                .filter(alarm -> (bits >> alarm.bit() & 1) == 1)
                .map(MeterAlarm::code)
                .collect(Collectors.joining(","));
        if (codes.isEmpty()) {
            return Verdict.OFF;
        }
        Instant since = samples.stream()
                .filter(sample -> sample.value() != 0)
                .map(Sample::at)
                .findFirst()
                .orElseThrow();
        return new Verdict.On(since, 0, codes);
    }
}
