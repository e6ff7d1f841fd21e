package city.hamana.link;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import org.slf4j.LoggerFactory;

/**
 * A clock that is set from outside while a program runs: the milliseconds in a file are added to it. For fault runs; a
 * real device's clock is set by the system. The file is read again when its modification time changes, no file is 0, and
 * one that cannot be read changes nothing.
 */
final class OffsetClock extends Clock {
    private static final long LOOK_EVERY_NANOS = 20_000_000;

    /** What was read, and when it was looked at last. */
    private record Seen(FileTime modified, Duration offset, long lookedNanos) {
        private static final FileTime NEVER = FileTime.fromMillis(0);
    }

    private final Clock clock;
    private final Path file;
    private volatile Seen seen;

    OffsetClock(Clock clock, Path file) {
        this.clock = clock;
        this.file = file;
        this.seen = look(new Seen(Seen.NEVER, Duration.ZERO, 0));
    }

    @Override
    public Instant instant() {
        Seen last = seen;
        if (System.nanoTime() - last.lookedNanos() > LOOK_EVERY_NANOS) {
            last = look(last);
            seen = last;
        }
        return clock.instant().plus(last.offset());
    }

    Clock withoutOffset() {
        return clock;
    }

    @Override
    public ZoneId getZone() {
        return clock.getZone();
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return new OffsetClock(clock.withZone(zone), file);
    }

    private Seen look(Seen last) {
        long now = System.nanoTime();
        try {
            FileTime modified = Files.getLastModifiedTime(file);
            boolean same = modified.equals(last.modified());
            return new Seen(modified, same ? last.offset() : read(), now);
        } catch (NoSuchFileException e) {
            return new Seen(Seen.NEVER, Duration.ZERO, now);
        } catch (IOException | NumberFormatException e) {
            LoggerFactory.getLogger(OffsetClock.class).warn("{} cannot be read: {}", file, e.getMessage());
            return new Seen(last.modified(), last.offset(), now);
        }
    }

    private Duration read() throws IOException {
        return Duration.ofMillis(Long.parseLong(Files.readString(file).strip()));
    }
}
