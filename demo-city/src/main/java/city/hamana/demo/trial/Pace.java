package city.hamana.demo.trial;

import java.time.Duration;
import java.util.Locale;

/**
 * How much was done in a time, and so how fast.
 *
 * @param bytes of the blocks' envelopes, as they are signed
 */
record Pace(long blocks, long samples, long bytes, Duration time) {
    /** How many a second; 0 where no time has passed. */
    static double perSecond(long number, Duration time) {
        return time.isZero() ? 0 : number * 1e9 / time.toNanos();
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%d blocks, %d samples, %d bytes in %.1f s: %.0f blocks/s, %.0f samples/s, %.0f bytes/s",
                blocks,
                samples,
                bytes,
                time.toNanos() / 1e9,
                perSecond(blocks, time),
                perSecond(samples, time),
                perSecond(bytes, time));
    }
}
