package city.hamana.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.hamana.messages.v1.ClockCorrection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClockWatchTest {
    private static final Instant TRUTH = Instant.parse("2026-11-22T00:00:00Z");
    private static final Duration BEHIND = Duration.ofDays(200);

    @TempDir
    Path dir;

    private final WallClock wall = new WallClock();
    private long uptimeMs;

    @Test
    void untilTheClockIsSetInstantsLieOnOneLineHoweverTheWallClockJumps() throws IOException {
        wall.shown = TRUTH.minus(BEHIND);
        ClockWatch watch = watch(false);
        Instant first = watch.now();
        pass(Duration.ofMinutes(10));
        wall.shown = wall.shown.plus(Duration.ofDays(3));
        watch.look();

        assertEquals(first.plus(Duration.ofMinutes(10)), watch.now());
        assertFalse(watch.synchronised());
    }

    @Test
    void oneNumberPutsEverythingBeforeTheFirstSynchronisationRight() throws IOException {
        wall.shown = TRUTH.minus(BEHIND);
        ClockWatch watch = watch(false);
        Instant early = watch.now();
        pass(Duration.ofHours(2));
        wall.shown = TRUTH.plus(Duration.ofHours(2));
        touch();
        long offset = watch.look().getOffsetMs();

        assertEquals(TRUTH, early.plusMillis(offset));
        assertTrue(watch.synchronised());
        assertEquals(TRUTH.plus(Duration.ofHours(2)), watch.now());
    }

    @Test
    void aCorrectionIsToldUntilItStandsInABlock() throws IOException {
        wall.shown = TRUTH.minus(BEHIND);
        ClockWatch watch = watch(false);
        wall.shown = TRUTH;
        touch();
        ClockCorrection told = watch.look();

        assertEquals(told, watch.look());
        watch.said();
        assertEquals(ClockCorrection.getDefaultInstance(), watch.look());
    }

    @Test
    void aJumpThatNoTimeServiceMadeIsNotFollowed() throws IOException {
        touch();
        ClockWatch watch = watch(false);
        wall.shown = TRUTH.minus(Duration.ofHours(1));
        assertEquals(TRUTH, watch.now());
        watch.look();
        pass(Duration.ofMinutes(5));

        assertEquals(ClockCorrection.getDefaultInstance(), watch.look());
        assertEquals(TRUTH.plus(Duration.ofMinutes(5)), watch.now());
    }

    @Test
    void aStepOfTheTimeServiceIsFollowedAndTold() throws IOException {
        touch();
        ClockWatch watch = watch(false);
        wall.shown = TRUTH.plusSeconds(30);
        touch();

        assertEquals(30_000, watch.look().getStepMs());
        assertEquals(TRUTH.plusSeconds(30), watch.now());
    }

    @Test
    void aTrustedClockIsFollowedAndItsStepsAreTold() {
        ClockWatch watch = watch(true);
        wall.shown = TRUTH.plus(Duration.ofHours(8));

        assertEquals(Duration.ofHours(8).toMillis(), watch.look().getStepMs());
        assertEquals(TRUTH.plus(Duration.ofHours(8)), watch.now());
    }

    @Test
    void aClockThatIsSlewedIsFollowedWithoutAWord() throws IOException {
        touch();
        ClockWatch watch = watch(false);
        for (int minute = 0; minute < 100; minute++) {
            pass(Duration.ofMinutes(1));
            wall.shown = wall.shown.plusMillis(30);
            assertEquals(ClockCorrection.getDefaultInstance(), watch.look());
        }

        assertEquals(wall.shown, watch.now());
    }

    private ClockWatch watch(boolean trusted) {
        return new ClockWatch(wall, trusted, dir.resolve("synchronized"), () -> uptimeMs);
    }

    private void pass(Duration time) {
        wall.shown = wall.shown.plus(time);
        uptimeMs += time.toMillis();
    }

    private int touches;

    private void touch() throws IOException {
        Path file = dir.resolve("synchronized");
        if (!Files.exists(file)) {
            Files.createFile(file);
        }
        touches++;
        Files.setLastModifiedTime(file, FileTime.from(TRUTH.plusSeconds(touches)));
    }

    private static final class WallClock extends Clock {
        private Instant shown = TRUTH;

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return shown;
        }
    }
}
