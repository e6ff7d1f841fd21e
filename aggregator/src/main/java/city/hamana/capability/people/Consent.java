package city.hamana.capability.people;

import java.time.Instant;
import java.util.Optional;

/**
 * One row of the consent ledger.
 *
 * @param purpose code
 * @param until first instant at which it is over
 */
public record Consent(String purpose, Instant given, Instant until, Optional<Instant> withdrawn) {
    public boolean valid(Instant now) {
        return withdrawn.isEmpty() && now.isBefore(until);
    }
}
