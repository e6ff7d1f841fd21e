package city.hamana.capability.cases;

import java.time.Instant;
import java.util.Optional;

/**
 * A step of a case's way, and who finished it.
 *
 * @param by empty while it is still to be done
 */
public record Stage(Step step, Optional<CaseFile.Worker> by, Optional<Instant> at) {}
