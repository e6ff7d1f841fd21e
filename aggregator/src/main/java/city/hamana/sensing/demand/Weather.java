package city.hamana.sensing.demand;

import city.hamana.sensing.inflow.CsvRows;
import city.hamana.sensing.inflow.InflowException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The weather of days: mean temperature and sum of rain.
 *
 * @param days at most {@value #MOST_DAYS}
 */
public record Weather(Map<LocalDate, Day> days) {
    private static final int MOST_DAYS = 20_000;
    private static final int DAYS_BEFORE = 3;
    private static final double MOST_RAIN_MM = 15;

    /**
     * One day.
     *
     * @param temperature mean, degrees Celsius
     * @param rain sum, mm
     */
    public record Day(double temperature, double rain) {}

    public Weather {
        days = Map.copyOf(days);
    }

    /** Nothing is known of the weather. */
    public static Weather unknown() {
        return new Weather(Map.of());
    }

    /**
     * Reads hours with the columns {@code datetime_local,rain_mm,temperature_c}.
     *
     * @throws InflowException when a column or a time is missing
     */
    public static Weather read(Path file) {
        Map<LocalDate, Sums> sums = new HashMap<>();
        try (CsvRows rows = CsvRows.open(file)) {
            int time = rows.column("datetime_local");
            int rain = rows.column("rain_mm");
            int temperature = rows.column("temperature_c");
            for (Optional<List<String>> row = rows.next(); row.isPresent(); row = rows.next()) {
                List<String> cells = row.orElseThrow();
                String stamp = cells.get(time);
                LocalDateTime at =
                        CsvRows.stamp(stamp).orElseThrow(() -> new InflowException(rows.slip(stamp, "is no time")));
                if (sums.size() < MOST_DAYS && cells.size() > Math.max(rain, temperature)) {
                    sums.computeIfAbsent(at.toLocalDate(), day -> new Sums())
                            .add(CsvRows.number(cells.get(temperature)), CsvRows.number(cells.get(rain)));
                }
            }
        }
        Map<LocalDate, Day> days = new HashMap<>();
        sums.forEach((day, sum) -> sum.day().ifPresent(weather -> days.put(day, weather)));
        return new Weather(days);
    }

    /**
     * How much warmer and wetter a day is than the three days before the origin were: degrees, and mm of which more than 15
     * count as 15. None when either is not known.
     */
    Optional<double[]> change(LocalDate origin, LocalDate day) {
        double temperature = 0;
        double rain = 0;
        for (int ago = 1; ago <= DAYS_BEFORE; ago++) {
            Day before = days.get(origin.minusDays(ago));
            if (before == null) {
                return Optional.empty();
            }
            temperature += before.temperature / DAYS_BEFORE;
            rain += Math.min(before.rain, MOST_RAIN_MM) / DAYS_BEFORE;
        }
        double warm = temperature;
        double wet = rain;
        return Optional.ofNullable(days.get(day)).map(then ->
                new double[] {then.temperature - warm, Math.min(then.rain, MOST_RAIN_MM) - wet});
    }

    private static final class Sums {
        private double temperature;
        private double rain;
        private int hours;

        void add(Optional<Double> degrees, Optional<Double> millimetres) {
            if (degrees.isPresent()) {
                temperature += degrees.orElseThrow();
                hours++;
            }
            rain += millimetres.orElse(0.0);
        }

        Optional<Day> day() {
            return hours == 0 ? Optional.empty() : Optional.of(new Day(temperature / hours, rain));
        }
    }
}
