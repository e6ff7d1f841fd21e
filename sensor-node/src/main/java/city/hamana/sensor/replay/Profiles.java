package city.hamana.sensor.replay;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** Recorded depths over time, from tables; between two values the water is taken to rise or fall evenly. */
final class Profiles {
    private static final long DRY_MS = 1_800_000;
    private static final DateTimeFormatter HOUR = DateTimeFormatter.ofPattern("yyyy/MM/dd HH:mm");
    /** A river's hour is played as five minutes of the underpass. */
    private static final long FASTER = 12;

    private static final double RIVER_PEAK_MM = 1_000;

    private Profiles() {}

    /** FloodNet's street floods: {@code event,time_s,depth_cm}. */
    static List<Event> streets(Path gz) throws IOException {
        Map<String, NavigableMap<Long, Double>> events = new LinkedHashMap<>();
        for (CSVRecord row : rows(gz)) {
            long ms = DRY_MS + (long) (Double.parseDouble(row.get("time_s")) * 1_000);
            events.computeIfAbsent(row.get("event"), e -> new TreeMap<>())
                    .put(ms, Double.parseDouble(row.get("depth_cm")) * 10);
        }
        return events.entrySet().stream()
                .map(e -> event(e.getKey(), e.getValue()))
                .toList();
    }

    /**
     * Rivers' levels by hour, one column a station: each from its lowest level on, scaled so that from there to its highest
     * it is one metre, and twelve times as fast.
     */
    static List<Event> rivers(Path gz) throws IOException {
        Map<String, NavigableMap<Long, Double>> stations = new LinkedHashMap<>();
        for (CSVRecord row : rows(gz)) {
            long ms = LocalDateTime.parse(row.get("datetime"), HOUR)
                            .toInstant(ZoneOffset.ofHours(9))
                            .toEpochMilli()
                    / FASTER;
            row.toMap().forEach((station, level) -> {
                if (!station.equals("datetime") && !level.isBlank()) {
                    stations.computeIfAbsent(station, s -> new TreeMap<>()).put(ms, Double.parseDouble(level));
                }
            });
        }
        return stations.entrySet().stream()
                .map(s -> event(s.getKey(), scaled(s.getValue())))
                .toList();
    }

    private static NavigableMap<Long, Double> scaled(NavigableMap<Long, Double> levels) {
        Map.Entry<Long, Double> lowest =
                levels.entrySet().stream().min(Map.Entry.comparingByValue()).orElseThrow();
        NavigableMap<Long, Double> after = levels.tailMap(lowest.getKey(), true);
        double rise = after.values().stream()
                .mapToDouble(v -> v - lowest.getValue())
                .max()
                .orElseThrow();
        NavigableMap<Long, Double> scaled = new TreeMap<>();
        after.forEach((ms, level) -> scaled.put(
                ms - lowest.getKey() + DRY_MS, (level - lowest.getValue()) / Math.max(1e-9, rise) * RIVER_PEAK_MM));
        return scaled;
    }

    private static Event event(String name, NavigableMap<Long, Double> depths) {
        return Event.of(name, ms -> between(depths, ms), depths.lastKey() + DRY_MS);
    }

    private static double between(NavigableMap<Long, Double> depths, long ms) {
        Map.Entry<Long, Double> before = depths.floorEntry(ms);
        Map.Entry<Long, Double> after = depths.ceilingEntry(ms);
        if (before == null || after == null) {
            return 0;
        } else if (before.getKey().equals(after.getKey())) {
            return before.getValue();
        }
        double part = (double) (ms - before.getKey()) / (after.getKey() - before.getKey());
        return before.getValue() + part * (after.getValue() - before.getValue());
    }

    static List<CSVRecord> rows(Path gz) throws IOException {
        CSVFormat format = CSVFormat.DEFAULT
                .builder()
                .setHeader()
                .setSkipHeaderRecord(true)
                .get();
        try (Reader text =
                        new InputStreamReader(new GZIPInputStream(Files.newInputStream(gz)), StandardCharsets.UTF_8);
                CSVParser parser = CSVParser.parse(text, format)) {
            return new ArrayList<>(parser.getRecords());
        }
    }
}
