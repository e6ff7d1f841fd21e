package city.hamana.gateway.wifi;

import city.hamana.gateway.wifi.Part.Row;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What is known of one device's counters: how they stood when it was last heard, and what they came to. */
final class Book {
    /** Counters of one device; an agent whose table changes with every round does not make it grow. */
    static final int MOST_COUNTERS = 8_192;

    /** How late the agent may have answered. */
    private static final Duration LATE = Duration.ofSeconds(10);
    /** How far its clock and the gateway's may run apart: a thousandth of the time. */
    private static final int RUNS_APART = 1_000;

    private static final long UPTIME_WRAP_CS = 1L << 32;

    /** When the agent was last heard, and how long it had been running then. */
    private record Epoch(long atMs, long uptimeCs, long boots) {}

    private final String device;
    private final Map<String, Counter> counters = new TreeMap<>();
    private final Map<String, Long> totals = new TreeMap<>();
    private Optional<Epoch> epoch = Optional.empty();

    Book(String device) {
        this.device = device;
    }

    /** Takes what the agent has counted until now. */
    void advance(Snapshot snapshot, Instant at) {
        Epoch now = new Epoch(at.toEpochMilli(), snapshot.uptimeCs(), snapshot.engineBoots());
        boolean restarted = epoch.map(before -> restarted(before, now)).orElse(false);
        long elapsedMs = epoch.map(before -> now.atMs() - before.atMs()).orElse(0L);
        epoch = Optional.of(now);
        for (Part part : snapshot.parts()) {
            for (Row row : part.rows()) {
                long in = advance(part.id() + " " + row.key() + " in", row.in(), restarted, elapsedMs);
                long out = advance(part.id() + " " + row.key() + " out", row.out(), restarted, elapsedMs);
                add(part.id(), row, in, out);
                if (part.kind() == snapshot.counted()) {
                    add(device, row, in, out);
                }
            }
        }
        if (counters.size() > MOST_COUNTERS) {
            forgetAllBut(snapshot);
        }
    }

    /** A total by its name: {@code ap-hall in}. */
    Optional<Long> total(String name) {
        return Optional.ofNullable(totals.get(name));
    }

    private void add(String id, Row row, long in, long out) {
        if (row.in().isPresent()) {
            totals.merge(id + " in", in, Math::addExact);
        }
        if (row.out().isPresent()) {
            totals.merge(id + " out", out, Math::addExact);
        }
    }

    private long advance(String key, Optional<Counter> now, boolean restarted, long elapsedMs) {
        if (now.isEmpty()) {
            return 0;
        }
        Counter before = counters.put(key, now.get());
        return before == null ? 0 : now.get().since(before, restarted, elapsedMs);
    }

    /** By the agent's count of its starts, else by how long it says it has been running. */
    private static boolean restarted(Epoch before, Epoch now) {
        if (before.boots() >= 0 && now.boots() >= 0 && before.boots() != now.boots()) {
            return true;
        }
        if (before.uptimeCs() < 0 || now.uptimeCs() < 0) {
            return false;
        }
        long elapsedCs = (now.atMs() - before.atMs()) / 10;
        long expected = Math.floorMod(before.uptimeCs() + elapsedCs, UPTIME_WRAP_CS);
        long off = Math.abs(now.uptimeCs() - expected);
        return Math.min(off, UPTIME_WRAP_CS - off) > LATE.toMillis() / 10 + Math.abs(elapsedCs) / RUNS_APART;
    }

    private void forgetAllBut(Snapshot snapshot) {
        Set<String> there = new HashSet<>(Set.of(device));
        snapshot.parts().forEach(part -> {
            there.add(part.id());
            part.rows().forEach(row -> there.add(part.id() + " " + row.key()));
        });
        counters.keySet().removeIf(key -> !there.contains(key.substring(0, key.lastIndexOf(' '))));
        totals.keySet().removeIf(key -> !there.contains(key.substring(0, key.lastIndexOf(' '))));
    }

    // --- as lines of text ----------------------------------------------------------------------------------------

    /** All of it, each line of words; the second is the device's id. */
    Stream<String> lines() {
        Stream<String> heard =
                epoch.stream().map(e -> "epoch %s %d %d %d".formatted(device, e.atMs(), e.uptimeCs(), e.boots()));
        Stream<String> counted = counters.entrySet().stream()
                .map(c -> "counter %s %s %d %d %d"
                        .formatted(
                                device,
                                c.getKey(),
                                c.getValue().raw(),
                                c.getValue().bits(),
                                c.getValue().discontinuity()));
        Stream<String> added =
                totals.entrySet().stream().map(t -> "total %s %s %d".formatted(device, t.getKey(), t.getValue()));
        return Stream.of(heard, counted, added).flatMap(lines -> lines);
    }

    /**
     * Takes a line that {@link #lines} gave.
     *
     * @throws IllegalArgumentException if it is none
     */
    void take(List<String> words) {
        switch (words.getFirst() + " " + words.size()) {
            case "epoch 5" -> epoch = Optional.of(new Epoch(number(words, 2), number(words, 3), number(words, 4)));
            case "counter 8" ->
                counters.put(
                        String.join(" ", words.subList(2, 5)),
                        new Counter(number(words, 5), (int) number(words, 6), number(words, 7)));
            case "total 5" -> totals.put(String.join(" ", words.subList(2, 4)), number(words, 4));
            default -> throw new IllegalArgumentException("not a line of totals");
        }
    }

    private static long number(List<String> words, int place) {
        return Long.parseLong(words.get(place));
    }
}
