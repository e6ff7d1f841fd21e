package city.hamana.sensing.vee;

import city.hamana.sensing.inflow.OffDays;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;

/** The city's days as numbers: days since 1970-01-01, by the city's clock; and months, likewise. */
record CityDays(ZoneId zone, OffDays offDays) {
    private static final int MONTHS = 12;

    /** 0 for a working day, 5 for a Saturday, 6 for a Sunday or a holiday: homes differ between these. */
    int kind(int day) {
        LocalDate date = LocalDate.ofEpochDay(day);
        return offDays.working(date) ? 0 : offDays.dayOfUse(date);
    }

    long startMs(int day) {
        return LocalDate.ofEpochDay(day).atStartOfDay(zone).toInstant().toEpochMilli();
    }

    int dayOf(long instantMs) {
        return (int) Instant.ofEpochMilli(instantMs).atZone(zone).toLocalDate().toEpochDay();
    }

    /** Months since the year 0. */
    static int monthOf(int day) {
        LocalDate date = LocalDate.ofEpochDay(day);
        return date.getYear() * MONTHS + date.getMonthValue() - 1;
    }

    static int firstDay(int month) {
        return (int) LocalDate.of(Math.floorDiv(month, MONTHS), Math.floorMod(month, MONTHS) + 1, 1)
                .toEpochDay();
    }

    static int lastDay(int month) {
        return firstDay(month + 1) - 1;
    }
}
