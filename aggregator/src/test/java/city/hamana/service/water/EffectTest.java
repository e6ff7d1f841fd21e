package city.hamana.service.water;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.hamana.service.water.Effects.Home;
import java.time.LocalDate;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a trial has moved, by homes in it and homes beside it. */
class EffectTest {
    private static final LocalDate DAY = LocalDate.of(2026, 7, 3);

    @Test
    void whatMovesEverywhereIsNotTheTrialsDoing() {
        List<Home> trial = List.of(new Home(0.20, 0.30), new Home(0.10, 0.21), new Home(0.30, 0.39));
        List<Home> control = List.of(new Home(0.25, 0.35), new Home(0.15, 0.26), new Home(0.20, 0.29));
        Effect effect = Effects.of(trial, control, DAY);
        assertEquals(0, effect.moved(), 1e-9);
        assertFalse(effect.sure());
    }

    /** Changes 0.08, 0.10, 0.12 against -0.01, 0.00, 0.01: variances 4e-4 and 1e-4, 2.94 degrees of freedom. */
    @Test
    void theIntervalIsWelchs() {
        List<Home> trial = List.of(new Home(0.2, 0.28), new Home(0.2, 0.30), new Home(0.2, 0.32));
        List<Home> control = List.of(new Home(0.2, 0.19), new Home(0.2, 0.20), new Home(0.2, 0.21));
        Effect effect = Effects.of(trial, control, DAY);
        assertEquals(0.10, effect.moved(), 1e-9);
        assertEquals(Effects.quantile(2.941) * Math.sqrt(5e-4 / 3), effect.margin(), 1e-4);
        assertTrue(effect.sure());
    }

    @ParameterizedTest(name = "t with {0} degrees of freedom is {1}")
    @CsvSource({"4, 2.776", "5, 2.571", "10, 2.228", "30, 2.042", "120, 1.980"})
    void theQuantileIsStudents(double freedom, double expected) {
        assertEquals(expected, Effects.quantile(freedom), 0.01);
    }

    @Test
    void theIntervalHoldsTheTruthNineteenTimesInTwenty() {
        Random random = new Random(7);
        int held = 0;
        int rounds = 2_000;
        for (int i = 0; i < rounds; i++) {
            List<Home> trial = homes(random, 12, 0.05, 0.08);
            List<Home> control = homes(random, 30, 0, 0.04);
            Effect effect = Effects.of(trial, control, DAY);
            held += effect.least() <= 0.05 && 0.05 <= effect.most() ? 1 : 0;
        }
        assertEquals(0.95, (double) held / rounds, 0.015);
    }

    private static List<Home> homes(Random random, int count, double change, double scatter) {
        return Stream.generate(() -> new Home(0.3, 0.3 + change + scatter * random.nextGaussian()))
                .limit(count)
                .toList();
    }
}
