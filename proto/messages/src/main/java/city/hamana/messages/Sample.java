package city.hamana.messages;

import java.math.BigDecimal;
import java.time.Instant;

/**
 * One measured value of one meter at one instant.
 *
 * @param meter the meter's id, 1 to 64 characters of {@link DeviceId}'s alphabet: {@code els-12345678}
 * @param at millisecond precision; what is finer is cut by {@link SampleBlock#pack}
 * @param value scaled integer: the measured value is {@code value × 10^exponent} in the quantity's unit
 * @param exponent -12 to 12
 * @param flags quality, bits of {@link Quality}; 0 is a plain good value
 */
public record Sample(String meter, Quantity quantity, Instant at, long value, int exponent, int flags) {
    public Sample {
        DeviceId.check(meter);
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
