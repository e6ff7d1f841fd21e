package city.hamana.meter.line;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ScheduleTest {
    private static final Instant HOUR = Instant.parse("2026-11-22T03:00:00Z");
    private static final int BUS = 250;

    @Test
    void aBusOf250IsNotReadInTheSameSecond() {
        Map<Long, Integer> inSecond = new HashMap<>();
        for (int place = 0; place < BUS; place++) {
            inSecond.merge(due(place), 1, Integer::sum);
        }
        assertEquals(BUS, inSecond.size());
        assertEquals(0, due(0));
        assertEquals(598, due(BUS - 1));
    }

    @Property
    void everyMeterIsDueOnceInEachHourAndAtTheSameMinute(
            @ForAll @IntRange(max = BUS - 1) int place, @ForAll @IntRange(max = 1_000) int hours) {
        Instant later = HOUR.plus(Duration.ofHours(hours)).plusSeconds(due(place));
        long turn = hourly(later).turn(place, BUS, 0);
        assertEquals(turn - 1, hourly(later.minusSeconds(3)).turn(place, BUS, 0));
        assertEquals(turn, hourly(later.plusSeconds(3_590)).turn(place, BUS, 0));
        assertEquals(turn + 1, hourly(later.plusSeconds(3_603)).turn(place, BUS, 0));
    }

    @Test
    void withoutAPeriodAMeterIsDueAtEveryLook() {
        Schedule always = Schedule.always(Clock.systemUTC());
        assertNotEquals(always.turn(0, 1, 7), always.turn(0, 1, 8));
    }

    @Test
    void aSpreadBeyondThePeriodIsRefused() {
        assertThrows(
                IllegalArgumentException.class,
                () -> new Schedule(Duration.ofSeconds(60), Duration.ofSeconds(61), Clock.systemUTC()));
    }

    /** Whole seconds after the hour at which a meter's turn begins. */
    private static long due(int place) {
        long turn = hourly(HOUR.plusSeconds(3_599)).turn(place, BUS, 0);
        long second = 0;
        while (hourly(HOUR.plusSeconds(second)).turn(place, BUS, 0) < turn) {
            second++;
        }
        return second;
    }

    private static Schedule hourly(Instant now) {
        return new Schedule(Duration.ofHours(1), Duration.ofMinutes(10), Clock.fixed(now, ZoneOffset.UTC));
    }
}
