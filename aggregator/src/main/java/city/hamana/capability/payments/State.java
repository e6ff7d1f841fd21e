package city.hamana.capability.payments;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How far a charge has come. */
public enum State {
    /** Nothing was paid yet. */
    OPEN,
    /** A part was paid. */
    PARTLY_PAID,
    /** All was paid. */
    PAID,
    /** It was taken back (更正・取消); what was paid is the payer's credit. */
    REVERSED,
    /** It will not be paid any more (不納欠損). */
    WRITTEN_OFF;

    /** As it stands in tables and words: {@code partly-paid}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Optional<State> ofCode(String code) {
        return Arrays.stream(values()).filter(s -> s.code().equals(code)).findFirst();
    }

    /** Whether something is still to be paid. */
    public boolean owing() {
        return this == OPEN || this == PARTLY_PAID;
    }
}
