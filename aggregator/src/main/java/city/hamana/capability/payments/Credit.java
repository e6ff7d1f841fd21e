package city.hamana.capability.payments;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What a customer has paid for bills that were taken back since (過誤納金).
 *
 * @param account the customer's number with the service
 * @param yen above zero
 * @param since when it came to be; empty where the city did not keep the day
 */
public record Credit(String service, String account, long yen, Optional<Instant> since) {
    /** Whole days it has waited; 0 where nobody knows. */
    public long days(Instant now) {
        return since.map(at -> Duration.between(at, now).toDays()).orElse(0L);
    }
}
