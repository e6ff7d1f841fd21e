package city.hamana.capability.payments;

import java.time.Instant;

/**
 * Money that has come.
 *
 * @param charge for which it came
 * @param yen above zero
 * @param at when it was paid
 * @param reference of who brought it, as the provider's number of the payment; may be empty
 * @param once the same twice is taken once; at most 150 characters
 */
public record Money(long charge, Channel channel, long yen, Instant at, String reference, String once) {
    public Money {
        if (yen <= 0 || yen > Charge.MOST_YEN || once.isEmpty() || once.length() > 150 || reference.length() > 100) {
            throw PaymentsException.charge(once, "money of " + yen + " yen");
        }
    }
}
