package city.hamana.gateway.wifi;

import java.util.Map;
import java.util.TreeMap;

/** How often what went wrong with one access point since the program's start, under a name for each. Thread-safe. */
final class Faults {
    private static final int MOST_NAMES = 50;

    private final Map<String, Long> counts = new TreeMap<>();

    /** One more; names beyond the first 50 are counted as {@code other}. */
    synchronized void count(String name) {
        counts.merge(counts.containsKey(name) || counts.size() < MOST_NAMES ? name : "other", 1L, Long::sum);
    }

    synchronized Map<String, Long> all() {
        return new TreeMap<>(counts);
    }
}
