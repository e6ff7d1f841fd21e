package city.hamana.service.water;

import city.hamana.sensing.household.Finding;
import java.time.Instant;
import java.util.Optional;

/**
 * A leak that is suspected behind a meter.
 *
 * @param told when the home was told; empty where nobody has the meter
 * @param note the crew's
 */
public record Leak(Finding finding, Optional<Instant> told, LeakState state, String note) {}
