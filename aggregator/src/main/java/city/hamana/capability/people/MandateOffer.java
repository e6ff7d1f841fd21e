package city.hamana.capability.people;

import java.time.Instant;

/**
 * An invitation to act for somebody, before it is accepted.
 *
 * @param name of the party that is to be acted for
 */
public record MandateOffer(String code, String name, Instant until) {}
