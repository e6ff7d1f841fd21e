package city.hamana.service.network;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** The tables of figures: hours, nights, forecasts, and what the meters used. What is stored once stays as it is. */
final class Flows {
    static final int MOST_HOURS = 25_000;

    /** What a district's meters used on a day. */
    record Used(long litres, int known, int meters) {}

    /** From {@code from} to before {@code to}, the first {@value #MOST_HOURS}. */
    List<Hour> hours(Handle tx, String dma, long from, long to) {
        return tx.createQuery("""
                SELECT at_hour, litres, watched FROM network_hour WHERE dma = :dma AND at_hour >= :from AND at_hour < :to
                ORDER BY at_hour OFFSET 0 ROWS FETCH NEXT :most ROWS ONLY
                """)
                .bind("dma", dma)
                .bind("from", from)
                .bind("to", to)
                .bind("most", MOST_HOURS)
                .map((row, context) -> new Hour(row.getLong(1), row.getLong(2), row.getBoolean(3)))
                .list();
    }

    /** The newest hour of every district that has one. */
    Map<String, Hour> newest(Handle tx) {
        return tx
                .createQuery("""
                SELECT h.dma, h.at_hour, h.litres, h.watched FROM network_hour h
                JOIN (SELECT dma, MAX(at_hour) AS newest FROM network_hour GROUP BY dma) n
                    ON n.dma = h.dma AND n.newest = h.at_hour
                """)
                .map((row, context) ->
                        Map.entry(row.getString(1), new Hour(row.getLong(2), row.getLong(3), row.getBoolean(4))))
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    Optional<Long> firstHour(Handle tx, String dma) {
        return tx.createQuery("SELECT MIN(at_hour) FROM network_hour WHERE dma = :dma HAVING COUNT(*) > 0")
                .bind("dma", dma)
                .mapTo(Long.class)
                .findOne();
    }

    /** Adds hours that are not held yet; how many were new. */
    int add(Handle tx, String dma, List<Hour> hours) {
        if (hours.isEmpty()) {
            return 0;
        }
        Set<Long> held = new HashSet<>();
        hours(tx, dma, hours.getFirst().hour(), hours.getLast().hour() + 1).forEach(hour -> held.add(hour.hour()));
        List<Hour> fresh =
                hours.stream().filter(hour -> !held.contains(hour.hour())).toList();
        PreparedBatch batch =
                tx.prepareBatch("INSERT INTO network_hour (dma, at_hour, litres, watched) VALUES (?, ?, ?, ?)");
        fresh.forEach(hour -> batch.add(dma, hour.hour(), hour.litres(), false));
        if (!fresh.isEmpty()) {
            batch.execute();
        }
        return fresh.size();
    }

    /** Marks what the watch has been told. */
    void watched(Handle tx, String dma, List<Hour> hours) {
        PreparedBatch batch = tx.prepareBatch("UPDATE network_hour SET watched = TRUE WHERE dma = ? AND at_hour = ?");
        hours.forEach(hour -> batch.add(dma, hour.hour()));
        if (!hours.isEmpty()) {
            batch.execute();
        }
    }

    /** Litres of the least hour of each night from a day on, by district and day. */
    Map<String, NavigableMap<LocalDate, Long>> nights(Handle tx, LocalDate from) {
        return dated(
                tx, "SELECT dma, day_no, litres FROM network_night WHERE day_no >= :from", from, r -> r.getLong(3));
    }

    void night(Handle tx, String dma, LocalDate day, long litres) {
        tx.execute("INSERT INTO network_night (dma, day_no, litres) VALUES (?, ?, ?)", dma, day.toEpochDay(), litres);
    }

    /** What was expected of the days from one on, hour by hour in litres; NaN where nothing was. */
    Map<String, NavigableMap<LocalDate, double[]>> forecasts(Handle tx, LocalDate from) {
        String sql = "SELECT dma, day_no, litres FROM network_forecast WHERE day_no >= :from";
        return dated(tx, sql, from, row -> litres(row.getString(3)));
    }

    void forecast(Handle tx, String dma, LocalDate day, double[] litres) {
        String text = Arrays.stream(litres)
                .mapToObj(one -> Double.isNaN(one) ? "" : Long.toString(Math.round(one)))
                .collect(Collectors.joining(","));
        tx.execute("INSERT INTO network_forecast (dma, day_no, litres) VALUES (?, ?, ?)", dma, day.toEpochDay(), text);
    }

    private static double[] litres(String text) {
        return Arrays.stream(text.split(",", -1))
                .mapToDouble(one -> one.isEmpty() ? Double.NaN : Double.parseDouble(one))
                .toArray();
    }

    Map<String, NavigableMap<LocalDate, Used>> used(Handle tx, LocalDate from) {
        String sql = "SELECT dma, day_no, litres, known, meters FROM network_use WHERE day_no >= :from";
        return dated(tx, sql, from, row -> new Used(row.getLong(3), row.getInt(4), row.getInt(5)));
    }

    private record Dated<T>(String dma, LocalDate day, T value) {}

    /** Reads the value out of a row. */
    private interface Reader<T> {
        T read(ResultSet row) throws SQLException;
    }

    private static <T> Map<String, NavigableMap<LocalDate, T>> dated(
            Handle tx, String sql, LocalDate from, Reader<T> reader) {
        Map<String, NavigableMap<LocalDate, T>> all = new HashMap<>();
        tx.createQuery(sql)
                .bind("from", from.toEpochDay())
                .map((row, context) ->
                        new Dated<>(row.getString(1), LocalDate.ofEpochDay(row.getLong(2)), reader.read(row)))
                .forEach(one ->
                        all.computeIfAbsent(one.dma, dma -> new TreeMap<>()).put(one.day, one.value));
        return all;
    }

    /** Writes what was used on a day, anew where it was reckoned before: estimates get better. */
    void used(Handle tx, LocalDate day, Map<String, Used> used) {
        used.forEach((dma, one) -> {
            List<Object> values = new ArrayList<>(List.of(one.litres, one.known, one.meters, dma, day.toEpochDay()));
            int known = tx.execute(
                    "UPDATE network_use SET litres = ?, known = ?, meters = ? WHERE dma = ? AND day_no = ?",
                    values.toArray());
            if (known == 0) {
                tx.execute(
                        "INSERT INTO network_use (litres, known, meters, dma, day_no) VALUES (?, ?, ?, ?, ?)",
                        values.toArray());
            }
        });
    }

    /** Lets the use of the days from one on be reckoned anew. */
    void forgetUse(Handle tx, LocalDate from) {
        tx.execute("DELETE FROM network_use WHERE day_no >= ?", from.toEpochDay());
    }

    /** The last day of which the use is known; empty before the first. */
    Optional<LocalDate> lastUse(Handle tx) {
        return tx.createQuery("SELECT MAX(day_no) FROM network_use HAVING COUNT(*) > 0")
                .mapTo(Long.class)
                .findOne()
                .map(LocalDate::ofEpochDay);
    }
}
