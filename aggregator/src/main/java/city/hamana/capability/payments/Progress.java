package city.hamana.capability.payments;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How far a payment is, as the provider says. */
enum Progress {
    CREATED,
    PENDING,
    SUCCEEDED,
    FAILED,
    CANCELLED;

    static Optional<Progress> ofCode(String code) {
        return Arrays.stream(values())
                .filter(p -> p.name().toLowerCase(Locale.ROOT).equals(code))
                .findFirst();
    }
}
