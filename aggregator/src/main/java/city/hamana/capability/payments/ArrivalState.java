package city.hamana.capability.payments;

import java.util.Arrays;
import java.util.Locale;

/** How far a line of a statement has come. */
public enum ArrivalState {
    /** The city knows what it was for. */
    MATCHED,
    /** Nobody knows yet. */
    OPEN,
    /** Somebody thinks to know; another person has to agree. */
    PROPOSED,
    /** Two persons have said what it was for. */
    ASSIGNED;

    /** As it stands in tables and words: {@code open}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    static ArrivalState ofCode(String code) {
        return Arrays.stream(values())
                .filter(s -> s.code().equals(code))
                .findFirst()
                .orElseThrow(() -> PaymentsException.stored(code));
    }
}
