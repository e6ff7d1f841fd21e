package city.hamana.link;

import java.util.Arrays;
import java.util.function.LongSupplier;

/** Adds up what happened in the last 24 hours, in 24 buckets of an hour each: how fast a journal fills, how much is written. */
final class DayMeter {
    private static final int HOURS = 24;
    private static final long HOUR_MS = 3_600_000;

    private final LongSupplier uptimeMs;
    private final long[] buckets = new long[HOURS];
    private final long begunMs;
    private long hour;

    /** An empty one. {@code uptimeMs} never goes back. */
    DayMeter(LongSupplier uptimeMs) {
        this.uptimeMs = uptimeMs;
        this.begunMs = uptimeMs.getAsLong();
        this.hour = begunMs / HOUR_MS;
    }

    synchronized void add(long amount) {
        turn();
        buckets[(int) (hour % HOURS)] += amount;
    }

    /** The sum of the last 24 hours, or since the begin. */
    synchronized long sum() {
        turn();
        return Arrays.stream(buckets).sum();
    }

    /** What a day brings at the rate of the last 24 hours; 0 in the first ten minutes, which tell nothing. */
    synchronized long perDay() {
        long coveredMs = Math.min(HOURS * HOUR_MS, uptimeMs.getAsLong() - begunMs);
        return coveredMs < HOUR_MS / 6 ? 0 : (long) ((double) sum() * HOURS * HOUR_MS / coveredMs);
    }

    private void turn() {
        long now = uptimeMs.getAsLong() / HOUR_MS;
        for (long passed = Math.max(hour + 1, now - HOURS + 1); passed <= now; passed++) {
            buckets[(int) (passed % HOURS)] = 0;
        }
        hour = Math.max(hour, now);
    }
}
