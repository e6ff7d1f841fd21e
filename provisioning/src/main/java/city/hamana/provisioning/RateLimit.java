package city.hamana.provisioning;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** Requests per minute and address, counted in fixed minutes; the addresses asked after longest ago are forgotten. */
final class RateLimit {
    private static final int MOST_ADDRESSES = 10_000;
    private static final Duration WINDOW = Duration.ofMinutes(1);

    private record Count(Instant since, int requests) {}

    private final int perMinute;
    private final Clock clock;
    private final Map<String, Count> counts = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Count> eldest) {
            return size() > MOST_ADDRESSES;
        }
    };

    RateLimit(int perMinute, Clock clock) {
        this.perMinute = perMinute;
        this.clock = clock;
    }

    /** Whether this address may ask once more now. */
    synchronized boolean allows(String address) {
        Instant now = clock.instant();
        Count count = counts.get(address);
        if (count == null || !now.isBefore(count.since().plus(WINDOW))) {
            count = new Count(now, 0);
        }
        counts.put(address, new Count(count.since(), count.requests() + 1));
        return count.requests() < perMinute;
    }
}
