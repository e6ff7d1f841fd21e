package city.hamana.demo.city;

import city.hamana.link.Pem;
import city.hamana.link.ScaledClock;
import city.hamana.link.Settings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/**
 * The city's time over several runs: at {@code realOrigin} it is {@code cityOrigin}, and from then on it runs
 * {@code speed} times as fast. Kept in {@code city.properties}, so that a new run begins where the last one ended or
 * now, whichever is later: the city's time never goes backwards.
 */
public record CityTime(Instant realOrigin, Instant cityOrigin, int speed) {
    private static final String REACHED = "reached";
    private static final String SPEED = "speed";
    private static final int FASTEST = 100_000;

    /** The time of a run that begins at {@code now}; a speed not given is that of the last run, or 1. */
    public static CityTime resume(Path file, Optional<Integer> speed, Instant now) {
        Optional<Settings> last = Files.exists(file) ? Optional.of(Settings.read(file)) : Optional.empty();
        int chosen = speed.orElse(last.map(settings -> (int) settings.number(SPEED, 1, 1, FASTEST))
                .orElse(1));
        if (chosen < 1 || chosen > FASTEST) {
            throw DemoException.of("--speed is " + chosen + ", outside 1 to " + FASTEST);
        }
        Instant reached = last.flatMap(settings -> settings.optional(REACHED))
                .map(text -> parse(file, text))
                .orElse(now);
        return new CityTime(now, reached.isAfter(now) ? reached : now, chosen);
    }

    public Clock clock() {
        return ScaledClock.of(realOrigin, cityOrigin, speed);
    }

    /**
     * Writes down how far the city has come.
     *
     * @param ahead real time for which this is to hold: a run that is killed meanwhile has not come further
     */
    void save(Path file, Duration ahead) {
        Instant reached = clock().instant().plus(ahead.multipliedBy(speed));
        Pem.replace(
                file,
                "# Written every second while the city runs.\n" + REACHED + "=" + reached + "\n" + SPEED + "=" + speed
                        + "\n");
    }

    /** The three keys that every program's settings understand. */
    String settings() {
        return "clock-real-origin=" + realOrigin + "\nclock-city-origin=" + cityOrigin + "\nclock-speed=" + speed
                + "\n";
    }

    private static Instant parse(Path file, String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw DemoException.of(file + ": " + REACHED + " is not an instant: " + text);
        }
    }
}
