package city.hamana.sensing.readings;

import java.math.BigDecimal;

/**
 * A sample without its series.
 *
 * @param at unix milliseconds
 */
record Point(long at, long value, int exponent, int flags) {
    boolean sameValue(Point other) {
        return (exponent == other.exponent && value == other.value) || decimal().compareTo(other.decimal()) == 0;
    }

    /**
     * One point for two that agree: the finer scale, the doubts of both. It does not matter which came first, so that
     * any order of arrival ends in the same bytes.
     */
    Point joined(Point other) {
        Point finer = exponent <= other.exponent ? this : other;
        return new Point(at, finer.value, finer.exponent, flags | other.flags);
    }

    private BigDecimal decimal() {
        return BigDecimal.valueOf(value).scaleByPowerOfTen(exponent);
    }
}
