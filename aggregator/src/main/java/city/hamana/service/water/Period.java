package city.hamana.service.water;

import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;

/**
 * What a bill is for.
 *
 * @param until first day that is not in it any more
 */
public record Period(LocalDate from, LocalDate until) {
    public Period {
        if (!from.isBefore(until)) {
            throw new IllegalArgumentException("a period has a day at least: " + from + " to " + until);
        }
    }

    public long days() {
        return ChronoUnit.DAYS.between(from, until);
    }

    public LocalDate last() {
        return until.minusDays(1);
    }

    public int hours(ZoneId zone) {
        return (int) ChronoUnit.HOURS.between(from.atStartOfDay(zone), until.atStartOfDay(zone));
    }
}
