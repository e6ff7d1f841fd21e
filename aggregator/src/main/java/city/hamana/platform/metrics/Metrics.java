package city.hamana.platform.metrics;

import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.DoubleSupplier;
import java.util.stream.Collectors;

/**
 * The program's numbers. Names are {@code hamana_…}, counters end in {@code _total}; labels are left to the name, so
 * that their number is known.
 */
public final class Metrics {
    private static final int MOST = 500;

    private record Gauge(String help, DoubleSupplier value) {}

    private record Counter(String help, LongAdder value) {}

    private final Map<String, Gauge> gauges = new ConcurrentSkipListMap<>();
    private final Map<String, Counter> counters = new ConcurrentSkipListMap<>();

    /** The counter of this name; the same one for every caller. */
    public LongAdder counter(String name, String help) {
        requireRoom();
        return counters.computeIfAbsent(checked(name), n -> new Counter(help, new LongAdder())).value;
    }

    public void gauge(String name, String help, DoubleSupplier value) {
        requireRoom();
        gauges.put(checked(name), new Gauge(help, value));
    }

    /** Everything, in the Prometheus text format 0.0.4. */
    public String text() {
        return counters.entrySet().stream()
                        .map(e -> lines(
                                e.getKey(),
                                "counter",
                                e.getValue().help,
                                e.getValue().value.sum()))
                        .collect(Collectors.joining())
                + gauges.entrySet().stream()
                        .map(e -> lines(
                                e.getKey(),
                                "gauge",
                                e.getValue().help,
                                e.getValue().value.getAsDouble()))
                        .collect(Collectors.joining());
    }

    private static String lines(String name, String type, String help, Number value) {
        return "# HELP %s %s%n# TYPE %s %s%n%s %s%n"
                .formatted(name, help, name, type, name, value)
                .replace("\r", "");
    }

    private static String checked(String name) {
        if (!name.matches("hamana_[a-z0-9_]{1,80}")) {
            throw new IllegalArgumentException("a metric is called hamana_…, not " + name);
        }
        return name;
    }

    private void requireRoom() {
        if (counters.size() + gauges.size() >= MOST) {
            throw new IllegalStateException("more than " + MOST + " metrics");
        }
    }
}
