package city.hamana.capability.cases;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.function.Predicate;

/** Days on which the city hall is open: not Saturdays, Sundays, holidays, or the end of the year. */
final class WorkingDays {
    private static final int LONGEST_DAYS = 4_000;

    private final Predicate<LocalDate> closed;

    WorkingDays(Predicate<LocalDate> closed) {
        this.closed = closed;
    }

    boolean open(LocalDate day) {
        return day.getDayOfWeek() != DayOfWeek.SATURDAY && day.getDayOfWeek() != DayOfWeek.SUNDAY && !closed.test(day);
    }

    /** The last day of a term. The day it begins on does not count (民法 第140条). */
    LocalDate after(LocalDate begin, int days) {
        LocalDate day = begin;
        for (int counted = 0; counted < days; ) {
            day = day.plusDays(1);
            if (open(day)) {
                counted++;
            }
        }
        return day;
    }

    /** Working days after {@code from} up to and with {@code to}; negative when {@code to} is earlier. */
    int between(LocalDate from, LocalDate to) {
        if (to.isBefore(from)) {
            return -between(to, from);
        }
        long all = Math.min(LONGEST_DAYS, ChronoUnit.DAYS.between(from, to));
        int counted = 0;
        for (long i = 1; i <= all; i++) {
            if (open(from.plusDays(i))) {
                counted++;
            }
        }
        return counted;
    }
}
