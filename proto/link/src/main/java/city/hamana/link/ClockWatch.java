package city.hamana.link;

import city.hamana.messages.v1.ClockState;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;

/**
 * The device's clock and whether it can be believed. A Raspberry Pi has no battery clock: until a time service has set
 * it, the clock shows the past, and every block says so.
 */
public final class ClockWatch {
    /** systemd-timesyncd touches this file when it has synchronised the clock. */
    public static final String TIMESYNC_FILE = "/run/systemd/timesync/synchronized";

    private final Clock clock;
    private final boolean trusted;
    private final Path synchronisedFile;
    private final long startNanos = System.nanoTime();

    /**
     * @param trusted the clock is right by itself (a battery clock, the demonstration city)
     * @param synchronisedFile exists once the clock has been set
     */
    public ClockWatch(Clock clock, boolean trusted, Path synchronisedFile) {
        this.clock = clock;
        this.trusted = trusted;
        this.synchronisedFile = synchronisedFile;
    }

    /** Reads {@code clock-trusted} (false), {@code clock-synchronised-file} and the keys of the city's clock. */
    public static ClockWatch of(Settings settings) {
        return new ClockWatch(
                settings.clock(),
                settings.yes("clock-trusted", false),
                settings.path("clock-synchronised-file", TIMESYNC_FILE));
    }

    public Clock clock() {
        return clock;
    }

    public Instant now() {
        return clock.instant();
    }

    public boolean synchronised() {
        return trusted || Files.exists(synchronisedFile);
    }

    public ClockState state() {
        return ClockState.newBuilder()
                .setUnixMs(now().toEpochMilli())
                .setMonotonicMs((System.nanoTime() - startNanos) / 1_000_000)
                .setSynchronised(synchronised())
                .build();
    }
}
