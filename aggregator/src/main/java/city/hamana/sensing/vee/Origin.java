package city.hamana.sensing.vee;

import java.util.Locale;

/** Where the use of an hour comes from. */
public enum Origin {
    /** The difference of two registers that the meter told. */
    MEASURED(3, false),
    /** The difference of two registers of which the device itself had estimated one. */
    DEVICE(4, true),
    /** The register's known difference over a gap, spread by how like days went. */
    REGISTER(5, true),
    /** On a straight line between the hours beside a short gap. */
    LINEAR(6, true),
    /** The average of the same hour of like days. */
    LIKE_DAYS(7, true),
    /** How meters like this one went in the same hour. */
    PROFILE(8, true),
    /** Written by a person of the waterworks with a reason, and confirmed by another. */
    EDITED(9, false);

    /** States of an hour of which there is no amount, beside the numbers of origins. */
    static final int NOT_YET = 0;

    static final int MISSING = 1;
    static final int DECREASED = 2;

    private static final Origin[] BY_NUMBER = new Origin[16];

    static {
        for (Origin origin : values()) {
            BY_NUMBER[origin.number] = origin;
        }
    }

    private final int number;
    private final boolean estimated;

    Origin(int number, boolean estimated) {
        this.number = number;
        this.estimated = estimated;
    }

    public boolean estimated() {
        return estimated;
    }

    /** Whether it says how this meter really went, so that other hours may be judged by it. */
    boolean evidence() {
        return this == MEASURED || this == DEVICE || this == EDITED;
    }

    /** As a packed hour keeps it, 3 to 15. */
    int number() {
        return number;
    }

    static Origin ofNumber(int number) {
        Origin origin = BY_NUMBER[number];
        if (origin == null) {
            throw new IllegalArgumentException("no origin has the number " + number);
        }
        return origin;
    }

    /** Small letters and dashes: {@code like-days}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
