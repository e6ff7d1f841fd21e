package city.hamana.meter.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The SIMULATED meter of a district against the homes behind it. */
class DistrictLogTest {
    private static final Instant FIRST_DAY = Instant.parse("2026-07-01T00:00:00Z");

    private final Sample sample = Sample.read();
    private final List<Logger> homes = sample.homes().stream()
            .map(home -> new Logger(sample.of(home), sample.end(), FIRST_DAY))
            .toList();

    @Test
    void itTellsEachFullHourOnceAndNeverFalls() {
        DistrictLog log = new DistrictLog(homes, FIRST_DAY);
        long last = log.lastPlace(FIRST_DAY);
        assertTrue(last > 80 * 24, "eighty days at least: " + last);
        for (long place = 1; place <= last; place++) {
            assertEquals(
                    Duration.ofHours(1),
                    Duration.between(log.at(place - 1).at(), log.at(place).at()));
            assertTrue(log.at(place).litres() >= log.at(place - 1).litres() + 15);
        }
        assertEquals(-1, log.lastPlace(log.at(0).at().minusSeconds(1)));
    }

    @Test
    void fromTenDaysBeforeTheFirstStartItLosesAQuarterOfACubicMetreAnHourMore() {
        DistrictLog log = new DistrictLog(homes, FIRST_DAY);
        long leak = log.lastPlace(FIRST_DAY.minus(Duration.ofDays(10)));
        long more = least(log, leak, 5 * 24) - least(log, leak - 5 * 24, 5 * 24);
        assertTrue(more > 210 && more < 290, more + " L/h");
    }

    @Test
    void whatItSaysOfAnHourDoesNotDependOnWhenItIsAsked() {
        DistrictLog one = new DistrictLog(homes, FIRST_DAY);
        DistrictLog other = new DistrictLog(homes, FIRST_DAY);
        one.at(3_000);
        assertEquals(one.at(1_234), other.at(1_234));
    }

    private static long least(DistrictLog log, long from, int hours) {
        long least = Long.MAX_VALUE;
        for (long place = from; place < from + hours; place++) {
            least = Math.min(least, log.at(place + 1).litres() - log.at(place).litres());
        }
        return least;
    }
}
