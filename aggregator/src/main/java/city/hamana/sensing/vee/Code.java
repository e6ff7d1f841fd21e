package city.hamana.sensing.vee;

import java.util.Locale;
import java.util.Optional;

/** What a rule of validation can find. The number is the bit under which a day keeps it. */
public enum Code {
    /** The device's clock was not set when the reading was taken. */
    CLOCK_UNSYNCHRONISED(0, Weight.INVALID),
    /** The meter's own clock went forward. */
    CLOCK_FORWARD(1, Weight.DOUBT),
    /** The meter's own clock went back. */
    CLOCK_BACK(2, Weight.DOUBT),
    /** The meter itself reported an error that touches the value. */
    METER_ERROR(3, Weight.INVALID),
    /** A register that no meter can show. */
    NEGATIVE(4, Weight.INVALID),
    /** Two values for one instant. */
    CONFLICT(5, Weight.INVALID),
    /** The same reading twice within a minute. */
    DUPLICATE(6, Weight.NOTE),
    /** A register that was rounded on its way, such as {@code 2e+05}. */
    ROUNDED(7, Weight.INVALID),
    /** The register went down. */
    DECREASE(8, Weight.INVALID),
    /** More ran through than a meter of this bore can pass. */
    DEMAND(9, Weight.INVALID),
    /** Readings do not come in the usual step. */
    INTERVAL(10, Weight.NOTE),
    /** Readings do not fall on the full hour. */
    UNALIGNED(11, Weight.NOTE),
    /** Hours without a reading. */
    GAP(12, Weight.INVALID),
    /** A gap that is too long to be filled. */
    GAP_TOO_LONG(13, Weight.INVALID),
    /** The same use, not zero, time after time. */
    FROZEN(14, Weight.DOUBT),
    /** No use for long at a place that uses water. */
    ZERO_LONG(15, Weight.DOUBT),
    /** One hour far above the rest of its day. */
    SPIKE(16, Weight.DOUBT),
    /** One hour far from the hour before. */
    TOLERANCE(17, Weight.DOUBT),
    /** Many hours one after another near the meter's limit. */
    CONSECUTIVE(18, Weight.DOUBT),
    /** Far more in a day than usual. */
    HIGH(19, Weight.DOUBT),
    /** Far less in a day than usual. */
    LOW(20, Weight.DOUBT),
    /** More in an hour than ever before. */
    HISTORY_MAXIMUM(21, Weight.DOUBT),
    /** The day's figures differ from those of the days before in many ways at once. */
    PATTERN(22, Weight.DOUBT),
    /** The hours do not add up to what the register says. */
    SUM(23, Weight.DOUBT),
    /** Use of a tenth or of ten times the usual, as after a wrong unit or factor. */
    MULTIPLIER(24, Weight.DOUBT),
    /** Water ran backwards. */
    REVERSE(25, Weight.DOUBT),
    /** A second register that used to come has not come. */
    SIBLING(26, Weight.DOUBT),
    /** Use at a meter that is closed. */
    INACTIVE(27, Weight.DOUBT),
    /** A measured value has taken the place of an estimate. */
    REPLACED(28, Weight.NOTE);

    /** What follows. */
    public enum Weight {
        /** It is written down and nothing is to be done. */
        NOTE,
        /** Somebody should look; the value counts. */
        DOUBT,
        /** The value does not count and an estimate takes its place. */
        INVALID
    }

    /** Bit of a day that has been validated. */
    static final int VALIDATED = 1 << 31;

    private final int bit;
    private final Weight weight;

    Code(int bit, Weight weight) {
        this.bit = bit;
        this.weight = weight;
    }

    public Weight weight() {
        return weight;
    }

    int mask() {
        return 1 << bit;
    }

    /** Small letters and dashes: {@code gap-too-long}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static Optional<Code> ofCode(String code) {
        for (Code one : values()) {
            if (one.code().equals(code)) {
                return Optional.of(one);
            }
        }
        return Optional.empty();
    }
}
