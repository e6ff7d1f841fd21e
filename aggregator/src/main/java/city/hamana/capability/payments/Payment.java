package city.hamana.capability.payments;

import java.time.Instant;

/**
 * Money that came for a charge.
 *
 * @param at when the payer paid (領収日), which may be days before the city heard of it
 * @param yen what of it went to the charge
 * @param receipt number of its receipt
 */
public record Payment(Channel channel, Instant at, long yen, String receipt) {}
