package city.hamana.capability.payments;

import java.time.Instant;

/**
 * A payment by card or QR that was begun with the provider.
 *
 * @param code our name for it
 * @param providerPayment the provider's name; empty until it has answered
 * @param address where the payer is sent; empty until the provider has answered
 * @param begun real time
 */
public record Attempt(
        String code,
        long charge,
        Channel channel,
        long yen,
        AttemptState state,
        String providerPayment,
        String address,
        String actor,
        Instant begun) {}
