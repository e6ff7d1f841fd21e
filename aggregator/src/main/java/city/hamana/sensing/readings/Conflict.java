package city.hamana.sensing.readings;

import city.hamana.messages.Sample;
import java.time.Instant;

/**
 * Two values for one instant of one series.
 *
 * @param kept the one that came first, and counts
 * @param other the one that was refused
 * @param source who sent the other one
 * @param seen when it came
 */
public record Conflict(Sample kept, Sample other, String source, Instant seen) {}
