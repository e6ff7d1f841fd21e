package city.hamana.gateway.simulator;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;

/** The life of a simulated access point: since when it has been running, and who is about. Thread-safe. */
final class Life {
    private static final double SECONDS_A_DAY = 86_400;
    private static final double OPENS = 7.5;
    private static final double CLOSES = 21.5;
    private static final long CROWD_CHANGES_S = 300;

    private final Clock clock;
    private final ZoneId zone;
    private Instant started;
    private int starts = 1;

    Life(Clock clock, ZoneId zone) {
        this.clock = clock;
        this.zone = zone;
        this.started = clock.instant();
    }

    /** Loses power and comes back: uptime and counters begin anew. */
    synchronized void restart() {
        started = clock.instant();
        starts++;
    }

    synchronized int starts() {
        return starts;
    }

    /** Hundredths of a second since its start. */
    synchronized long uptimeCs() {
        return Math.max(0, clock.millis() - started.toEpochMilli()) / 10;
    }

    /**
     * How many of a crowd are about now: nobody at night, most of them in the afternoon, another number every five
     * minutes, and the same whoever asks.
     *
     * @param crowd its number, by which crowds differ
     * @param most people in it
     */
    long about(long crowd, long most) {
        ZonedDateTime now = clock.instant().atZone(zone);
        double hour = now.toLocalTime().toSecondOfDay() / 3_600.0;
        double open = hour < OPENS || hour > CLOSES ? 0 : Math.sin(Math.PI * (hour - OPENS) / (CLOSES - OPENS));
        long when = now.toEpochSecond() / CROWD_CHANGES_S;
        double mood = 0.7 + 0.3 * Math.floorMod(mixed(crowd * 1_000_003 + when), 1_000) / 1_000.0;
        return Math.round(most * open * mood);
    }

    /**
     * Octets that went through since the start: more by day than by night, never less than before.
     *
     * @param perSecond on average
     */
    synchronized long octets(long perSecond) {
        double from = started.toEpochMilli() / 1_000.0;
        double to = Math.max(from, clock.millis() / 1_000.0);
        return Math.round(perSecond * (flowUntil(to) - flowUntil(from)));
    }

    /** Integral of 1 + 0.8·cos, with its peak at 14 o'clock Japanese time. */
    private static double flowUntil(double second) {
        double turn = 2 * Math.PI / SECONDS_A_DAY;
        return second + 0.8 / turn * Math.sin(turn * (second - 5 * 3_600));
    }

    private static long mixed(long seed) {
        long z = seed + 0x9E3779B97F4A7C15L;
        z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
        return z ^ z >>> 27;
    }
}
