package city.hamana.demo.trial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.hamana.demo.city.DemoException;
import city.hamana.demo.trial.Known.Reading;
import city.hamana.messages.Sample;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BacklogTest {
    private static final Instant NOW = Instant.parse("2026-11-22T12:34:56Z");
    private static final Backlog BACKLOG = Backlog.before(NOW, 3, 10, 2);

    private static Reading reading(Sample sample) {
        return new Reading(sample.at(), sample.decimal().movePointRight(3).longValueExact());
    }

    @Test
    void theBlocksOfAllNodesCarryEveryReadingOfEveryMeterOnce() {
        List<Sample> all = new ArrayList<>();
        for (int node = 1; node <= BACKLOG.nodes(); node++) {
            for (int hour = 0; hour < BACKLOG.hours(); hour++) {
                all.addAll(BACKLOG.block(node, hour));
            }
        }
        assertEquals(BACKLOG.samples(), all.size());
        for (int number = 1; number <= BACKLOG.meters(); number++) {
            String name = BACKLOG.meter(number).name();
            assertEquals(
                    BACKLOG.readings(number),
                    all.stream()
                            .filter(sample -> sample.meter().equals(name))
                            .map(BacklogTest::reading)
                            .toList());
        }
    }

    @Test
    void aRegisterNeverRunsBackwardsAndTwoMetersNeverShowTheSame() {
        for (int hour = 1; hour < 1_000; hour++) {
            assertTrue(Backlog.litres(7, hour) > Backlog.litres(7, hour - 1), "hour " + hour);
        }
        assertEquals(10_000 + (7_919 + 104_729) % 97 + 100, Backlog.litres(1, 1));
        assertTrue(Backlog.litres(1, 5) != Backlog.litres(2, 5));
        assertEquals(new BigDecimal("10.062"), BACKLOG.block(1, 0).getFirst().decimal());
    }

    @Test
    void itEndsBeforeThePresentHour() {
        assertEquals(Instant.parse("2026-11-20T12:00:00Z"), BACKLOG.at(0));
        assertEquals(Instant.parse("2026-11-22T11:00:00Z"), BACKLOG.at(BACKLOG.hours() - 1));
    }

    @Test
    void aNodeWithoutAMeterOrWithTooManyIsRefused() {
        assertThrows(DemoException.class, () -> Backlog.before(NOW, 8, 7, 30));
        assertThrows(DemoException.class, () -> Backlog.before(NOW, 1, 1_001, 30));
        assertThrows(DemoException.class, () -> Backlog.before(NOW, 0, 0, 30));
        assertThrows(DemoException.class, () -> Backlog.before(NOW, 1, 1, 0));
    }

    @Test
    void aPaceIsSaidInWholeNumbersASecond() {
        assertEquals(
                "5760 blocks, 1440000 samples, 60000000 bytes in 12.5 s: 461 blocks/s, 115200 samples/s, 4800000 bytes/s",
                new Pace(5_760, 1_440_000, 60_000_000, Duration.ofMillis(12_500)).toString());
        assertEquals(0, Pace.perSecond(5, Duration.ZERO));
    }
}
