package city.hamana.sensing.vee;

import city.hamana.messages.Quality;
import city.hamana.messages.Sample;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.OptionalLong;

/**
 * A register that counts.
 *
 * @param at unix milliseconds
 * @param estimated whether the device estimated it
 * @param segment number that changes where the register jumped: across segments there is no difference to be taken
 */
record Register(long at, long millilitres, boolean estimated, int segment) {
    private static final int MILLILITRES_PER_M3 = 6;
    private static final int WIDEST_SHIFT = 12;
    private static final long[] TENS = tens();

    static Register of(Sample sample, long millilitres, int segment) {
        return new Register(
                sample.at().toEpochMilli(), millilitres, (sample.flags() & Quality.ESTIMATED) != 0, segment);
    }

    Register held(long value) {
        return new Register(at, value, estimated, segment);
    }

    /** Empty where no meter can have counted that much. */
    static OptionalLong millilitres(Sample sample) {
        int shift = sample.exponent() + MILLILITRES_PER_M3;
        if (shift >= 0 && shift < WIDEST_SHIFT && sample.value() >= 0 && sample.value() < TENS[17 - shift]) {
            return OptionalLong.of(sample.value() * TENS[shift]);
        }
        BigDecimal value =
                sample.decimal().scaleByPowerOfTen(MILLILITRES_PER_M3).setScale(0, RoundingMode.HALF_EVEN);
        boolean possible = value.signum() >= 0 && value.precision() <= 18;
        return possible ? OptionalLong.of(value.longValueExact()) : OptionalLong.empty();
    }

    private static long[] tens() {
        long[] tens = new long[19];
        tens[0] = 1;
        for (int i = 1; i < tens.length; i++) {
            tens[i] = tens[i - 1] * 10;
        }
        return tens;
    }
}
