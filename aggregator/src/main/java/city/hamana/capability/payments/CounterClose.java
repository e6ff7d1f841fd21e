package city.hamana.capability.payments;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;

/**
 * A counter's day whose cash was counted.
 *
 * @param payments whose receipts hold
 * @param booked what they say, in yen
 * @param counted what was there, in yen
 * @param explanation why that differs; empty where it does not
 * @param banked when it was brought to the bank
 */
public record CounterClose(
        LocalDate day,
        long payments,
        long booked,
        long counted,
        String explanation,
        Instant at,
        Optional<Instant> banked) {
    /** Above zero where more was there than the receipts say. */
    public long difference() {
        return counted - booked;
    }
}
