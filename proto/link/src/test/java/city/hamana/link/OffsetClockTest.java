package city.hamana.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OffsetClockTest {
    @TempDir
    Path folder;

    private int writes;

    private void offset(String millis) throws Exception {
        Path file = Files.writeString(folder.resolve("offset"), millis);
        Files.setLastModifiedTime(file, FileTime.fromMillis(++writes * 1_000L));
    }

    private Clock clock() throws Exception {
        Path file = Files.writeString(folder.resolve("settings"), "clock-offset-file=offset\n");
        return Settings.read(file).clock();
    }

    private static void awaitOffset(Clock clock, Duration offset) {
        long until = System.nanoTime() + 5_000_000_000L;
        while (Duration.between(Instant.now().plus(offset), clock.instant())
                        .abs()
                        .toSeconds()
                > 1) {
            assertTrue(System.nanoTime() < until, clock.instant() + " is not off by " + offset);
            Thread.onSpinWait();
        }
    }

    @Test
    void theClockJumpsWheneverTheFileIsWrittenAndIsRightAgainWithoutIt() throws Exception {
        Clock clock = clock();
        awaitOffset(clock, Duration.ZERO);
        offset("7200000");
        awaitOffset(clock, Duration.ofHours(2));
        offset("-86400000\n");
        awaitOffset(clock, Duration.ofDays(-1));
        Files.delete(folder.resolve("offset"));
        awaitOffset(clock, Duration.ZERO);
    }

    @Test
    void aClockThatStartsWithAnOffsetIsOffFromItsFirstInstantOn() throws Exception {
        offset("-17280000000");
        Duration off = Duration.between(Instant.now(), clock().instant());
        assertEquals(-200, Math.round(off.toMinutes() / 1440.0));
    }

    @Test
    void aFileThatHoldsNoNumberChangesNothing() throws Exception {
        offset("60000");
        Clock clock = clock();
        offset("soon");
        awaitOffset(clock, Duration.ofMinutes(1));
    }
}
