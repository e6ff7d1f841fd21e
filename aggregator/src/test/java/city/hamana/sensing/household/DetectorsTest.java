package city.hamana.sensing.household;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import city.hamana.messages.MeterAlarm;
import city.hamana.messages.Quantity;
import city.hamana.messages.Sample;
import city.hamana.sensing.vee.Origin;
import city.hamana.sensing.vee.Use;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DetectorsTest {
    private static final Thresholds LIMITS = new Thresholds(4_000, 48, 72, 10_000, 3, 3, 800_000, 3, 10_000);
    private static final Instant FROM = Instant.parse("2016-12-04T15:00:00Z");
    private static final int HOURS = Detectors.DAYS * 24;

    @Test
    void waterThatRunsForTwoDaysWithoutAPauseIsTold() {
        long[] hours = home();
        leak(hours, HOURS - 50, HOURS, 7_000);
        Verdict.On on = assertInstanceOf(Verdict.On.class, Detectors.continuous(hours, FROM, LIMITS));
        assertEquals(new Verdict.On(FROM.plus(Duration.ofHours(HOURS - 50L)), 7_000, "hours=50"), on);
        long[] shorter = home();
        leak(shorter, HOURS - 47, HOURS, 7_000);
        assertEquals(Verdict.OFF, Detectors.continuous(shorter, FROM, LIMITS));
    }

    @Test
    void aHomeInWhichWaterOftenRunsForLongIsToldLater() {
        long[] hours = home();
        leak(hours, 100, 134, 7_000);
        leak(hours, HOURS - 60, HOURS, 7_000);
        assertEquals(Verdict.OFF, Detectors.continuous(hours, FROM, LIMITS));
        leak(hours, HOURS - 68, HOURS, 7_000);
        assertInstanceOf(Verdict.On.class, Detectors.continuous(hours, FROM, LIMITS));
    }

    @Test
    void whatIsLessThanTheMeterTurnsAtIsNoRun() {
        long[] hours = home();
        leak(hours, HOURS - 100, HOURS, 3_900);
        for (int i = HOURS - 100; i < HOURS; i++) {
            hours[i] = 3_900;
        }
        assertEquals(Verdict.OFF, Detectors.continuous(hours, FROM, LIMITS));
    }

    @Test
    void anEstimatedHourNeitherBreaksARunNorMakesOne() {
        Use[] uses = new Use[HOURS];
        Arrays.fill(uses, new Use.Known(9_000, Origin.LIKE_DAYS));
        assertEquals(Verdict.UNKNOWN, Detectors.continuous(Detectors.measured(List.of(uses)), FROM, LIMITS));
        long[] hours = home();
        leak(hours, HOURS - 60, HOURS, 7_000);
        Arrays.fill(hours, HOURS - 30, HOURS - 22, -1);
        assertInstanceOf(Verdict.On.class, Detectors.continuous(hours, FROM, LIMITS));
    }

    @Test
    void threeNightsWithFarMoreThanUsualAreTold() {
        long[] hours = home();
        for (int night = Detectors.DAYS - 3; night < Detectors.DAYS; night++) {
            leak(hours, night * 24 + 1, night * 24 + 6, 15_000);
        }
        Instant since = FROM.plus(Duration.ofDays(Detectors.DAYS - 3));
        Verdict.On on = new Verdict.On(since, 15_000, "nights=3");
        assertEquals(on, Detectors.night(hours, FROM, LIMITS, Optional.empty()));
        assertEquals(Verdict.OFF, Detectors.night(home(), FROM, LIMITS, Optional.empty()));
    }

    @Test
    void whatWasToldIsHeldAgainstTheNightsBeforeIt() {
        long[] hours = home();
        Instant since = FROM.plus(Duration.ofDays(20));
        leak(hours, 20 * 24, HOURS, 15_000);
        Verdict.On on = assertInstanceOf(Verdict.On.class, Detectors.night(hours, FROM, LIMITS, Optional.of(since)));
        assertEquals(since, on.since());
    }

    @Test
    void hoursWithAsMuchAsFromABurstPipeAreTold() {
        long[] hours = home();
        leak(hours, HOURS - 10, HOURS - 6, 900_000);
        Verdict.On on = assertInstanceOf(Verdict.On.class, Detectors.burst(hours, FROM, LIMITS));
        assertEquals(FROM.plus(Duration.ofHours(HOURS - 10L)), on.since());
        long[] bath = home();
        leak(bath, HOURS - 10, HOURS - 8, 900_000);
        assertEquals(Verdict.OFF, Detectors.burst(bath, FROM, LIMITS));
    }

    @Test
    void whatRanBackwardsIsToldFromTenLitresADay() {
        assertInstanceOf(Verdict.On.class, Detectors.reverse(List.of(back(0, 5), back(20, 25)), LIMITS));
        assertEquals(Verdict.OFF, Detectors.reverse(List.of(back(0, 5), back(20, 14)), LIMITS));
        assertEquals(Verdict.UNKNOWN, Detectors.reverse(List.of(back(0, 5)), LIMITS));
    }

    @Test
    void theMetersOwnWarningIsToldByItsName() {
        long bits = 1L << MeterAlarm.LEAK_2.bit() | 1L << MeterAlarm.BATTERY_LOW.bit();
        Verdict.On on = assertInstanceOf(Verdict.On.class, Detectors.alarm(List.of(alarms(0, 0), alarms(3, bits))));
        assertEquals("leak-2", on.reason());
        assertEquals(FROM.plus(Duration.ofHours(3)), on.since());
        assertEquals(Verdict.OFF, Detectors.alarm(List.of(alarms(3, bits), alarms(9, 0))));
        assertEquals(Verdict.UNKNOWN, Detectors.alarm(List.of()));
    }

    /** Weeks of a home that uses 20 L in the morning, at noon and in the evening, and nothing by night. */
    private static long[] home() {
        long[] hours = new long[HOURS];
        for (int i = 0; i < HOURS; i++) {
            hours[i] = List.of(7, 8, 12, 18, 19).contains(i % 24) ? 20_000 : 0;
        }
        return hours;
    }

    private static void leak(long[] hours, int from, int to, long millilitres) {
        for (int i = from; i < to; i++) {
            hours[i] = Math.max(hours[i], millilitres);
        }
    }

    private static Sample back(int hour, long litres) {
        return new Sample("els-1", Quantity.REVERSE_VOLUME, FROM.plus(Duration.ofHours(hour)), litres, -3, 0);
    }

    private static Sample alarms(int hour, long bits) {
        return new Sample("els-1", Quantity.METER_ALARMS, FROM.plus(Duration.ofHours(hour)), bits, 0, 0);
    }
}
