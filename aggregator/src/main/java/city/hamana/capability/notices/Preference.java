package city.hamana.capability.notices;

import java.time.Duration;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.util.List;

/**
 * How somebody wants to be told.
 *
 * @param channels in the order in which they are tried; those left out are not used
 * @param quietFrom start of the quiet hours; the same as their end for none
 */
public record Preference(List<Channel> channels, LocalTime quietFrom, LocalTime quietTo) {
    public Preference {
        channels = List.copyOf(channels);
    }

    /** How long it is quiet from this moment on; nothing outside of the quiet hours. */
    Duration quiet(ZonedDateTime now) {
        LocalTime time = now.toLocalTime();
        boolean overMidnight = quietFrom.isAfter(quietTo);
        boolean quiet = overMidnight
                ? !time.isBefore(quietFrom) || time.isBefore(quietTo)
                : !time.isBefore(quietFrom) && time.isBefore(quietTo);
        if (!quiet) {
            return Duration.ZERO;
        }
        ZonedDateTime end = now.with(quietTo);
        return Duration.between(now, end.isAfter(now) ? end : end.plusDays(1));
    }
}
