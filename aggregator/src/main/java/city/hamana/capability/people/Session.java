package city.hamana.capability.people;

import java.time.Instant;

/**
 * A session as its owner sees it.
 *
 * @param device browser and system in words
 * @param current whether it is the one that asks
 */
public record Session(long id, String device, Instant created, Instant used, boolean current) {}
