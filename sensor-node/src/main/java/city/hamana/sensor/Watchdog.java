package city.hamana.sensor;

import com.sun.jna.Library;
import com.sun.jna.Native;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells systemd that the guard is at work (sd_notify(3)); systemd ends a program that has not said so for the unit's
 * WatchdogSec and starts it anew. Where no systemd waits for it, nothing is told.
 */
final class Watchdog {
    private static final Logger LOG = LoggerFactory.getLogger(Watchdog.class);
    private static final long EVERY_NANOS = 2_000_000_000L;

    /** Of libsystemd. */
    interface Systemd extends Library {
        int sd_notify(int unsetEnvironment, String state);
    }

    private final Optional<Systemd> systemd;
    private long toldNanos = System.nanoTime() - EVERY_NANOS;

    private Watchdog(Optional<Systemd> systemd) {
        this.systemd = systemd;
    }

    /** By the environment that systemd starts a program in. */
    static Watchdog ofEnvironment() {
        return new Watchdog(System.getenv("NOTIFY_SOCKET") == null ? Optional.empty() : load());
    }

    private static Optional<Systemd> load() {
        try {
            return Optional.of(Native.load("libsystemd.so.0", Systemd.class));
        } catch (UnsatisfiedLinkError e) {
            LOG.error("systemd cannot be told that the program is alive: {}", e.getMessage());
            return Optional.empty();
        }
    }

    /** The guard is at work. May be called as often as one likes. */
    void alive() {
        long now = System.nanoTime();
        if (systemd.isPresent() && now - toldNanos >= EVERY_NANOS) {
            toldNanos = now;
            systemd.get().sd_notify(0, "WATCHDOG=1");
        }
    }
}
