package city.hamana.sensor.device;

import city.hamana.sensor.level.Reading;

/**
 * What depths a gauge can tell; what is outside is the gauge's fault.
 *
 * @param highestMm over the lowest point of the road
 */
public record Span(int highestMm) {
    /** A dry gauge may tell a little less than nothing. */
    private static final int LOWEST_MM = -50;

    Reading reading(double mm) {
        return mm < LOWEST_MM || mm > highestMm
                ? new Reading.Fault("signal.out-of-range", true)
                : new Reading.Depth((int) Math.round(mm));
    }
}
