package city.hamana.capability.cases;

import java.time.Instant;

/**
 * A message in a case's thread.
 *
 * @param author actor who wrote it
 */
public record Message(long id, String author, boolean byStaff, Audience audience, String text, Instant said) {}
