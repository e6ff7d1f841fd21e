package city.hamana.capability.payments;

import java.util.Optional;

/**
 * How the city takes money; what is absent is off, and the pages say so.
 *
 * @param provider of payments by card and QR
 * @param collector as banks and convenience stores know the city
 */
public record PaymentSettings(Optional<ProviderSettings> provider, Optional<Collector> collector) {
    public static final PaymentSettings NONE = new PaymentSettings(Optional.empty(), Optional.empty());
}
