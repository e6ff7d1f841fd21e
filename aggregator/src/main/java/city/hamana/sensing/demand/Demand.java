package city.hamana.sensing.demand;

import city.hamana.sensing.inflow.CsvRows;
import city.hamana.sensing.inflow.InflowException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The hourly demand of districts.
 *
 * @param districts in the order of the file; at most {@value #MOST_DISTRICTS}
 * @param hours of each district by hour of the wall clock; what is missing is not there
 * @param aheadOfUtc how far the wall clock was ahead of UTC in each hour
 */
public record Demand(
        List<String> districts, Map<LocalDateTime, double[]> hours, Map<LocalDateTime, Duration> aheadOfUtc) {
    private static final int MOST_DISTRICTS = 500;
    private static final int MOST_HOURS = 200_000;
    private static final String LOCAL = "datetime_local";
    private static final String UTC = "datetime_utc";

    /**
     * Reads hours with the columns {@code datetime_local,datetime_utc} and one column for each district. Where the clock goes
     * back, the first of the two hours counts; a cell that is no number is a gap.
     *
     * @throws InflowException naming what is wrong with the file
     */
    public static Demand read(Path file) {
        try (CsvRows rows = CsvRows.open(file)) {
            int local = rows.column(LOCAL);
            int utc = rows.column(UTC);
            List<String> districts = new ArrayList<>(rows.header());
            districts.removeAll(List.of(LOCAL, UTC));
            if (districts.size() > MOST_DISTRICTS) {
                throw new InflowException(file + " has more than " + MOST_DISTRICTS + " districts; split it");
            }
            Map<LocalDateTime, double[]> hours = new LinkedHashMap<>();
            Map<LocalDateTime, Duration> ahead = new LinkedHashMap<>();
            for (Optional<List<String>> row = rows.next();
                    row.isPresent() && hours.size() < MOST_HOURS;
                    row = rows.next()) {
                List<String> cells = row.orElseThrow();
                if (cells.size() != rows.header().size()) {
                    throw new InflowException(
                            rows.slip(String.join(",", cells), "has not as many cells as the first line"));
                }
                LocalDateTime at = time(rows, cells.get(local));
                hours.putIfAbsent(at, numbers(cells, districts, rows));
                ahead.putIfAbsent(at, Duration.between(time(rows, cells.get(utc)), at));
            }
            return new Demand(districts, hours, ahead);
        }
    }

    private static LocalDateTime time(CsvRows rows, String text) {
        return CsvRows.stamp(text)
                .orElseThrow(() -> new InflowException(rows.slip(text, "is no time; write it like 2026-01-31T13:00")));
    }

    private static double[] numbers(List<String> cells, List<String> districts, CsvRows rows) {
        return districts.stream()
                .mapToDouble(
                        name -> CsvRows.number(cells.get(rows.column(name))).orElse(Double.NaN))
                .toArray();
    }

    /** One district's days from a day on, 24 hours each, up to before another day. */
    double[][] days(int district, LocalDate from, LocalDate to) {
        double[][] days = Days.missing((int) Math.max(0, to.toEpochDay() - from.toEpochDay()));
        for (int day = 0; day < days.length; day++) {
            for (int hour = 0; hour < Days.HOURS; hour++) {
                double[] all = hours.get(from.plusDays(day).atTime(hour, 0));
                days[day][hour] = all == null ? Double.NaN : all[district];
            }
        }
        return days;
    }

    /** UTC of an hour that has not come: the clock is taken to stay as it was in the last hour before. */
    public LocalDateTime utc(LocalDateTime local, LocalDateTime origin) {
        Duration known = aheadOfUtc.get(local.isBefore(origin) ? local : origin.minusHours(1));
        return local.minus(known == null ? Duration.ZERO : known);
    }
}
