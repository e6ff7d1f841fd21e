package city.hamana.sensing.leaks;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ScoreTest {
    private static final LocalDateTime START = LocalDateTime.of(2026, 1, 1, 0, 0);

    @Test
    void theFirstAlarmWithinALeaksTimeIsAHitAndEveryOtherIsFalse() {
        Score score = Score.of(List.of(alarm(5), alarm(12), alarm(14), alarm(31)), List.of(leak(10, 30), leak(40, 50)));
        assertEquals(List.of(2L * 24), score.hoursToDetection());
        assertEquals(List.of(alarm(5), alarm(14), alarm(31)), score.falseAlarms());
        assertEquals(List.of(leak(40, 50)), score.missed());
        assertEquals(2.0 / 6, score.f1(), 1e-9);
    }

    @Test
    void anAlarmBelongsToTheLeakThatBeganLastEvenIfAnEarlierOneIsStillOpen() {
        Score score = Score.of(List.of(alarm(12)), List.of(new KnownLeak(START, Optional.empty()), leak(10, 11)));
        assertEquals(List.of(alarm(12)), score.falseAlarms());
    }

    private static Leak alarm(int day) {
        return new Leak(START.plusDays(day), START.plusDays(day), 5, new Evidence(50, 24, 40, 6));
    }

    private static KnownLeak leak(int from, int to) {
        return new KnownLeak(START.plusDays(from), Optional.of(START.plusDays(to)));
    }
}
