package city.hamana.sensor.simulator;

import city.hamana.link.Settings;
import java.time.Duration;
import java.time.Instant;

/**
 * A SIMULATED underpass that fills and drains again and again: dry, rising evenly, standing, falling evenly. The depth is
 * a function of the city's clock, so that programs which know nothing of each other tell the same.
 *
 * @param since when the first dry time begins
 */
public record Story(Instant since, Duration dry, Duration rise, Duration stay, Duration fall, int peakMm) {
    /** Rises as at 静岡市大坪 on 2025-09-05: 34 cm in 5 minutes. */
    public static Story of(Settings settings) {
        return new Story(
                settings.parsed("story-since", "2026-01-01T00:00:00Z", "an instant", Instant::parse),
                seconds(settings, "story-dry-s", 2_400),
                seconds(settings, "story-rise-s", 300),
                seconds(settings, "story-stay-s", 600),
                seconds(settings, "story-fall-s", 1_500),
                (int) settings.number("story-peak-mm", 340, 0, 5_000));
    }

    private static Duration seconds(Settings settings, String key, long otherwise) {
        return Duration.ofSeconds(settings.number(key, otherwise, 1, 1_000_000));
    }

    /** Millimetres over the lowest point of the road. */
    public double depthMm(Instant now) {
        double all = (double) dry.plus(rise).plus(stay).plus(fall).toMillis();
        double at = Duration.between(since, now).toMillis() % all;
        double rising = at - dry.toMillis();
        double falling = rising - rise.plus(stay).toMillis();
        if (falling > 0) {
            return peakMm * (1 - falling / fall.toMillis());
        }
        return rising <= 0 ? 0 : peakMm * Math.min(1, rising / rise.toMillis());
    }
}
