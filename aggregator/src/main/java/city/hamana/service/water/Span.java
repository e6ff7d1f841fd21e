package city.hamana.service.water;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.Arrays;
import java.util.Optional;

/** The stretches of time a resident looks at. A week begins on Monday. */
public enum Span {
    DAY("day"),
    WEEK("week"),
    MONTH("month");

    private final String code;

    Span(String code) {
        this.code = code;
    }

    public String code() {
        return code;
    }

    public static Optional<Span> ofCode(String code) {
        return Arrays.stream(values()).filter(s -> s.code.equals(code)).findFirst();
    }

    /** The first day of the stretch that holds this day. */
    public LocalDate start(LocalDate day) {
        return switch (this) {
            case DAY -> day;
            case WEEK -> day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
            case MONTH -> day.withDayOfMonth(1);
        };
    }

    /** The first day of the stretch {@code by} further on. */
    public LocalDate move(LocalDate start, int by) {
        return switch (this) {
            case DAY -> start.plusDays(by);
            case WEEK -> start.plusWeeks(by);
            case MONTH -> start.plusMonths(by);
        };
    }

    /** Hours of the stretch that begins on this day, by this zone's clock. */
    int hours(LocalDate start, ZoneId zone) {
        return (int) ChronoUnit.HOURS.between(
                start.atStartOfDay(zone), move(start, 1).atStartOfDay(zone));
    }
}
