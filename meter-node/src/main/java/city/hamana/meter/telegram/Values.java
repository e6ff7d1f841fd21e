package city.hamana.meter.telegram;

import city.hamana.meter.telegram.DataRecord.Value;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** The codings of numbers and texts (EN 13757-3, annex A). Bytes come with the lowest first. */
final class Values {
    private Values() {}

    /** Type A: decimal digits, F in front is a minus; any other letter among the digits marks an invalid value. */
    static Value digits(byte[] sent, BigDecimal factor) {
        String digits = hex(reversed(sent));
        boolean negative = digits.startsWith("F");
        String number = negative ? digits.substring(1) : digits;
        if (number.isEmpty() || !number.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return new Value.Absent(digits);
        }
        BigDecimal value = new BigDecimal(number);
        return measured(negative ? value.negate() : value, factor);
    }

    /** Type B: two's complement; the lowest number of the width marks an invalid value. */
    static Value signed(byte[] sent, BigDecimal factor) {
        BigInteger number = new BigInteger(reversed(sent));
        boolean lowest =
                number.equals(BigInteger.ONE.shiftLeft(sent.length * 8 - 1).negate());
        return lowest ? new Value.Absent(hex(reversed(sent))) : measured(new BigDecimal(number), factor);
    }

    /** Type C: no sign. */
    static Value unsigned(byte[] sent, BigDecimal factor) {
        return measured(new BigDecimal(new BigInteger(1, reversed(sent))), factor);
    }

    /** Type H: IEEE 754, 32 bits; written with the fewest digits that tell it from its neighbours. */
    static Value real(byte[] sent, BigDecimal factor) {
        float number = Float.intBitsToFloat(new BigInteger(reversed(sent)).intValue());
        return Float.isFinite(number)
                ? measured(new BigDecimal(Float.toString(number)), factor)
                : new Value.Absent(hex(reversed(sent)));
    }

    /** Text is sent with its last letter first. */
    static Value text(byte[] sent) {
        return new Value.Text(letters(sent));
    }

    static String letters(byte[] sent) {
        return new String(reversed(sent), StandardCharsets.ISO_8859_1);
    }

    static String hex(byte[] bytes) {
        return HexFormat.of().withUpperCase().formatHex(bytes);
    }

    static byte[] reversed(byte[] sent) {
        byte[] reversed = new byte[sent.length];
        for (int i = 0; i < sent.length; i++) {
            reversed[i] = sent[sent.length - 1 - i];
        }
        return reversed;
    }

    private static Value measured(BigDecimal number, BigDecimal factor) {
        return new Value.Measured(plain(number.multiply(factor)));
    }

    /** Without trailing zeros behind the point, and without an exponent. */
    static BigDecimal plain(BigDecimal number) {
        BigDecimal stripped = number.stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }
}
