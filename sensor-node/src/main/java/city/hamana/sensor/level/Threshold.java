package city.hamana.sensor.level;

import java.time.Duration;

/** A depth that is reached at once, and passed downwards only by so much and for so long. */
final class Threshold {
    private final int atMm;
    private final int clearMm;
    private final long clearAfterMs;
    private boolean reached;
    private boolean below;
    private long belowSinceMs;

    Threshold(int atMm, int clearMm, Duration clearAfter) {
        this.atMm = atMm;
        this.clearMm = clearMm;
        this.clearAfterMs = clearAfter.toMillis();
    }

    void look(int mm, long nowMs) {
        if (mm >= atMm) {
            reached = true;
        }
        if (mm > clearMm) {
            below = false;
        } else if (!below) {
            below = true;
            belowSinceMs = nowMs;
        }
        if (below && nowMs - belowSinceMs >= clearAfterMs) {
            reached = false;
        }
    }

    /** Nobody knows the depth: what was reached stays so. */
    void unknown() {
        below = false;
    }

    boolean reached() {
        return reached;
    }
}
