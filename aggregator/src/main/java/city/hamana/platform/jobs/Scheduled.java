package city.hamana.platform.jobs;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A schedule of the city.
 *
 * @param last when it last ended, by whichever aggregator
 * @param trouble what it last ended with; empty when all was well
 */
public record Scheduled(String name, Duration every, Instant next, Optional<Instant> last, String trouble) {}
