package city.hamana.service.network;

import city.hamana.capability.maps.Place;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** The tables of districts, their inlets and the meters in them. */
final class Districts {
    private static final int BATCH = 1_000;
    private static final String DMA =
            "SELECT code, name, name_easy, name_pt, name_en, latitude, longitude, connections FROM network_dma ";

    /** By code, at most {@link DistrictFiles#MOST_DISTRICTS}. */
    List<Dma> all(Handle tx) {
        return tx.createQuery(DMA + "ORDER BY code OFFSET 0 ROWS FETCH NEXT :most ROWS ONLY")
                .bind("most", DistrictFiles.MOST_DISTRICTS)
                .map((row, context) -> dma(row))
                .list();
    }

    Optional<Dma> one(Handle tx, String code) {
        return tx.createQuery(DMA + "WHERE code = :code")
                .bind("code", code)
                .map((row, context) -> dma(row))
                .findOne();
    }

    private static Dma dma(ResultSet row) throws SQLException {
        return new Dma(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                row.getString(5),
                new Place(row.getDouble(7), row.getDouble(6)),
                row.getInt(8));
    }

    /** Of all districts. */
    List<Inlet> inlets(Handle tx) {
        return tx.createQuery("SELECT dma, meter, direction FROM network_inlet ORDER BY dma, meter")
                .map((row, context) -> new Inlet(row.getString(1), row.getString(2), row.getInt(3)))
                .list();
    }

    List<Inlet> inlets(Handle tx, String dma) {
        return inlets(tx).stream().filter(inlet -> inlet.dma().equals(dma)).toList();
    }

    /** In which district each meter stands on a day; those in none are not in it. */
    Map<String, String> standing(Handle tx, LocalDate day) {
        Map<String, String> standing = new HashMap<>();
        tx.createQuery("SELECT meter, dma FROM network_meter WHERE from_day <= :day ORDER BY from_day")
                .bind("day", day.toEpochDay())
                .map((row, context) -> Map.entry(row.getString(1), row.getString(2)))
                .forEach(entry -> standing.put(entry.getKey(), entry.getValue()));
        standing.values().removeIf(String::isEmpty);
        return standing;
    }

    DistrictFiles.Held held(Handle tx) {
        Set<String> inlets = new HashSet<>();
        inlets(tx).forEach(inlet -> inlets.add(inlet.meter()));
        Set<String> codes = new TreeSet<>();
        all(tx).forEach(dma -> codes.add(dma.code()));
        Set<String> homes = new HashSet<>(tx.createQuery("SELECT DISTINCT meter FROM network_meter")
                .mapTo(String.class)
                .list());
        return new DistrictFiles.Held(codes, inlets, homes);
    }

    /**
     * Writes what the files say.
     *
     * @param hour from which changed inlets hold
     */
    void take(Handle tx, DistrictFiles.Content content, long hour) {
        content.districts().forEach(dma -> put(tx, dma));
        if (content.given().contains(DistrictFiles.INLETS)) {
            takeInlets(tx, content.inlets(), hour);
        }
        if (content.given().contains(DistrictFiles.METERS)) {
            takeMeters(tx, content.meters());
        }
    }

    private static void put(Handle tx, Dma dma) {
        int known = tx.createUpdate("""
                UPDATE network_dma SET name = :name, name_easy = :easy, name_pt = :pt, name_en = :en,
                    latitude = :latitude, longitude = :longitude, connections = :connections
                WHERE code = :code
                """).bindMap(facts(dma)).execute();
        if (known == 0) {
            tx.createUpdate("""
                    INSERT INTO network_dma (code, name, name_easy, name_pt, name_en, latitude, longitude, connections,
                        begun, hours_to, watch_from, watched_to, waits_ms, looked_day)
                    VALUES (:code, :name, :easy, :pt, :en, :latitude, :longitude, :connections, 0, 0, 0, 0, -1, -1)
                    """).bindMap(facts(dma)).execute();
        }
    }

    private static Map<String, Object> facts(Dma dma) {
        return Map.of(
                "code", dma.code(),
                "name", dma.name(),
                "easy", dma.easyName(),
                "pt", dma.ptName(),
                "en", dma.enName(),
                "latitude", dma.place().latitude(),
                "longitude", dma.place().longitude(),
                "connections", dma.connections());
    }

    /** Where inlets are others than before, their sum is another one: the past stays, and the watch begins anew. */
    private void takeInlets(Handle tx, List<Inlet> inlets, long hour) {
        Set<Inlet> before = new HashSet<>(inlets(tx));
        tx.execute("DELETE FROM network_inlet");
        PreparedBatch batch = tx.prepareBatch("INSERT INTO network_inlet (dma, meter, direction) VALUES (?, ?, ?)");
        inlets.forEach(inlet -> batch.add(inlet.dma(), inlet.meter(), inlet.direction()));
        if (!inlets.isEmpty()) {
            batch.execute();
        }
        for (Dma dma : all(tx)) {
            if (!of(before, dma).isEmpty() && !of(before, dma).equals(of(new HashSet<>(inlets), dma))) {
                tx.execute(
                        "UPDATE network_dma SET begun = ?, hours_to = ?, watch_from = ?, watched_to = ?, waits_ms = -1"
                                + " WHERE code = ? AND hours_to > 0",
                        hour,
                        hour,
                        hour,
                        hour,
                        dma.code());
            }
        }
    }

    private static List<Inlet> of(Set<Inlet> inlets, Dma dma) {
        return inlets.stream()
                .filter(inlet -> inlet.dma().equals(dma.code()))
                .sorted((a, b) -> a.meter().compareTo(b.meter()))
                .toList();
    }

    private static void takeMeters(Handle tx, List<Standing> meters) {
        tx.execute("DELETE FROM network_meter");
        for (int i = 0; i < meters.size(); i += BATCH) {
            PreparedBatch batch = tx.prepareBatch("INSERT INTO network_meter (meter, from_day, dma) VALUES (?, ?, ?)");
            meters.subList(i, Math.min(meters.size(), i + BATCH))
                    .forEach(one -> batch.add(one.meter(), one.from().toEpochDay(), one.dma()));
            batch.execute();
        }
    }

    /** Of every district, the one that is farthest behind first. */
    List<Cursor> cursors(Handle tx) {
        return new ArrayList<>(
                tx.createQuery("""
                SELECT code, begun, hours_to, watch_from, watched_to, waits_ms, looked_day
                FROM network_dma ORDER BY hours_to, code
                """).map((row, context) -> cursor(row)).list());
    }

    Cursor cursor(Handle tx, String dma) {
        return tx.createQuery("""
                SELECT code, begun, hours_to, watch_from, watched_to, waits_ms, looked_day
                FROM network_dma WHERE code = :dma
                """)
                .bind("dma", dma)
                .map((row, context) -> cursor(row))
                .one();
    }

    private static Cursor cursor(ResultSet row) throws SQLException {
        long waits = row.getLong(6);
        return new Cursor(
                row.getString(1),
                row.getLong(2),
                row.getLong(3),
                row.getLong(4),
                row.getLong(5),
                waits < 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(waits)),
                row.getLong(7));
    }

    /** Moves the hours on, unless somebody has changed the inlets meanwhile. */
    boolean hoursTo(Handle tx, Cursor before, long hoursTo, long lookedDay) {
        return tx.execute(
                        "UPDATE network_dma SET hours_to = ?, looked_day = ? WHERE code = ? AND begun = ? AND hours_to = ?",
                        hoursTo,
                        lookedDay,
                        before.dma(),
                        before.begun(),
                        before.hoursTo())
                == 1;
    }

    /** Moves the watch on, unless somebody has changed the inlets meanwhile. */
    boolean watched(Handle tx, Cursor before, long from, long to, Optional<Instant> waits) {
        return tx.execute(
                        "UPDATE network_dma SET watch_from = ?, watched_to = ?, waits_ms = ?"
                                + " WHERE code = ? AND begun = ? AND watched_to = ?",
                        from,
                        to,
                        waits.map(Instant::toEpochMilli).orElse(-1L),
                        before.dma(),
                        before.begun(),
                        before.watchedTo())
                == 1;
    }
}
