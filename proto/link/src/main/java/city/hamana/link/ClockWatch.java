package city.hamana.link;

import city.hamana.messages.v1.ClockCorrection;
import city.hamana.messages.v1.ClockState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.function.LongSupplier;

/**
 * The device's clock and whether it can be believed. A Raspberry Pi has no battery clock: until a time service has set
 * it, it shows the past.
 *
 * <p>Until then instants lie on one line: the wall clock as it was at the start, plus the monotonic clock. When the wall
 * clock is set, one number puts all of them right, the {@link ClockCorrection} of the next block. From then on the wall
 * clock is followed, but not where it jumps without the time service having touched its file: then the line goes on from
 * where it was, so that nobody's hand makes an hour twice. A clock that is trusted by setting is followed wherever it goes.
 */
public final class ClockWatch {
    /** systemd-timesyncd touches this file whenever it has synchronised the clock. */
    public static final String TIMESYNC_FILE = "/run/systemd/timesync/synchronized";

    private static final long JUMP_MS = 2_000;
    private static final long NEVER = 0;

    private final Clock wall;
    private final boolean trusted;
    private final Path synchronisedFile;
    private final LongSupplier uptimeMs;
    private final int speed;
    private final Clock steady = new Steady();
    private long lineMs;
    private boolean onLine;
    private boolean synchronised;
    private long syncedAtMs;
    private ClockCorrection correction = ClockCorrection.getDefaultInstance();

    /**
     * @param trusted the clock is right by itself (a battery clock, the demonstration city)
     * @param synchronisedFile exists once the clock has been set, and is touched each time it is
     */
    public ClockWatch(Clock clock, boolean trusted, Path synchronisedFile) {
        this(clock, trusted, synchronisedFile, sinceNow(ScaledClock.speedOf(clock)));
    }

    /** {@code uptimeMs}: milliseconds since the start on a clock that is never set, as fast as {@code wall}. */
    ClockWatch(Clock wall, boolean trusted, Path synchronisedFile, LongSupplier uptimeMs) {
        this.wall = wall;
        this.trusted = trusted;
        this.synchronisedFile = synchronisedFile;
        this.uptimeMs = uptimeMs;
        this.speed = ScaledClock.speedOf(wall);
        this.syncedAtMs = touched();
        this.synchronised = trusted || syncedAtMs != NEVER;
        this.onLine = !synchronised;
        this.lineMs = wall.millis() - uptimeMs.getAsLong();
    }

    /** Reads {@code clock-trusted} (false), {@code clock-synchronised-file} and the keys of the city's clock. */
    public static ClockWatch of(Settings settings) {
        return new ClockWatch(
                settings.clock(),
                settings.yes("clock-trusted", false),
                settings.path("clock-synchronised-file", TIMESYNC_FILE));
    }

    private static LongSupplier sinceNow(int speed) {
        long start = System.nanoTime();
        return () -> (System.nanoTime() - start) / 1_000 * speed / 1_000;
    }

    /** The clock to take instants from; it does not jump between two calls of {@link #look}. */
    public Clock clock() {
        return steady;
    }

    public Instant now() {
        return steady.instant();
    }

    /** As of the last {@link #look}. */
    public synchronized boolean synchronised() {
        return synchronised;
    }

    /** How many times as fast as real time both clocks run; 1 but in the demonstration city. */
    public int speed() {
        return speed;
    }

    /** Milliseconds since the start on a clock that is never set. */
    public long uptimeMs() {
        return uptimeMs.getAsLong();
    }

    /**
     * Looks whether the clock was set meanwhile. To be called between rounds, never amid one, so that what a round has
     * measured is all of before or all of after.
     *
     * @return what the next block is to say of it, until {@link #said}; the default instance where there is nothing
     */
    public synchronized ClockCorrection look() {
        long touched = touched();
        boolean newSync = touched != NEVER && touched != syncedAtMs;
        if (!synchronised && newSync) {
            correction = ClockCorrection.newBuilder()
                    .setOffsetMs(wall.millis() - line())
                    .build();
            synchronised = true;
            onLine = false;
        } else if (synchronised) {
            lookForJump(newSync);
        }
        syncedAtMs = touched == NEVER ? syncedAtMs : touched;
        lineMs = onLine ? lineMs : wall.millis() - uptimeMs.getAsLong();
        return correction;
    }

    /** The correction stands in a block that is kept. */
    public synchronized void said() {
        correction = ClockCorrection.getDefaultInstance();
    }

    public synchronized ClockState state() {
        return ClockState.newBuilder()
                .setUnixMs(now().toEpochMilli())
                .setMonotonicMs(uptimeMs.getAsLong())
                .setSynchronised(synchronised)
                .build();
    }

    private void lookForJump(boolean newSync) {
        long jump = wall.millis() - line();
        if (Math.abs(jump) <= JUMP_MS * speed) {
            onLine = false;
        } else if (trusted || newSync) {
            correction = correction.toBuilder().setStepMs(jump).build();
            onLine = false;
        } else {
            onLine = true;
        }
    }

    private long line() {
        return lineMs + uptimeMs.getAsLong();
    }

    private synchronized long millis() {
        long shown = wall.millis();
        return onLine || Math.abs(shown - line()) > JUMP_MS * speed ? line() : shown;
    }

    private long touched() {
        try {
            return Files.getLastModifiedTime(synchronisedFile).toMillis();
        } catch (IOException e) {
            return NEVER;
        }
    }

    private final class Steady extends Clock {
        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return wall.withZone(zone);
        }

        @Override
        public Instant instant() {
            return Instant.ofEpochMilli(ClockWatch.this.millis());
        }

        @Override
        public long millis() {
            return ClockWatch.this.millis();
        }
    }
}
