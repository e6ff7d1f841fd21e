package city.hamana.capability.payments;

import java.util.Arrays;
import java.util.Locale;

/** How far a write-off has come. */
public enum WriteOffState {
    /** One person has asked for it. */
    ASKED,
    /** Another has agreed: it stands in the books. */
    DONE,
    /** Another has not agreed. */
    RETURNED,
    /** It was taken back: the claim is there again. */
    UNDONE;

    /** As it stands in tables and words: {@code asked}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    static WriteOffState ofCode(String code) {
        return Arrays.stream(values())
                .filter(s -> s.code().equals(code))
                .findFirst()
                .orElseThrow(() -> PaymentsException.stored(code));
    }
}
