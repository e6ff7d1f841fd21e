package city.hamana.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BackoffTest {
    private final Backoff backoff = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(10), new Random(1));

    @Test
    void waitsStayBetweenATenthOfTheFirstLimitAndTheLastLimit() {
        for (int i = 0; i < 1_000; i++) {
            long wait = backoff.failed().toMillis();
            assertTrue(wait >= 10 && wait <= 10_010, wait + " ms");
        }
    }

    @Test
    void waitsGrowWithFailuresAndAreShortAgainAfterSuccess() {
        double late = IntStream.range(0, 200)
                .mapToLong(i -> backoff.failed().toMillis())
                .skip(100)
                .average()
                .orElse(0);
        backoff.succeeded();

        assertTrue(late > 3_000, late + " ms on average");
        assertTrue(backoff.failed().toMillis() <= 110);
    }

    @Test
    void twoDevicesDoNotComeBackTogether() {
        Backoff other = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(10), new Random(2));
        long equal = IntStream.range(0, 100)
                .filter(i -> backoff.failed().equals(other.failed()))
                .count();
        assertEquals(0, equal / 10);
    }
}
