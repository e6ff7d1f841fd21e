package city.hamana.capability.oversight;

import java.time.Instant;
import java.util.Optional;

/**
 * One look over the log.
 *
 * @param broken sequence of the first entry that does not follow; empty when all was well
 */
public record Check(Instant at, long entries, String hash, Optional<Long> broken) {}
