package city.hamana.capability.payments;

import java.util.Arrays;
import java.util.Locale;

/** How far a mandate to debit an account has come. */
public enum MandateState {
    /** Entered; the bank has not said yet whether the account and its holder are right. */
    ASKED,
    /** The bank has accepted it: bills are debited. */
    ACTIVE,
    /** The bank has refused it. */
    REFUSED,
    /** Nothing is debited any more. */
    ENDED;

    /** As it stands in tables and words: {@code asked}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    static MandateState ofCode(String code) {
        return Arrays.stream(values())
                .filter(s -> s.code().equals(code))
                .findFirst()
                .orElseThrow(() -> PaymentsException.stored(code));
    }
}
