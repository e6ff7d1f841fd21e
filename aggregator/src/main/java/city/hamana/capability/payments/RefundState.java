package city.hamana.capability.payments;

import java.util.Arrays;
import java.util.Locale;

/** How far a refund has come. */
public enum RefundState {
    /** The city holds what is not its own; nobody has done anything about it. */
    OPEN,
    /** Somebody has said how it goes back; another person has to approve. */
    ASKED,
    /** Approved; it is on its way. */
    APPROVED,
    /** Given back. */
    PAID;

    /** As it stands in tables and words: {@code open}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    static RefundState ofCode(String code) {
        return Arrays.stream(values())
                .filter(s -> s.code().equals(code))
                .findFirst()
                .orElseThrow(() -> PaymentsException.stored(code));
    }
}
