package city.hamana.link;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** What happened how often since the program's start, each kind under a name of its own: {@code line.timeout}. */
public final class Counters {
    private static final int MOST_NAMES = 200;

    private final Map<String, LongAdder> counts = new ConcurrentHashMap<>();

    /** One more; names beyond the first 200 are counted as {@code other}. */
    public void count(String name) {
        String kept = counts.containsKey(name) || counts.size() < MOST_NAMES ? name : "other";
        counts.computeIfAbsent(kept, n -> new LongAdder()).increment();
    }

    public long of(String name) {
        LongAdder count = counts.get(name);
        return count == null ? 0 : count.sum();
    }

    /** All counts by name. */
    public Map<String, Long> all() {
        Map<String, Long> all = new TreeMap<>();
        counts.forEach((name, count) -> all.put(name, count.sum()));
        return all;
    }
}
