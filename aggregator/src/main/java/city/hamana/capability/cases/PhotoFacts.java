package city.hamana.capability.cases;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What a photo said of itself before that was taken out.
 *
 * @param longitude degrees, WGS 84; both or neither
 * @param taken where the camera's clock had a zone; otherwise read as the city's time
 */
public record PhotoFacts(OptionalDouble longitude, OptionalDouble latitude, Optional<Instant> taken) {
    static final PhotoFacts NONE = new PhotoFacts(OptionalDouble.empty(), OptionalDouble.empty(), Optional.empty());
}
