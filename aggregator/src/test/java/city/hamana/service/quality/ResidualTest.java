package city.hamana.service.quality;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.hamana.messages.AnalyserCondition;
import city.hamana.messages.Quality;
import city.hamana.messages.Quantity;
import city.hamana.messages.Sample;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Judging the residual by a day of values, one every ten minutes. */
class ResidualTest {
    private static final Instant NOW = Instant.parse("2026-07-03T03:00:00Z");
    private static final int MINUTES = 10;
    private static final int VALUES = 24 * 60 / MINUTES;
    private static final Limits LIMITS = new Limits(0.1, 1.0, Duration.ofHours(24), "chlorine-limit@1#1", "law");
    private static final Limits RAISED = new Limits(0.2, 1.0, Duration.ofHours(24), "chlorine-limit@1#2", "law");

    @Test
    void aSteadyResidualBetweenLimitAndTargetIsSound() {
        Finding finding = judged(i -> 0.4 + 0.02 * Math.sin(i));
        assertEquals(Verdict.SOUND, finding.verdict());
        assertTrue(finding.toLimit().isEmpty());
    }

    @Test
    void aSlowFallIsToldBeforeTheLimitIsReachedWithTheHoursThatAreLeft() {
        Finding finding = judged(i -> 0.5 - 0.3 * i / VALUES);
        assertEquals(Verdict.FALLING, finding.verdict());
        assertEquals(-0.0125, finding.perHour().orElseThrow(), 0.0005);
        assertEquals(8.2, finding.toLimit().orElseThrow().toMinutes() / 60.0, 0.3);
    }

    @Test
    void aFallThatReachesTheLimitInDaysOnlyIsNotToldYet() {
        Finding finding = judged(i -> 0.8 - 0.1 * i / VALUES);
        assertEquals(Verdict.SOUND, finding.verdict());
        assertTrue(finding.toLimit().orElseThrow().toHours() > 100);
    }

    @Test
    void twoValuesUnderTheLimitAreLowAndOneIsNot() {
        assertEquals(Verdict.LOW, judged(i -> i >= VALUES - 2 ? 0.08 : 0.4).verdict());
        assertEquals(Verdict.SOUND, judged(i -> i == VALUES - 1 ? 0.08 : 0.4).verdict());
    }

    @Test
    void theRaisedLimitIsTheOneThatCountsWhereContaminationIsFeared() {
        List<Sample> samples = day(i -> 0.15);
        assertEquals(Verdict.SOUND, Residual.of(samples, List.of(), LIMITS, NOW).verdict());
        assertEquals(Verdict.LOW, Residual.of(samples, List.of(), RAISED, NOW).verdict());
    }

    @Test
    void zeroAtOnceIsTheSensorsAndZeroAfterALongFallIsTheWaters() {
        Finding jump = judged(i -> i >= VALUES - 6 ? 0 : 0.6);
        assertEquals(Verdict.SENSOR, jump.verdict());
        assertEquals(List.of("jump"), jump.reasons());
        Finding fall = judged(i -> Math.max(0, 0.4 - 0.45 * i / VALUES));
        assertEquals(Verdict.LOW, fall.verdict());
    }

    @Test
    void zeroForAWholeDayIsTheSensors() {
        Finding finding = judged(i -> 0);
        assertEquals(Verdict.SENSOR, finding.verdict());
        assertEquals(List.of("zero"), finding.reasons());
    }

    @Test
    void zerosInTheMiddleOfTheDayDoNotMakeATrend() {
        Finding finding = judged(i -> i > 60 && i < 90 ? 0 : 0.4);
        assertEquals(Verdict.SOUND, finding.verdict());
        assertEquals(0.4, finding.last().orElseThrow());
    }

    @ParameterizedTest
    @EnumSource(
            value = AnalyserCondition.class,
            names = {"SENSOR_FAULT", "OUT_OF_RANGE", "NO_SAMPLE_FLOW", "FROZEN", "MAINTENANCE"})
    void whatTheAnalyserSaysOfItselfIsBelievedBeforeItsValue(AnalyserCondition condition) {
        Finding finding = Residual.of(day(i -> 0.02), conditions(condition), LIMITS, NOW);
        assertEquals(Verdict.SENSOR, finding.verdict());
        assertEquals(List.of(condition.code()), finding.reasons());
    }

    @Test
    void aCalibrationThatIsDueDoesNotMakeTheValueWorthless() {
        assertEquals(
                Verdict.LOW,
                Residual.of(day(i -> 0.02), conditions(AnalyserCondition.CALIBRATION_DUE), LIMITS, NOW)
                        .verdict());
    }

    @Test
    void nothingForHalfAnHourIsSilence() {
        assertEquals(
                Verdict.SILENT, Residual.of(List.of(), List.of(), LIMITS, NOW).verdict());
        assertEquals(
                Verdict.SILENT,
                Residual.of(day(i -> 0.4), List.of(), LIMITS, NOW.plus(Duration.ofMinutes(31)))
                        .verdict());
    }

    @Test
    void overTheTargetIsHigh() {
        assertEquals(Verdict.HIGH, judged(i -> 1.2).verdict());
    }

    @Test
    void theAdviceIsGramsForTheFlowAndMillilitresOfTheSolution() {
        // Aim 0.4: 0.3 mg/L more in 40 m³/h is 12 g/h, of a solution with 0.144 g/mL 83 mL/h.
        Advice advice = Advice.of(0.1, LIMITS, 40, 12, 1.2);
        assertEquals(0.3, advice.raiseMgL(), 1e-9);
        assertEquals(12, advice.chlorineGramsPerHour(), 1e-9);
        assertEquals(83.3, advice.solutionMillilitresPerHour(), 0.1);
    }

    @Property
    void aSingleWildValueNeverMovesTheTrend(@ForAll @IntRange(min = 1, max = VALUES - 3) int place) {
        Finding finding = judged(i -> i == place ? 5 : 0.5 - 0.3 * i / VALUES);
        assertEquals(Verdict.FALLING, finding.verdict());
        assertEquals(-0.0125, finding.perHour().orElseThrow(), 0.001);
    }

    private static Finding judged(IntToDoubleFunction milligrams) {
        return Residual.of(day(milligrams), List.of(), LIMITS, NOW);
    }

    private static List<Sample> day(IntToDoubleFunction milligrams) {
        List<Sample> samples = new ArrayList<>();
        for (int i = 0; i < VALUES; i++) {
            Instant at = NOW.minus(Duration.ofMinutes((long) MINUTES * (VALUES - 1 - i)));
            long micrograms = Math.round(milligrams.applyAsDouble(i) * 1_000);
            samples.add(new Sample("a", Quantity.FREE_CHLORINE, at, micrograms, -3, 0));
        }
        return samples;
    }

    private static List<Sample> conditions(AnalyserCondition condition) {
        return List.of(
                new Sample("a", Quantity.ANALYSER_CONDITIONS, NOW, 1L << condition.bit(), 0, Quality.METER_TIME));
    }
}
