package city.hamana.service.quality;

import city.hamana.messages.Quality;
import city.hamana.messages.Sample;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One place's month.
 *
 * @param days all of the month that have been, today among them
 */
public record Report(Point point, YearMonth month, Limits limits, List<Day> days) {
    private static final double NOTHING = 0.005;

    static Report of(
            Point point,
            YearMonth month,
            Limits limits,
            List<Sample> chlorine,
            Map<LocalDate, Check> checks,
            LocalDate today,
            ZoneId zone) {
        Map<LocalDate, List<Sample>> byDay = new TreeMap<>();
        chlorine.forEach(
                sample -> byDay.computeIfAbsent(sample.at().atZone(zone).toLocalDate(), day -> new ArrayList<>())
                        .add(sample));
        List<Day> days = new ArrayList<>();
        for (int i = 1; i <= month.lengthOfMonth(); i++) {
            LocalDate day = month.atDay(i);
            if (!day.isAfter(today)) {
                days.add(day(day, byDay.getOrDefault(day, List.of()), limits, Optional.ofNullable(checks.get(day))));
            }
        }
        return new Report(point, month, limits, days);
    }

    private static Day day(LocalDate day, List<Sample> samples, Limits limits, Optional<Check> check) {
        DoubleSummaryStatistics believed = new DoubleSummaryStatistics();
        int under = 0;
        for (Sample sample : samples) {
            double value = sample.decimal().doubleValue();
            if ((sample.flags() & Quality.METER_ERROR) == 0 && value >= NOTHING) {
                believed.accept(value);
                under += value < limits.least() ? 1 : 0;
            }
        }
        boolean any = believed.getCount() > 0;
        return new Day(
                day,
                any ? Optional.of(believed.getMin()) : Optional.empty(),
                any ? Optional.of(believed.getAverage()) : Optional.empty(),
                any ? Optional.of(believed.getMax()) : Optional.empty(),
                (int) believed.getCount(),
                samples.size() - (int) believed.getCount(),
                under,
                check);
    }

    /** Days without a check that was written down. */
    public long unchecked() {
        return days.stream().filter(day -> day.check().isEmpty()).count();
    }

    /** Days on which a value lay under the limit, or something was seen. */
    public long remarkable() {
        return days.stream()
                .filter(day -> day.under() > 0
                        || day.check()
                                .filter(c -> c.colour() || c.turbidity() || c.residual() < limits.least())
                                .isPresent())
                .count();
    }
}
