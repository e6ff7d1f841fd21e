package city.hamana.meter.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LoggerTest {
    private static final Instant FIRST_DAY = Instant.parse("2026-11-22T03:00:00Z");
    private static final Sample SAMPLE = Sample.read();

    @Test
    void theBacklogIsTheSampleMovedByWholeWeeksToEndWithinTheLastWeek() {
        List<Reading> measured = SAMPLE.of("H01");
        Duration shift =
                Duration.between(measured.getFirst().at(), logger("H01").at(0).at());
        assertEquals(0, shift.toSeconds() % Duration.ofDays(7).toSeconds());
        Instant end = SAMPLE.end().plus(shift);
        assertFalse(end.isAfter(FIRST_DAY));
        assertTrue(end.isAfter(FIRST_DAY.minus(Duration.ofDays(7))));
        for (int i = 0; i < measured.size(); i++) {
            assertEquals(measured.get(i).litres(), logger("H01").at(i).litres());
        }
    }

    @Test
    void theOneDecreaseOfTheSampleIsKeptAndNeverComesAgain() {
        long falls = SAMPLE.homes().stream().mapToLong(LoggerTest::falls).sum();
        assertEquals(1, falls);
    }

    @Test
    void afterTheBacklogTheHomeGoesOnWithTheSameWeekdaysAndHours() {
        Logger log = logger("H04");
        long length = SAMPLE.of("H04").size();
        Reading live = log.at(length);
        Reading then = log.at(length - 1);
        assertTrue(live.at().isAfter(then.at()));
        assertTrue(Duration.between(then.at(), live.at()).compareTo(Duration.ofHours(3)) < 0);
        Instant source = live.at().minus(Logger.LAP);
        assertEquals(
                source.atZone(ZoneOffset.UTC).getDayOfWeek(),
                live.at().atZone(ZoneOffset.UTC).getDayOfWeek());
    }

    @Test
    void theRegisterAtAnInstantIsTheLastLoggedReading() {
        Logger log = logger("H01");
        assertEquals(Optional.empty(), log.register(log.at(0).at().minusSeconds(1)));
        for (long place : new long[] {0, 1, 1000, 5000, 20_000}) {
            Reading reading = log.at(place);
            assertEquals(Optional.of(reading), log.register(reading.at()));
            assertEquals(place, log.lastPlace(reading.at().plusSeconds(1)));
        }
    }

    @Test
    void everyHomeHasAboutOneReadingAnHourForAYear() {
        for (String home : SAMPLE.homes()) {
            Logger log = logger(home);
            long places = log.lastPlace(FIRST_DAY.plus(Duration.ofDays(365))) - log.lastPlace(FIRST_DAY);
            assertTrue(places > 365 * 23 && places <= 365 * 24 + 24, home + " " + places);
        }
    }

    private static long falls(String home) {
        Logger log = logger(home);
        long falls = 0;
        for (int place = 1; place < 12_000; place++) {
            falls += log.at(place).litres() < log.at(place - 1).litres() ? 1 : 0;
        }
        return falls;
    }

    private static Logger logger(String home) {
        return new Logger(SAMPLE.of(home), SAMPLE.end(), FIRST_DAY);
    }
}
