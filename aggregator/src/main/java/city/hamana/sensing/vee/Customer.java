package city.hamana.sensing.vee;

import java.util.Locale;

/** Who is behind a meter: what is usual differs. */
public enum Customer {
    HOUSEHOLD,
    BUSINESS;

    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Customer ofCode(String code) {
        return code.equals(BUSINESS.code()) ? BUSINESS : HOUSEHOLD;
    }
}
