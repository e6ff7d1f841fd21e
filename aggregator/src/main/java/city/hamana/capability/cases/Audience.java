package city.hamana.capability.cases;

import java.util.Locale;

/** Who reads a message. */
public enum Audience {
    /** The applicant and staff. */
    APPLICANT,
    STAFF;

    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
