package city.hamana.sensing.commands;

import city.hamana.messages.v1.SignAspect;
import java.time.Duration;

/**
 * What staff want a sign to show.
 *
 * @param aspect OPEN, CAUTION or CLOSED; UNSPECIFIED has the sign go by the water again
 * @param within how long it holds, a minute to a day
 */
public record Order(String device, SignAspect aspect, boolean silenceSiren, Duration within) {
    private static final Duration LEAST = Duration.ofMinutes(1);
    private static final Duration MOST = Duration.ofDays(1);

    public Order {
        if (within.compareTo(LEAST) < 0 || within.compareTo(MOST) > 0) {
            throw new IllegalArgumentException("a command holds for a minute to a day, not for " + within);
        }
        if (aspect == SignAspect.UNRECOGNIZED) {
            throw new IllegalArgumentException("no aspect of a sign");
        }
    }
}
