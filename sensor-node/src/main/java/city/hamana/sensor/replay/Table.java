package city.hamana.sensor.replay;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.function.ToLongFunction;

/** Played events as one line of a table. */
record Table(String name, List<Played> events) {
    static final String HEAD = """
            | events | played | reach 15 cm | missed | caution before closed, median (least) | closed before 15 cm, median (least) | false cautions / closures |
            |---|---|---|---|---|---|---|
            """;

    String line() {
        List<Played> deep =
                events.stream().filter(e -> e.dangerMs().isPresent()).toList();
        List<Played> closed = deep.stream().filter(e -> !e.missed()).toList();
        return "| %s | %d | %d | %d | %s | %s | %d / %d |"
                .formatted(
                        name,
                        events.size(),
                        deep.size(),
                        deep.stream().filter(Played::missed).count(),
                        lead(closed, e -> since(e.cautionMs(), e.closedMs())),
                        lead(closed, e -> since(e.closedMs(), e.dangerMs())),
                        events.stream().mapToInt(Played::falseCautions).sum(),
                        events.stream().mapToInt(Played::falseClosures).sum());
    }

    private static long since(OptionalLong one, OptionalLong other) {
        return other.orElseThrow() - one.orElseThrow();
    }

    private static String lead(Collection<Played> events, ToLongFunction<Played> lead) {
        if (events.isEmpty()) {
            return "–";
        }
        long[] sorted = events.stream().mapToLong(lead).sorted().toArray();
        return String.format(
                Locale.ROOT, "%.1f (%.1f) min", sorted[sorted.length / 2] / 60_000.0, sorted[0] / 60_000.0);
    }
}
