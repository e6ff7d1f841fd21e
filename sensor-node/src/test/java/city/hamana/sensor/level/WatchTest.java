package city.hamana.sensor.level;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.hamana.messages.LevelCondition;
import city.hamana.messages.v1.SignAspect;
import city.hamana.messages.v1.SignReason;
import city.hamana.sensor.level.Watch.FloatState;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WatchTest {
    private static final Reading TIMEOUT = new Reading.Fault("line.timeout", false);
    private static final Reading BROKEN_WIRE = new Reading.Fault("signal.low", true);

    private final Watch watch = new Watch(Rules.USUAL, List.of("loop", "radar"), SignAspect.SIGN_ASPECT_CAUTION);
    private long ms;

    @Test
    void untilTwoReadingsSayTheSameTheSignIsSafe() {
        Assessment first = both(0, 0);
        assertEquals(SignAspect.SIGN_ASPECT_CAUTION, first.aspect());
        assertEquals(SignReason.SIGN_REASON_FAIL_SAFE, first.reason());
        assertTrue(first.mayOpen());
        assertEquals(SignAspect.SIGN_ASPECT_OPEN, both(0, 0).aspect());
    }

    @Test
    void aDryRoadIsLookedAtEveryMinuteAndAWetOneEveryTenSeconds() {
        both(0, 0);
        assertEquals(60, both(0, 0).next().toSeconds());
        assertEquals(10, both(12, 8).next().toSeconds());
        for (int i = 0; i < 59; i++) {
            assertEquals(10, both(0, 0).next().toSeconds());
        }
        assertEquals(60, both(0, 0).next().toSeconds());
    }

    @Test
    void ofTwoGaugesThatContradictEachOtherTheHigherCounts() {
        settle(0, 0);
        settle(0, 120);
        Assessment found = both(0, 120);
        assertEquals(OptionalInt.of(120), found.depthMm());
        assertEquals(SignAspect.SIGN_ASPECT_CLOSED, found.aspect());
        assertTrue(found.conditions().contains(LevelCondition.DISAGREE));
        assertFalse(found.mayOpen());
        both(118, 120);
        assertFalse(both(119, 120).conditions().contains(LevelCondition.DISAGREE));
    }

    @Test
    void aGaugeAtFaultHasNoVoteAndTheOtherGoesOn() {
        settle(0, 0);
        look(BROKEN_WIRE, new Reading.Depth(0));
        assertEquals(Set.of(), look(BROKEN_WIRE, new Reading.Depth(0)).conditions());
        Assessment found = look(BROKEN_WIRE, new Reading.Depth(0));
        assertEquals(Set.of(LevelCondition.SENSOR_FAULT), found.conditions());
        assertEquals(Set.of(LevelCondition.SENSOR_FAULT), found.gauges().get("loop"));
        assertEquals(Set.of(), found.gauges().get("radar"));
        assertEquals(SignAspect.SIGN_ASPECT_OPEN, found.aspect());
    }

    @Test
    void whenAllAreSilentTheSignIsSafeAndStaffMayOpenIt() {
        settle(0, 0);
        look(TIMEOUT, TIMEOUT);
        assertEquals(SignAspect.SIGN_ASPECT_OPEN, look(TIMEOUT, TIMEOUT).aspect());
        Assessment found = look(TIMEOUT, TIMEOUT);
        assertEquals(OptionalInt.empty(), found.depthMm());
        assertEquals(Set.of(LevelCondition.SILENT), found.conditions());
        assertEquals(SignReason.SIGN_REASON_FAIL_SAFE, found.reason());
        assertTrue(found.mayOpen());
    }

    @Test
    void gaugesThatDieInRisingWaterCloseTheRoad() {
        settle(0, 0);
        for (int mm = 0; mm <= 44; mm += 11) {
            ms += 8_000;
            both(mm, mm);
        }
        look(TIMEOUT, TIMEOUT);
        look(TIMEOUT, TIMEOUT);
        Assessment found = look(TIMEOUT, TIMEOUT);
        assertTrue(found.conditions().containsAll(Set.of(LevelCondition.RISING, LevelCondition.SILENT)));
        assertEquals(SignAspect.SIGN_ASPECT_CLOSED, found.aspect());
    }

    @Test
    void aClosedRoadStaysClosedThoughTheGaugesDie() {
        settle(110, 110);
        for (int i = 0; i < 100; i++) {
            assertEquals(SignAspect.SIGN_ASPECT_CLOSED, look(TIMEOUT, TIMEOUT).aspect());
        }
    }

    @Test
    void whatAGaugeSaidBeforeItsSilenceIsNoDepthAnyMore() {
        settle(0, 0);
        for (int i = 0; i < 3; i++) {
            look(TIMEOUT, TIMEOUT);
        }
        Assessment first = both(300, 300);
        assertEquals(OptionalInt.empty(), first.depthMm());
        assertEquals(SignAspect.SIGN_ASPECT_CAUTION, first.aspect());
        assertEquals(SignAspect.SIGN_ASPECT_CLOSED, both(300, 300).aspect());
    }

    @Test
    void theRoadIsOpenedOnlyWhenTheWaterHasBeenGoneForAWhile() {
        settle(105, 105);
        long gone = ms;
        while (both(81, 81).aspect() == SignAspect.SIGN_ASPECT_CLOSED && ms < gone + 3_600_000) {
            ms += 8_000;
        }
        assertTrue(ms >= gone + 3_600_000, "81 mm is not far enough below 100 mm");
        gone = ms;
        while (both(79, 79).aspect() == SignAspect.SIGN_ASPECT_CLOSED) {
            ms += 8_000;
        }
        assertTrue(ms >= gone + 300_000 && ms < gone + 330_000);
        assertEquals(SignAspect.SIGN_ASPECT_CAUTION, both(79, 79).aspect());
    }

    @Test
    void aTruckUnderTheRadarIsOutvotedAndTheSignWarns() {
        settle(0, 0);
        settle(0, 2_600);
        Assessment found = both(0, 2_600);
        assertEquals(OptionalInt.of(0), found.depthMm());
        assertEquals(Set.of(LevelCondition.SENSOR_FAULT), found.gauges().get("radar"));
        assertEquals(SignAspect.SIGN_ASPECT_CAUTION, found.aspect());
        assertEquals(SignReason.SIGN_REASON_FAIL_SAFE, found.reason());
        settle(0, 0);
        assertEquals(SignAspect.SIGN_ASPECT_OPEN, both(0, 0).aspect());
    }

    @Test
    void aJumpThatTheFloatConfirmsIsBelieved() {
        settle(0, 0);
        settle(0, 700);
        look(new Reading.Depth(0), new Reading.Depth(700), FloatState.LIFTED);
        Assessment found = look(new Reading.Depth(0), new Reading.Depth(700), FloatState.LIFTED);
        assertEquals(OptionalInt.of(700), found.depthMm());
        assertEquals(SignReason.SIGN_REASON_LEVEL, found.reason());
    }

    @Test
    void theFloatAloneClosesTheRoadButNotASingleWave() {
        settle(0, 0);
        Reading dry = new Reading.Depth(0);
        assertEquals(
                SignAspect.SIGN_ASPECT_OPEN, look(dry, dry, FloatState.LIFTED).aspect());
        assertEquals(
                SignAspect.SIGN_ASPECT_OPEN, look(dry, dry, FloatState.DOWN).aspect());
        look(dry, dry, FloatState.LIFTED);
        Assessment found = look(dry, dry, FloatState.LIFTED);
        assertEquals(SignAspect.SIGN_ASPECT_CLOSED, found.aspect());
        assertEquals(SignReason.SIGN_REASON_FLOAT, found.reason());
        assertFalse(found.mayOpen());
    }

    @Test
    void aWetGaugeThatDoesNotMoveForHoursIsAtFault() {
        settle(30, 30);
        int radar = 30;
        for (int minute = 0; minute < 361; minute++) {
            ms += 58_000;
            radar = 60 - radar + 1;
            both(30, radar);
        }
        assertEquals(Set.of(LevelCondition.SENSOR_FAULT), both(30, 31).gauges().get("loop"));
    }

    private void settle(int loop, int radar) {
        both(loop, radar);
        both(loop, radar);
    }

    private Assessment both(int loop, int radar) {
        return look(new Reading.Depth(loop), new Reading.Depth(radar));
    }

    private Assessment look(Reading loop, Reading radar) {
        return look(loop, radar, FloatState.NONE);
    }

    private Assessment look(Reading loop, Reading radar, FloatState lifted) {
        ms += 10_000;
        return watch.assess(Map.of("loop", loop, "radar", radar), lifted, ms);
    }
}
