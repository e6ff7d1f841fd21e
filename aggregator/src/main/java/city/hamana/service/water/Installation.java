package city.hamana.service.water;

import java.time.Instant;
import java.util.Optional;

/**
 * A meter and from when to when it was in.
 *
 * @param from by the city's clock; the epoch for an account's first meter
 * @param fromMillilitres its register then
 * @param to empty while it is in
 * @param toMillilitres its register then; 0 while it is in
 * @param reason why the one before was taken out: {@code expired}, {@code fault}, {@code other}; empty for the first
 * @param enteredBy who entered it; empty for the first
 */
public record Installation(
        String meter,
        Instant from,
        long fromMillilitres,
        Optional<Instant> to,
        long toMillilitres,
        String reason,
        String enteredBy) {
    static Installation first(String meter) {
        return new Installation(meter, Instant.EPOCH, 0, Optional.empty(), 0, "", "");
    }

    Installation ended(Instant at, long millilitres) {
        return new Installation(meter, from, fromMillilitres, Optional.of(at), millilitres, reason, enteredBy);
    }
}
