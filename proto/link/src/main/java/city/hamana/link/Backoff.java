package city.hamana.link;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before the next try: a random time up to a limit that doubles with each failure ("full jitter"), so
 * that after an outage a city's gateways do not all come back in the same second.
 *
 * <p>Source: M. Brooker, "Exponential Backoff and Jitter", AWS Architecture Blog, 2015.
 */
public final class Backoff {
    private final Duration first;
    private final Duration most;
    private final RandomGenerator random;
    private int failures;

    /**
     * A fresh one, without a failure yet.
     *
     * @param first upper limit of the first wait
     * @param most upper limit of any
     */
    public Backoff(Duration first, Duration most, RandomGenerator random) {
        this.first = first;
        this.most = most;
        this.random = random;
    }

    /** Notes a failure; returns the wait before the next try, at least a tenth of the first limit. */
    public Duration failed() {
        long limit = first.toMillis() << Math.min(failures, 20);
        failures++;
        long cut = Math.min(limit, most.toMillis());
        long least = first.toMillis() / 10;
        return Duration.ofMillis(least + random.nextLong(cut - least + 1));
    }

    public void succeeded() {
        failures = 0;
    }
}
