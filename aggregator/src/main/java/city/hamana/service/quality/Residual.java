package city.hamana.service.quality;

import city.hamana.messages.AnalyserCondition;
import city.hamana.messages.Quality;
import city.hamana.messages.Sample;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Judges residual chlorine by its values of the last day. The trend is the median of the slopes between hourly medians (Theil
 * 1950, Sen 1968), which single bad values do not move; it is believed where nearly all slopes go the same way. A sensor's fault
 * is told from the water's by what the analyser says of itself, and by what water does not do: it does not lose all its chlorine
 * from one value to the next while nothing else in it changes.
 */
final class Residual {
    /** How far back values are asked for. */
    static final Duration LOOKED_BACK = Duration.ofHours(24);

    private static final Duration SILENT_AFTER = Duration.ofMinutes(30);
    private static final Duration LONGEST_FORECAST = Duration.ofDays(7);
    private static final int LEAST_HOURS = 6;
    private static final double SURE = 0.8;
    /** Below this an analyser shows nothing: 0.01 mg/L is the last digit of the usual ones. */
    private static final double NOTHING = 0.005;

    /** Of all chlorine, so much at once is no water's doing. */
    private static final double SUDDEN = 0.8;

    private static final long HOUR_MS = Duration.ofHours(1).toMillis();
    /** What makes a value say nothing. A calibration that is due, or maintenance announced, is told on the equipment's page. */
    private static final int BLIND = bits(
            AnalyserCondition.SENSOR_FAULT,
            AnalyserCondition.OUT_OF_RANGE,
            AnalyserCondition.NO_SAMPLE_FLOW,
            AnalyserCondition.FROZEN,
            AnalyserCondition.MAINTENANCE);

    private Residual() {}

    /** An hour's median. */
    private record Hour(long hour, double median) {}

    /**
     * Judges.
     *
     * @param chlorine values in mg/L, in order of time
     * @param conditions of the analyser, as bits, in order of time
     */
    static Finding of(List<Sample> chlorine, List<Sample> conditions, Limits limits, Instant now) {
        if (chlorine.isEmpty() || chlorine.getLast().at().isBefore(now.minus(SILENT_AFTER))) {
            return Finding.silent();
        }
        List<String> reasons = blind(conditions, chlorine);
        // Zeros between sound values are the sensor's; zeros that water has come down to are the water's.
        boolean endsAtNothing = value(chlorine.getLast()) < NOTHING;
        List<Sample> believed = chlorine.stream()
                .filter(s -> (s.flags() & Quality.METER_ERROR) == 0 && (endsAtNothing || value(s) >= NOTHING))
                .toList();
        Optional<Sample> last = believed.isEmpty() ? Optional.empty() : Optional.of(believed.getLast());
        if (!reasons.isEmpty()) {
            return new Finding(
                    Verdict.SENSOR,
                    last.map(Residual::value),
                    last.map(Sample::at),
                    Optional.empty(),
                    Optional.empty(),
                    reasons);
        }
        return ofTheWater(believed, limits);
    }

    private static Finding ofTheWater(List<Sample> believed, Limits limits) {
        double now = value(believed.getLast());
        Optional<Double> slope = slope(hours(believed));
        Optional<Duration> toLimit = slope.filter(perHour -> perHour < 0 && now > limits.least())
                .map(perHour -> Duration.ofMinutes(Math.round((now - limits.least()) / -perHour * 60)))
                .filter(time -> time.compareTo(LONGEST_FORECAST) < 0);
        boolean low = believed.size() > 1
                && now < limits.least()
                && value(believed.get(believed.size() - 2)) < limits.least();
        boolean soon =
                toLimit.filter(time -> time.compareTo(limits.warnBefore()) <= 0).isPresent();
        Verdict verdict =
                low ? Verdict.LOW : soon ? Verdict.FALLING : now > limits.most() ? Verdict.HIGH : Verdict.SOUND;
        return new Finding(
                verdict, Optional.of(now), Optional.of(believed.getLast().at()), slope, toLimit, List.of());
    }

    private static List<String> blind(List<Sample> conditions, List<Sample> chlorine) {
        List<String> reasons = new ArrayList<>();
        if (!conditions.isEmpty()) {
            long bits = conditions.getLast().decimal().longValue() & BLIND;
            Arrays.stream(AnalyserCondition.values())
                    .filter(condition -> (bits & 1L << condition.bit()) != 0)
                    .forEach(condition -> reasons.add(condition.code()));
        }
        Sample last = chlorine.getLast();
        if (reasons.isEmpty() && (last.flags() & Quality.METER_ERROR) != 0) {
            reasons.add(AnalyserCondition.SENSOR_FAULT.code());
        }
        if (reasons.isEmpty() && chlorine.stream().allMatch(s -> value(s) < NOTHING)) {
            reasons.add("zero");
        } else if (reasons.isEmpty() && fellAtOnce(chlorine)) {
            reasons.add("jump");
        }
        return reasons;
    }

    /** Whether the values end with zeros that followed on a value far from them. */
    private static boolean fellAtOnce(List<Sample> chlorine) {
        for (int i = chlorine.size() - 1; i > 0 && value(chlorine.get(i)) < NOTHING; i--) {
            double before = value(chlorine.get(i - 1));
            double after = value(chlorine.get(i));
            if (before >= NOTHING) {
                return before - after > SUDDEN * before && before > 10 * NOTHING;
            }
        }
        return false;
    }

    private static List<Hour> hours(List<Sample> samples) {
        List<Hour> hours = new ArrayList<>();
        List<Double> values = new ArrayList<>();
        long hour = Long.MIN_VALUE;
        for (Sample sample : samples) {
            long at = Math.floorDiv(sample.at().toEpochMilli(), HOUR_MS);
            if (at != hour && !values.isEmpty()) {
                hours.add(new Hour(hour, median(values)));
                values.clear();
            }
            hour = at;
            values.add(value(sample));
        }
        if (!values.isEmpty()) {
            hours.add(new Hour(hour, median(values)));
        }
        return hours;
    }

    /** mg/L in an hour; empty where too little is known or it goes up and down. */
    private static Optional<Double> slope(List<Hour> hours) {
        if (hours.size() < LEAST_HOURS) {
            return Optional.empty();
        }
        List<Double> slopes = new ArrayList<>();
        for (int i = 0; i < hours.size(); i++) {
            for (int j = i + 1; j < hours.size(); j++) {
                slopes.add((hours.get(j).median - hours.get(i).median) / (hours.get(j).hour - hours.get(i).hour));
            }
        }
        double slope = median(slopes);
        long alike = slopes.stream().filter(s -> s * slope > 0).count();
        return alike >= SURE * slopes.size() ? Optional.of(slope) : Optional.empty();
    }

    private static double median(List<Double> values) {
        double[] sorted =
                values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    private static double value(Sample sample) {
        return sample.decimal().doubleValue();
    }

    private static int bits(AnalyserCondition... conditions) {
        return Arrays.stream(conditions).mapToInt(c -> 1 << c.bit()).sum();
    }
}
