package city.hamana.sensing.vee;

import java.util.Locale;

/** Where the use of an hour comes from. */
public enum Origin {
    /** The difference of two registers that the meter told. */
    MEASURED(false),
    /** The difference of two registers of which the device itself had estimated one. */
    DEVICE(true),
    /** The register's known difference over a gap, spread by how like days went. */
    REGISTER(true),
    /** On a straight line between the hours beside a short gap. */
    LINEAR(true),
    /** The average of the same hour of like days. */
    LIKE_DAYS(true),
    /** How meters like this one went in the same hour. */
    PROFILE(true),
    /** Written by a person of the waterworks with a reason, and confirmed by another. */
    EDITED(false);

    private final boolean estimated;

    Origin(boolean estimated) {
        this.estimated = estimated;
    }

    public boolean estimated() {
        return estimated;
    }

    /** Small letters and dashes: {@code like-days}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
