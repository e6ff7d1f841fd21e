package city.hamana.meter.pulse;

import java.time.Duration;

/**
 * A contact that shuts or opens bounces for some milliseconds. A state counts once it has lasted; one pulse is one
 * lasting shut state after a lasting open one.
 */
final class Debounce {
    private final long lastsNanos;
    private boolean lastedShut;
    private boolean shut;
    private long sinceNanos;
    private long pulses;

    Debounce(Duration lasts) {
        this.lastsNanos = lasts.toNanos();
    }

    /** As the contact is at the start; a contact that is shut then is no pulse. */
    void begin(boolean nowShut, long nanos) {
        shut = nowShut;
        lastedShut = nowShut;
        sinceNanos = nanos;
    }

    /** The contact has changed. */
    void changed(boolean nowShut, long nanos) {
        if (nowShut != shut) {
            settle(nanos);
            shut = nowShut;
            sinceNanos = nanos;
        }
    }

    /** Time has passed. */
    void settle(long nanos) {
        if (nanos - sinceNanos < lastsNanos) {
            return;
        }
        if (shut && !lastedShut) {
            pulses++;
        }
        lastedShut = shut;
    }

    /** Pulses since this was last asked. */
    long take() {
        long taken = pulses;
        pulses = 0;
        return taken;
    }
}
