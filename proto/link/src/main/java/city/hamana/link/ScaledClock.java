package city.hamana.link;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * The demonstration city's time: from an agreed instant on it runs N times as fast as real time. Every program of one
 * city is given the same three numbers and so tells the same time. Certificates, timeouts and "last seen" stay on real
 * time; readings and everything computed from them use this.
 */
public final class ScaledClock extends Clock {
    private final InstantSource real;
    private final Instant realOrigin;
    private final Instant cityOrigin;
    private final int speed;
    private final ZoneId zone;

    /** At real time {@code realOrigin} it is {@code cityOrigin}; {@code speed} is 1 to 100,000. */
    public static ScaledClock of(Instant realOrigin, Instant cityOrigin, int speed) {
        return new ScaledClock(Clock.systemUTC(), realOrigin, cityOrigin, speed, ZoneOffset.UTC);
    }

    ScaledClock(InstantSource real, Instant realOrigin, Instant cityOrigin, int speed, ZoneId zone) {
        if (speed < 1 || speed > 100_000) {
            throw new IllegalArgumentException("clock-speed " + speed + " is outside 1 to 100000");
        }
        this.real = real;
        this.realOrigin = realOrigin;
        this.cityOrigin = cityOrigin;
        this.speed = speed;
        this.zone = zone;
    }

    public int speed() {
        return speed;
    }

    /** How many times as fast as real time a clock runs; 1 for any but the demonstration city's. */
    public static int speedOf(Clock clock) {
        return switch (clock) {
            case ScaledClock scaled -> scaled.speed;
            case OffsetClock offset -> speedOf(offset.withoutOffset());
            default -> 1;
        };
    }

    @Override
    public Instant instant() {
        return cityOrigin.plus(Duration.between(realOrigin, real.instant()).multipliedBy(speed));
    }

    @Override
    public ZoneId getZone() {
        return zone;
    }

    @Override
    public Clock withZone(ZoneId other) {
        return new ScaledClock(real, realOrigin, cityOrigin, speed, other);
    }
}
