package city.hamana.demo.trial;

import java.time.Duration;
import java.util.SplittableRandom;

/** Faults of the network. */
final class LineFaults {
    private final Lines lines;

    LineFaults(Lines lines) {
        this.lines = lines;
    }

    Fault.Healing begin(Step step) {
        Proxy line = lines.line(step.target());
        line.weather(weather(step));
        return line::clear;
    }

    private static Weather weather(Step step) {
        SplittableRandom random = step.random();
        return switch (step.kind()) {
            case CUT -> new Weather.Cut();
            case BLACK_HOLE -> new Weather.BlackHole();
            case DELAY -> new Weather.Delayed(Duration.ofMillis(random.nextInt(50, 500)));
            case SLOW -> new Weather.Slow(random.nextInt(2_000, 50_000));
            case SWALLOW -> new Weather.Swallowing(random.nextInt(0, 12_000));
            case MIDWAY -> new Weather.Midway(random.nextInt(500, 20_000));
            default -> throw new IllegalArgumentException(step + " is no fault of a line");
        };
    }
}
