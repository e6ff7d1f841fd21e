package city.hamana.sensor.sign;

/**
 * A moment by both of a device's clocks.
 *
 * @param unixMs as the device believes it to be
 * @param clockSet whether that can be believed
 * @param uptimeMs since the program's start, on a clock that is never set
 */
public record Moment(long unixMs, boolean clockSet, long uptimeMs) {}
