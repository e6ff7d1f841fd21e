package city.hamana.link;

import com.sun.jna.Library;
import com.sun.jna.Native;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells systemd that the program is alive (sd_notify(3)); systemd ends one that has not said so for its unit's WatchdogSec
 * and starts it anew. Where no systemd waits for it, nothing is told.
 */
public final class Watchdog {
    private static final Logger LOG = LoggerFactory.getLogger(Watchdog.class);
    private static final Duration MOST_OFTEN = Duration.ofSeconds(2);
    /** Told so many times within WatchdogSec, so that one that is late does not matter. */
    private static final int TIMES = 4;

    /** Of libsystemd. */
    interface Systemd extends Library {
        int sd_notify(int unsetEnvironment, String state);
    }

    private final Consumer<String> systemd;
    private long toldNanos = System.nanoTime() - MOST_OFTEN.toNanos();

    Watchdog(Consumer<String> systemd) {
        this.systemd = systemd;
    }

    /** By the environment that systemd starts a program in; empty where it waits for nothing. */
    public static Optional<Watchdog> ofEnvironment() {
        return System.getenv("NOTIFY_SOCKET") == null ? Optional.empty() : load();
    }

    private static Optional<Watchdog> load() {
        try {
            Systemd systemd = Native.load("libsystemd.so.0", Systemd.class);
            return Optional.of(new Watchdog(state -> systemd.sd_notify(0, state)));
        } catch (UnsatisfiedLinkError e) {
            LOG.error("systemd cannot be told that the program is alive: {}", e.getMessage());
            return Optional.empty();
        }
    }

    /**
     * Looks at the program several times within the unit's WatchdogSec, on a thread of its own, and tells systemd after
     * each look that came to its end: a look that hangs or throws is told by silence.
     *
     * @param look goes through the parts of the program that must not hang
     */
    public static void start(Supplier<?> look) {
        Duration limit = Duration.of(limitMicros(), ChronoUnit.MICROS);
        if (!limit.isZero()) {
            ofEnvironment().ifPresent(watchdog -> watchdog.start(look, limit.dividedBy(TIMES)));
        }
    }

    /** The unit's WatchdogSec; 0 where it has none. */
    private static long limitMicros() {
        String micros = Optional.ofNullable(System.getenv("WATCHDOG_USEC")).orElse("");
        return micros.matches("[0-9]{1,15}") ? Long.parseLong(micros) : 0;
    }

    Thread start(Supplier<?> look, Duration every) {
        return Thread.ofPlatform().name("watchdog").daemon().start(() -> {
            try {
                while (true) {
                    lookAndTell(look);
                    TimeUnit.MILLISECONDS.sleep(every.toMillis());
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private void lookAndTell(Supplier<?> look) {
        try {
            var unused = look.get();
            systemd.accept("WATCHDOG=1");
        } catch (JournalException e) {
            // The journal says what is wrong with its disk, and a new start would not mend it.
            LOG.debug("{}", e.getMessage());
            systemd.accept("WATCHDOG=1");
        } catch (RuntimeException e) {
            LOG.error("the program does not find itself in order; systemd is not told that it is alive", e);
        }
    }

    /** The caller is at work. May be called as often as one likes. */
    public void alive() {
        long now = System.nanoTime();
        if (now - toldNanos >= MOST_OFTEN.toNanos()) {
            toldNanos = now;
            systemd.accept("WATCHDOG=1");
        }
    }
}
