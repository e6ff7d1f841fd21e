package city.hamana.capability.payments;

import java.time.Instant;
import java.time.LocalDate;

/**
 * Money that was taken at a counter.
 *
 * @param id of the payment
 * @param day of the books
 * @param reason why its receipt was taken back; empty where it holds
 */
public record CounterLine(
        long id, String counter, LocalDate day, Instant at, long charge, long yen, boolean reversed, String reason) {
    /** Number of its receipt. */
    public String receipt() {
        return ChargeStore.receipt(id);
    }
}
