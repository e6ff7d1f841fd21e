package city.hamana.capability.payments;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How far an attempt to pay by card or QR has come. */
public enum AttemptState {
    /** Written down; the provider has not answered yet. */
    STARTING,
    /** The payer is sent to the provider. */
    WAITING,
    /** The payer has typed a card, and the issuer asks who it is. */
    PENDING,
    /** Paid. */
    SUCCEEDED,
    /** Declined by the issuer or the payer. */
    FAILED,
    /** The payer wished to stop. */
    CANCELLED,
    /** Nobody came back, and the provider does not say anything else. */
    EXPIRED;

    /** As it stands in tables and words: {@code waiting}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether it may still be paid by it. */
    public boolean underWay() {
        return this == STARTING || this == WAITING || this == PENDING;
    }

    static AttemptState ofCode(String code) {
        return Arrays.stream(values())
                .filter(s -> s.code().equals(code))
                .findFirst()
                .orElseThrow(() -> PaymentsException.stored(code));
    }

    static Optional<AttemptState> of(Progress progress) {
        return switch (progress) {
            case CREATED -> Optional.empty();
            case PENDING -> Optional.of(PENDING);
            case SUCCEEDED -> Optional.of(SUCCEEDED);
            case FAILED -> Optional.of(FAILED);
            case CANCELLED -> Optional.of(CANCELLED);
        };
    }
}
