package city.hamana.demo.trial;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * When whose clock was wrong although it said that it was right. Nobody at the edge can know better then, so a reading
 * that was stamped with such a clock is held at the instant that this clock showed. Instants are the city's true time.
 */
final class Jumps {
    /** One wrong clock. */
    record Jump(String device, Instant from, Instant to, Duration offset) {
        boolean covers(String who, Instant truth, Duration tolerance) {
            return device.equals(who) && !truth.isBefore(from.minus(tolerance)) && !truth.isAfter(to.plus(tolerance));
        }
    }

    private final List<Jump> jumps = new CopyOnWriteArrayList<>();

    void add(Jump jump) {
        jumps.add(jump);
    }

    /** Whether a reading of this device, true at one instant, may be held at another. */
    boolean explain(String device, Instant truth, Instant held, Duration tolerance) {
        return jumps.stream()
                .filter(jump -> jump.covers(device, truth, tolerance))
                .anyMatch(jump -> Known.near(truth.plus(jump.offset()), held, tolerance));
    }
}
