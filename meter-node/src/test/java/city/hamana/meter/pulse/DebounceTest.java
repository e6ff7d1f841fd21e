package city.hamana.meter.pulse;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class DebounceTest {
    private static final long MS = 1_000_000;
    private final Debounce contact = new Debounce(Duration.ofMillis(20));
    private long now;

    @Test
    void onePulseIsOneLastingShutStateAfterALastingOpenOne() {
        rests(false, 100);
        rests(true, 100);
        assertEquals(0, contact.take());
        rests(false, 100);
        assertEquals(1, contact.take());
        assertEquals(0, contact.take());
    }

    @Test
    void aContactThatIsShutAtTheStartIsNoPulse() {
        contact.begin(true, now);
        rests(false, 100);
        assertEquals(0, contact.take());
    }

    @Test
    void aPulseThatLastsCountsBeforeItEnds() {
        rests(false, 100);
        contact.changed(true, now);
        contact.settle(now + 19 * MS);
        assertEquals(0, contact.take());
        contact.settle(now + 20 * MS);
        assertEquals(1, contact.take());
        contact.settle(now + 500 * MS);
        assertEquals(0, contact.take());
    }

    @Test
    void aShortTouchIsNone() {
        rests(false, 100);
        rests(true, 19);
        rests(false, 100);
        assertEquals(0, contact.take());
    }

    @Test
    void aShortGapWithinAPulseDoesNotMakeTwo() {
        rests(false, 100);
        rests(true, 50);
        rests(false, 5);
        rests(true, 50);
        rests(false, 100);
        assertEquals(1, contact.take());
    }

    @Property
    void howeverItBouncesEachPulseCountsOnce(
            @ForAll @IntRange(max = 20) int pulses,
            @ForAll @Size(max = 12) List<@IntRange(min = 1, max = 19) Integer> bounces) {
        Debounce bouncing = new Debounce(Duration.ofMillis(20));
        long at = 0;
        for (int i = 0; i < 2 * pulses; i++) {
            boolean shut = i % 2 == 0;
            at += 100 * MS;
            bouncing.changed(shut, at);
            for (int j = 0; j + 1 < bounces.size(); j += 2) {
                at += bounces.get(j) * MS;
                bouncing.changed(!shut, at);
                at += bounces.get(j + 1) * MS;
                bouncing.changed(shut, at);
            }
        }
        bouncing.settle(at + 100 * MS);
        assertEquals(pulses, bouncing.take());
    }

    /** The contact goes to a state and stays there for so many milliseconds. */
    private void rests(boolean shut, long ms) {
        contact.changed(shut, now);
        now += ms * MS;
    }
}
