package city.hamana.sensing.readings;

import city.hamana.messages.Quantity;
import city.hamana.messages.Sample;
import city.hamana.platform.db.Dialect;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** The three tables. */
final class Store {
    /** Most values in one IN list. */
    private static final int CHUNK = 200;

    private final Dialect dialect;

    /** A series in the tables. */
    record Key(String meter, Quantity quantity) {}

    /** A row's key. */
    record Place(long series, int day) implements Comparable<Place> {
        @Override
        public int compareTo(Place other) {
            return series != other.series ? Long.compare(series, other.series) : Integer.compare(day, other.day);
        }
    }

    Store(Dialect dialect) {
        this.dialect = dialect;
    }

    /** Numbers of these series; unknown ones are added, in an order that is everyone's. */
    Map<Key, Long> numbers(Handle tx, Map<Key, Integer> daysByKey) {
        Map<Key, Long> numbers = new HashMap<>();
        for (List<String> meters : chunks(daysByKey.keySet().stream().map(Key::meter))) {
            tx.createQuery("SELECT id, meter, quantity FROM readings_series WHERE meter IN (<meters>)")
                    .bindList("meters", meters)
                    .map((row, context) ->
                            Map.entry(new Key(row.getString(2), quantity(row.getString(3))), row.getLong(1)))
                    .forEach(found -> numbers.put(found.getKey(), found.getValue()));
        }
        daysByKey.keySet().stream()
                .filter(key -> !numbers.containsKey(key))
                .sorted(Comparator.comparing(Key::meter).thenComparing(Key::quantity))
                .forEach(key -> numbers.put(key, added(tx, key, daysByKey.get(key))));
        return numbers;
    }

    /**
     * The packed rows at these places, locked until the transaction ends. One statement for each day or for each
     * series, whichever are fewer: no row is read that is not asked for.
     */
    Map<Place, byte[]> locked(Handle tx, Collection<Place> places) {
        Map<Integer, List<Long>> byDay = new TreeMap<>();
        Map<Long, List<Integer>> bySeries = new TreeMap<>();
        for (Place place : places) {
            byDay.computeIfAbsent(place.day, d -> new ArrayList<>()).add(place.series);
            bySeries.computeIfAbsent(place.series, s -> new ArrayList<>()).add(place.day);
        }
        Map<Place, byte[]> rows = new HashMap<>();
        if (byDay.size() <= bySeries.size()) {
            byDay.forEach((day, series) -> read(tx, "day = :one AND series IN (<many>)", day, series, rows));
        } else {
            bySeries.forEach((series, days) -> read(tx, "series = :one AND day IN (<many>)", series, days, rows));
        }
        return rows;
    }

    void write(Handle tx, Map<Place, Day> days, Collection<Place> known) {
        PreparedBatch updates =
                tx.prepareBatch("UPDATE readings_day SET samples = ?, packed = ? WHERE series = ? AND day = ?");
        PreparedBatch inserts =
                tx.prepareBatch("INSERT INTO readings_day (samples, packed, series, day) VALUES (?, ?, ?, ?)");
        PreparedBatch spans = tx.prepareBatch("""
                UPDATE readings_series
                SET first_day = CASE WHEN first_day > :day THEN :day ELSE first_day END,
                    last_day = CASE WHEN last_day < :day THEN :day ELSE last_day END
                WHERE id = :series AND (first_day > :day OR last_day < :day)
                """);
        new TreeMap<>(days).forEach((place, day) -> {
            if (day.changed()) {
                (known.contains(place) ? updates : inserts)
                        .add(day.size(), day.packed(place.day), place.series, place.day);
                if (!known.contains(place)) {
                    spans.bind("day", place.day).bind("series", place.series).add();
                }
            }
        });
        Stream.of(updates, inserts, spans).filter(batch -> batch.size() > 0).forEach(PreparedBatch::execute);
    }

    /** Records clashes, each once however often it comes; how many were new. */
    int record(Handle tx, Map<Place, Day> days, String source, Instant seen) {
        PreparedBatch batch = tx.prepareBatch("""
                INSERT INTO readings_conflict (series, at_ms, other_value, other_exponent, other_flags,
                    kept_value, kept_exponent, kept_flags, source, seen_ms)
                SELECT id, CAST(:at AS BIGINT), CAST(:other AS BIGINT), CAST(:otherExponent AS INTEGER),
                    CAST(:otherFlags AS INTEGER), CAST(:kept AS BIGINT), CAST(:keptExponent AS INTEGER),
                    CAST(:keptFlags AS INTEGER), CAST(:source AS VARCHAR(200)), CAST(:seen AS BIGINT)
                FROM readings_series WHERE id = :series AND NOT EXISTS (
                    SELECT 1 FROM readings_conflict WHERE series = :series AND at_ms = :at AND other_value = :other
                        AND other_exponent = :otherExponent AND other_flags = :otherFlags)
                """);
        days.forEach((place, day) -> day.clashes()
                .forEach(clash -> batch.bind("series", place.series)
                        .bind("at", clash.other().at())
                        .bind("other", clash.other().value())
                        .bind("otherExponent", clash.other().exponent())
                        .bind("otherFlags", clash.other().flags())
                        .bind("kept", clash.kept().value())
                        .bind("keptExponent", clash.kept().exponent())
                        .bind("keptFlags", clash.kept().flags())
                        .bind("source", source)
                        .bind("seen", seen.toEpochMilli())
                        .add()));
        int recorded = 0;
        if (batch.size() > 0) {
            for (int one : batch.execute()) {
                recorded += one;
            }
        }
        return recorded;
    }

    /** Samples of a series from {@code from} to before {@code to}, at most {@code most}, in order of time. */
    List<Sample> samples(Handle tx, Key key, Instant from, Instant to, int most) {
        Optional<Long> series = tx.createQuery("SELECT id FROM readings_series WHERE meter = ? AND quantity = ?")
                .bind(0, key.meter)
                .bind(1, key.quantity.code())
                .mapTo(Long.class)
                .findOne();
        return series.map(id -> samples(tx, id, key, from, to, most)).orElse(List.of());
    }

    /** Samples of many meters; one statement for 200 series. */
    Map<String, List<Sample>> samples(
            Handle tx, Collection<String> meters, Quantity quantity, Instant from, Instant to) {
        Map<Long, String> numbers = new HashMap<>();
        for (List<String> chunk : chunks(meters.stream())) {
            tx.createQuery("SELECT id, meter FROM readings_series WHERE quantity = :quantity AND meter IN (<meters>)")
                    .bind("quantity", quantity.code())
                    .bindList("meters", chunk)
                    .map((row, context) -> Map.entry(row.getLong(1), row.getString(2)))
                    .forEach(found -> numbers.put(found.getKey(), found.getValue()));
        }
        int first = (int) Math.floorDiv(from.toEpochMilli(), Packed.DAY_MS);
        int last = (int) Math.floorDiv(to.toEpochMilli() - 1, Packed.DAY_MS);
        Map<String, List<Sample>> samples = new HashMap<>();
        for (Map.Entry<Place, byte[]> row :
                rows(tx, numbers.keySet(), first, last).entrySet()) {
            String meter = numbers.get(row.getKey().series);
            List<Sample> into = samples.computeIfAbsent(meter, m -> new ArrayList<>());
            for (Point p : Packed.unpack(row.getKey().day, row.getValue())) {
                if (p.at() >= from.toEpochMilli() && p.at() < to.toEpochMilli()) {
                    into.add(sample(meter, quantity, p));
                }
            }
        }
        return samples;
    }

    /** The newest samples of many meters; one statement for 200 of them. */
    Map<String, Sample> newest(Handle tx, Collection<String> meters, Quantity quantity) {
        Map<String, Sample> newest = new HashMap<>();
        for (List<String> chunk : chunks(meters.stream())) {
            tx.createQuery("""
                    SELECT s.meter, s.last_day, d.packed FROM readings_series s
                    JOIN readings_day d ON d.series = s.id AND d.day = s.last_day
                    WHERE s.quantity = :quantity AND s.meter IN (<meters>)
                    """)
                    .bind("quantity", quantity.code())
                    .bindList("meters", chunk)
                    .map((row, context) -> sample(
                            row.getString(1),
                            quantity,
                            Packed.unpack(row.getInt(2), row.getBytes(3)).getLast()))
                    .forEach(sample -> newest.put(sample.meter(), sample));
        }
        return newest;
    }

    private static Sample sample(String meter, Quantity quantity, Point p) {
        return new Sample(meter, quantity, Instant.ofEpochMilli(p.at()), p.value(), p.exponent(), p.flags());
    }

    private static Map<Place, byte[]> rows(Handle tx, Collection<Long> series, int first, int last) {
        Map<Place, byte[]> rows = new TreeMap<>();
        for (List<Long> chunk : chunks(series.stream())) {
            tx.createQuery("SELECT series, day, packed FROM readings_day"
                            + " WHERE series IN (<series>) AND day BETWEEN :first AND :last")
                    .bind("first", first)
                    .bind("last", last)
                    .bindList("series", chunk)
                    .map((row, context) -> Map.entry(new Place(row.getLong(1), row.getInt(2)), row.getBytes(3)))
                    .forEach(found -> rows.put(found.getKey(), found.getValue()));
        }
        return rows;
    }

    List<SeriesInfo> series(Handle tx, int offset, int most) {
        return tx.createQuery("""
                SELECT meter, quantity, first_day, last_day FROM readings_series
                ORDER BY meter, quantity OFFSET :offset ROWS FETCH NEXT :most ROWS ONLY
                """)
                .bind("offset", offset)
                .bind("most", most)
                .map((row, context) -> info(row))
                .list();
    }

    List<SeriesInfo> having(Handle tx, Collection<Quantity> quantities, int most) {
        return tx.createQuery("""
                SELECT meter, quantity, first_day, last_day FROM readings_series WHERE quantity IN (<quantities>)
                ORDER BY meter, quantity OFFSET 0 ROWS FETCH NEXT :most ROWS ONLY
                """)
                .bindList("quantities", quantities.stream().map(Quantity::code).toList())
                .bind("most", most)
                .map((row, context) -> info(row))
                .list();
    }

    private static SeriesInfo info(ResultSet row) throws SQLException {
        return new SeriesInfo(
                row.getString(1),
                quantity(row.getString(2)),
                LocalDate.ofEpochDay(row.getInt(3)),
                LocalDate.ofEpochDay(row.getInt(4)));
    }

    Optional<SeriesInfo> series(Handle tx, Key key) {
        return tx.createQuery("""
                SELECT first_day, last_day FROM readings_series WHERE meter = ? AND quantity = ?
                """)
                .bind(0, key.meter)
                .bind(1, key.quantity.code())
                .map((row, context) -> new SeriesInfo(
                        key.meter,
                        key.quantity,
                        LocalDate.ofEpochDay(row.getInt(1)),
                        LocalDate.ofEpochDay(row.getInt(2))))
                .findOne();
    }

    /** The newest first. */
    List<Conflict> conflicts(Handle tx, int most) {
        return tx.createQuery("""
                SELECT s.meter, s.quantity, c.at_ms, c.kept_value, c.kept_exponent, c.kept_flags,
                    c.other_value, c.other_exponent, c.other_flags, c.source, c.seen_ms
                FROM readings_conflict c JOIN readings_series s ON s.id = c.series
                ORDER BY c.seen_ms DESC, s.meter, c.at_ms OFFSET 0 ROWS FETCH NEXT :most ROWS ONLY
                """)
                .bind("most", most)
                .map((row, context) -> conflict(row))
                .list();
    }

    /** Those about instants of a stretch of time. */
    List<Conflict> conflicts(Handle tx, Instant from, Instant to, int most) {
        return tx.createQuery("""
                SELECT s.meter, s.quantity, c.at_ms, c.kept_value, c.kept_exponent, c.kept_flags,
                    c.other_value, c.other_exponent, c.other_flags, c.source, c.seen_ms
                FROM readings_conflict c JOIN readings_series s ON s.id = c.series
                WHERE c.at_ms >= :from AND c.at_ms < :to
                ORDER BY c.at_ms, s.meter OFFSET 0 ROWS FETCH NEXT :most ROWS ONLY
                """)
                .bind("from", from.toEpochMilli())
                .bind("to", to.toEpochMilli())
                .bind("most", most)
                .map((row, context) -> conflict(row))
                .list();
    }

    private static Conflict conflict(ResultSet row) throws SQLException {
        Quantity quantity = quantity(row.getString(2));
        Instant at = Instant.ofEpochMilli(row.getLong(3));
        String meter = row.getString(1);
        return new Conflict(
                new Sample(meter, quantity, at, row.getLong(4), row.getInt(5), row.getInt(6)),
                new Sample(meter, quantity, at, row.getLong(7), row.getInt(8), row.getInt(9)),
                row.getString(10),
                Instant.ofEpochMilli(row.getLong(11)));
    }

    private static long added(Handle tx, Key key, int day) {
        return tx.createUpdate("""
                INSERT INTO readings_series (meter, quantity, first_day, last_day)
                VALUES (:meter, :quantity, :day, :day)
                """)
                .bind("meter", key.meter)
                .bind("quantity", key.quantity.code())
                .bind("day", day)
                .executeAndReturnGeneratedKeys()
                .mapTo(Long.class)
                .one();
    }

    private void read(
            Handle tx, String where, Object one, List<? extends Comparable<?>> many, Map<Place, byte[]> into) {
        String sql = "SELECT series, day, packed FROM readings_day WHERE " + where + dialect.lockRows();
        for (List<? extends Comparable<?>> chunk : chunks(many.stream())) {
            tx.createQuery(sql)
                    .bind("one", one)
                    .bindList("many", chunk)
                    .map((row, context) -> Map.entry(new Place(row.getLong(1), row.getInt(2)), row.getBytes(3)))
                    .forEach(found -> into.put(found.getKey(), found.getValue()));
        }
    }

    private static List<Sample> samples(Handle tx, long series, Key key, Instant from, Instant to, int most) {
        List<Sample> samples = new ArrayList<>();
        try (Stream<Map.Entry<Integer, byte[]>> rows = tx
                .createQuery("""
                SELECT day, packed FROM readings_day
                WHERE series = :series AND day BETWEEN :first AND :last ORDER BY day
                """)
                .bind("series", series)
                .bind("first", Math.floorDiv(from.toEpochMilli(), Packed.DAY_MS))
                .bind("last", Math.floorDiv(to.toEpochMilli() - 1, Packed.DAY_MS))
                .map((row, context) -> Map.entry(row.getInt(1), row.getBytes(2)))
                .stream()) {
            rows.flatMap(row -> Packed.unpack(row.getKey(), row.getValue()).stream())
                    .filter(p -> p.at() >= from.toEpochMilli() && p.at() < to.toEpochMilli())
                    .limit(most)
                    .map(p -> new Sample(
                            key.meter, key.quantity, Instant.ofEpochMilli(p.at()), p.value(), p.exponent(), p.flags()))
                    .forEach(samples::add);
        }
        return samples;
    }

    private static Quantity quantity(String code) {
        return Quantity.ofCode(code)
                .orElseThrow(() -> new IllegalStateException("a series of an unknown quantity: " + code));
    }

    private static <T extends Comparable<?>> List<List<T>> chunks(Stream<T> values) {
        List<T> sorted = new ArrayList<>(new TreeSet<>(values.toList()));
        List<List<T>> chunks = new ArrayList<>();
        for (int from = 0; from < sorted.size(); from += CHUNK) {
            chunks.add(sorted.subList(from, Math.min(sorted.size(), from + CHUNK)));
        }
        return chunks;
    }
}
