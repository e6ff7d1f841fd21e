package city.hamana.messages;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * One measured value of one meter at one instant.
 *
 * @param meter the meter's id, 1 to 64 characters of {@link DeviceId}'s alphabet: {@code els-12345678}
 * @param at of the years 1 to 9999; what is finer than a millisecond is cut
 * @param value scaled integer: the measured value is {@code value × 10^exponent} in the quantity's unit
 * @param exponent -12 to 12
 * @param flags quality, bits of {@link Quality}; 0 is a plain good value
 */
public record Sample(String meter, Quantity quantity, Instant at, long value, int exponent, int flags) {
    private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999Z");

    public Sample {
        DeviceId.check(meter);
        if (at.isBefore(FIRST) || at.isAfter(LAST)) {
            throw new IllegalArgumentException("an instant outside the years 1 to 9999");
        }
        at = at.truncatedTo(ChronoUnit.MILLIS);
        if (exponent < -12 || exponent > 12) {
            throw new IllegalArgumentException("exponent " + exponent + " is outside -12 to 12");
        }
        if (flags < 0) {
            throw new IllegalArgumentException("flags " + flags + " are negative");
        }
    }

    /** The value in the quantity's unit. */
    public BigDecimal decimal() {
        return BigDecimal.valueOf(value).scaleByPowerOfTen(exponent);
    }
}
