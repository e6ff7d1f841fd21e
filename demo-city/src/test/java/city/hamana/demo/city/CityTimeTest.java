package city.hamana.demo.city;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CityTimeTest {
    private static final Instant NOW = Instant.parse("2026-11-22T03:00:00Z");

    @TempDir
    Path folder;

    private CityTime resume(Optional<Integer> speed, Instant now) {
        return CityTime.resume(folder.resolve("city.properties"), speed, now);
    }

    @Test
    void aNewCityBeginsNowAtTheSpeedOfRealTime() {
        assertEquals(new CityTime(NOW, NOW, 1), resume(Optional.empty(), NOW));
    }

    @Test
    void aCityThatRanAheadGoesOnWhereItStoppedAtItsOldSpeed() {
        CityTime first = new CityTime(Instant.now().minus(Duration.ofMinutes(1)), NOW, 3_600);
        first.save(folder.resolve("city.properties"), Duration.ZERO);
        CityTime second = resume(Optional.empty(), NOW);
        assertEquals(3_600, second.speed());
        assertEquals(NOW, second.realOrigin());
        assertFalse(second.cityOrigin().isBefore(NOW.plus(Duration.ofMinutes(59))));
        assertEquals(60, resume(Optional.of(60), NOW).speed());
    }

    @Test
    void aCityThatSleptLongWakesInThePresent() {
        new CityTime(Instant.now(), NOW, 1).save(folder.resolve("city.properties"), Duration.ZERO);
        Instant later = NOW.plus(Duration.ofDays(30));
        assertEquals(later, resume(Optional.empty(), later).cityOrigin());
    }

    @Test
    void overManyRunsTheTimeNeverGoesBackwards() {
        Instant reached = Instant.MIN;
        for (int speed : new int[] {1, 1_000, 1, 60}) {
            CityTime run = resume(Optional.of(speed), Instant.now());
            assertFalse(run.cityOrigin().isBefore(reached));
            reached = run.clock().instant();
            run.save(folder.resolve("city.properties"), Duration.ZERO);
        }
    }

    @Test
    void aKilledRunIsNotUndoneBecauseEachNoteHoldsForTheTimeUntilTheNext() {
        CityTime killed = new CityTime(Instant.now(), NOW, 3_600);
        killed.save(folder.resolve("city.properties"), Duration.ofSeconds(3));
        Instant seen = killed.clock().instant();
        assertFalse(resume(Optional.empty(), NOW).cityOrigin().isBefore(seen.plus(Duration.ofHours(2))));
    }

    @Test
    void aSpeedOrFileThatMakesNoSenseIsSaid() throws Exception {
        assertThrows(DemoException.class, () -> resume(Optional.of(0), NOW));
        assertThrows(DemoException.class, () -> resume(Optional.of(100_001), NOW));
        Files.writeString(folder.resolve("city.properties"), "reached=yesterday\n");
        String message = assertThrows(DemoException.class, () -> resume(Optional.empty(), NOW))
                .getMessage();
        assertTrue(message.contains("reached is not an instant: yesterday"), message);
    }
}
