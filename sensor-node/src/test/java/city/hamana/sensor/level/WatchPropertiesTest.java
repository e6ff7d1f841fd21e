package city.hamana.sensor.level;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.hamana.messages.v1.SignAspect;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** Of any flood, with any single spikes on it: none is missed, none is told late, none is told that was not. */
class WatchPropertiesTest {
    private static final int STEP = Rules.USUAL.stepMm();

    /** A rise to a peak after a dry time; millimetres a minute of 34 cm in 5 minutes and beyond. */
    record Hydrograph(int dryS, int mmPerMinute, int peakMm) {
        double at(long ms) {
            return Math.clamp((ms / 1_000.0 - dryS) / 60 * mmPerMinute, 0, peakMm);
        }
    }

    @Provide
    Arbitrary<Hydrograph> floods() {
        return Combinators.combine(
                        Arbitraries.integers().between(120, 1_800),
                        Arbitraries.integers().between(1, 200),
                        Arbitraries.integers().between(100, 1_800))
                .as(Hydrograph::new);
    }

    @Provide
    Arbitrary<Hydrograph> puddles() {
        return Combinators.combine(
                        Arbitraries.integers().between(120, 1_800),
                        Arbitraries.integers().between(1, 15),
                        Arbitraries.integers().between(0, Rules.USUAL.cautionMm() - STEP - 1))
                .as(Hydrograph::new);
    }

    /** What stands under a gauge makes the water seem higher. */
    @Provide
    Arbitrary<Map<Integer, Integer>> echoes() {
        return spikes(0, 2);
    }

    @Provide
    Arbitrary<Map<Integer, Integer>> spikes() {
        return spikes(-1_500, 2);
    }

    /**
     * Most readings are true. Where every second one may be false in either direction nobody can tell which half is: 69
     * and 100 mm in turn are a depth of 100 mm that is told too low as well as one of 69 mm that is told too high.
     */
    @Provide
    Arbitrary<Map<Integer, Integer>> rareSpikes() {
        return spikes(-1_500, 3);
    }

    /** At most one of so many readings in a row. */
    private static Arbitrary<Map<Integer, Integer>> spikes(int least, int oneOf) {
        return Arbitraries.maps(
                        Arbitraries.integers().between(2, 60).map(i -> i * oneOf),
                        Arbitraries.integers().between(least, 4_000))
                .ofMaxSize(40);
    }

    @Property(tries = 300)
    void theRoadIsClosedWithTheReadingThatReachesTheThresholdOrTheNext(
            @ForAll("floods") Hydrograph flood, @ForAll("echoes") Map<Integer, Integer> spikes) {
        List<Flood.Look> looks = play(flood, spikes);
        int reached = good(looks, spikes).stream()
                .filter(i -> flood.at(looks.get(i).ms()) >= Rules.USUAL.closeMm())
                .findFirst()
                .orElseThrow();
        assertTrue(looks.get(reached + 1).shows(SignAspect.SIGN_ASPECT_CLOSED), () -> flood + " " + spikes);
    }

    @Property(tries = 300)
    void whereReadingsAreFalseInBothDirectionsTheRoadIsClosedThreeGoodReadingsLaterAtMost(
            @ForAll("floods") Hydrograph flood, @ForAll("rareSpikes") Map<Integer, Integer> spikes) {
        List<Flood.Look> looks = play(flood, spikes);
        List<Integer> reached = good(looks, spikes).stream()
                .filter(i -> flood.at(looks.get(i).ms()) >= Rules.USUAL.closeMm())
                .toList();
        assertTrue(looks.get(reached.get(3)).shows(SignAspect.SIGN_ASPECT_CLOSED), () -> flood + " " + spikes);
    }

    private static List<Integer> good(List<Flood.Look> looks, Map<Integer, Integer> spikes) {
        return IntStream.range(0, looks.size())
                .filter(i -> !spikes.containsKey(i))
                .boxed()
                .toList();
    }

    @Property(tries = 300)
    void noSingleSpikeWarnsOfWaterThatIsNotThere(
            @ForAll("puddles") Hydrograph puddle, @ForAll("spikes") Map<Integer, Integer> spikes) {
        for (Flood.Look look : play(puddle, spikes).stream().skip(2).toList()) {
            assertEquals(SignAspect.SIGN_ASPECT_OPEN, look.found().aspect(), () -> puddle + " " + spikes);
        }
    }

    @Property(tries = 300)
    void theDepthIsNeverAStepOverTheHighestThatWasTrue(
            @ForAll("floods") Hydrograph flood, @ForAll("spikes") Map<Integer, Integer> spikes) {
        for (Flood.Look look : play(flood, spikes)) {
            int most = look.found().depthMm().orElse(0);
            assertTrue(most <= flood.at(look.ms()) + STEP + 1, () -> flood + " " + spikes + " at " + look);
        }
    }

    @Property(tries = 200)
    void whateverGaugesTellTheWatchAnswersAndLooksAgainWithinAMinute(
            @ForAll List<@IntRange(min = -50, max = 5_000) Integer> one,
            @ForAll Set<@IntRange(max = 20) Integer> silent) {
        Watch watch = new Watch(Rules.USUAL, List.of("a", "b"), SignAspect.SIGN_ASPECT_CLOSED);
        long ms = 0;
        for (int i = 0; i < one.size(); i++) {
            Reading a = silent.contains(i) ? new Reading.Fault("line.timeout", false) : new Reading.Depth(one.get(i));
            Assessment found = watch.assess(
                    Map.of("a", a, "b", new Reading.Depth(one.get(one.size() - 1 - i))),
                    i % 7 == 3 ? Watch.FloatState.LIFTED : Watch.FloatState.DOWN,
                    ms);
            assertTrue(found.next().toMillis() > 0 && found.next().toSeconds() <= 60);
            assertTrue(found.depthMm().orElse(0) >= 0);
            ms += found.next().toMillis();
        }
    }

    private static List<Flood.Look> play(Hydrograph flood, Map<Integer, Integer> spikes) {
        int[] look = {-1};
        return Flood.play(
                ms -> {
                    look[0]++;
                    return flood.at(ms) + spikes.getOrDefault(look[0], 0);
                },
                (flood.dryS() + flood.peakMm() * 60L / flood.mmPerMinute() + 600) * 1_000);
    }
}
