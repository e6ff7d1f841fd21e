package city.hamana.capability.people;

import java.time.Instant;

/**
 * Somebody looked at somebody's data.
 *
 * @param kind of the event
 * @param department whose staff it was; empty for who is not of the staff
 * @param purpose code
 * @param reference what it was about, or empty
 */
public record Reading(Instant at, String kind, String department, String purpose, String reference) {}
