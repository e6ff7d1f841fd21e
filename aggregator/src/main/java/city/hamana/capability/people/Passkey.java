package city.hamana.capability.people;

import java.time.Instant;

/**
 * A passkey as its owner sees it.
 *
 * @param label as its owner calls it
 */
public record Passkey(long id, String label, Instant created, Instant used) {}
