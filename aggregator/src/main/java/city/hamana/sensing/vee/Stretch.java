package city.hamana.sensing.vee;

import java.time.Instant;
import java.util.Optional;

/**
 * A meter, and from when to when it counted in one place.
 *
 * @param fromMillilitres its register at {@code from}
 * @param to empty while it is in
 * @param toMillilitres its register at {@code to}; 0 while it is in
 */
public record Stretch(String meter, Instant from, long fromMillilitres, Optional<Instant> to, long toMillilitres) {
    /** A meter that has been in since ever. */
    public static Stretch whole(String meter) {
        return new Stretch(meter, Instant.EPOCH, 0, Optional.empty(), 0);
    }
}
