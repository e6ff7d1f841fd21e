package city.hamana.capability.maps;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.StatementContext;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.io.ParseException;
import org.locationtech.jts.io.WKBReader;
import org.locationtech.jts.io.WKBWriter;

/** The table of features. The database finds boxes that touch; what really meets is told from the shapes. */
final class FeatureStore {
    private static final long NO_END = Long.MAX_VALUE;
    private static final String COLUMNS = "id, layer, geometry, properties, valid_from_ms, valid_to_ms";

    /** What to look for. */
    record Search(String layer, Box box, Span when) {}

    /** Where a layer reaches. */
    record Extent(long count, Box box, Instant from) {}

    /** Writes it; one that has the same id is replaced. */
    void put(Handle tx, Feature feature) {
        tx.execute("DELETE FROM maps_feature WHERE id = ?", feature.id());
        Envelope box = feature.geometry().getEnvelopeInternal();
        tx.createUpdate("""
                INSERT INTO maps_feature (id, layer, geometry, properties, west, south, east, north,
                                          valid_from_ms, valid_to_ms)
                VALUES (:id, :layer, :geometry, :properties, :west, :south, :east, :north, :from, :to)
                """)
                .bind("id", feature.id())
                .bind("layer", feature.layer())
                .bind("geometry", new WKBWriter().write(feature.geometry()))
                .bind("properties", GeoJson.text(feature.properties()))
                .bind("west", box.getMinX())
                .bind("south", box.getMinY())
                .bind("east", box.getMaxX())
                .bind("north", box.getMaxY())
                .bind("from", feature.validFrom().toEpochMilli())
                .bind("to", feature.validTo().map(Instant::toEpochMilli).orElse(NO_END))
                .execute();
    }

    Optional<Feature> feature(Handle tx, String id) {
        return tx.createQuery("SELECT " + COLUMNS + " FROM maps_feature WHERE id = :id")
                .bind("id", id)
                .map(FeatureStore::read)
                .findOne();
    }

    /** Those that meet the box at some moment of the time, by id, at most {@code most}. */
    List<Feature> find(Handle tx, Search search, Predicate<Feature> also, int most) {
        try (Stream<Feature> all = stream(tx, search)) {
            return all.filter(also).limit(most).toList();
        }
    }

    /** Walks over all of them in order; the caller closes. */
    Stream<Feature> stream(Handle tx, Search search) {
        List<Envelope> parts = search.box().parts();
        Query query = tx.createQuery("""
                SELECT %s FROM maps_feature
                WHERE layer = :layer AND valid_from_ms <= :until AND valid_to_ms > :from
                  AND north >= :south AND south <= :north
                  AND ((east >= :west1 AND west <= :east1) OR (east >= :west2 AND west <= :east2))
                ORDER BY id
                """.formatted(COLUMNS))
                .bind("layer", search.layer())
                .bind("until", search.when().untilMs())
                .bind("from", search.when().fromMs())
                .bind("south", search.box().south())
                .bind("north", search.box().north())
                .bind("west1", parts.getFirst().getMinX())
                .bind("east1", parts.getFirst().getMaxX())
                .bind("west2", parts.getLast().getMinX())
                .bind("east2", parts.getLast().getMaxX());
        return query.map(FeatureStore::read).stream()
                .filter(feature -> search.box().meets(feature.geometry()));
    }

    /** Empty for a layer without features. */
    Optional<Extent> extent(Handle tx, String layer) {
        return tx.createQuery("""
                SELECT COUNT(*), MIN(west), MIN(south), MAX(east), MAX(north), MIN(valid_from_ms)
                FROM maps_feature WHERE layer = :layer
                """)
                .bind("layer", layer)
                .map((row, context) -> new Extent(
                        row.getLong(1),
                        row.getLong(1) == 0
                                ? Box.EARTH
                                : new Box(row.getDouble(2), row.getDouble(3), row.getDouble(4), row.getDouble(5)),
                        Instant.ofEpochMilli(row.getLong(6))))
                .findOne()
                .filter(extent -> extent.count() > 0);
    }

    private static Feature read(ResultSet row, StatementContext context) throws SQLException {
        long to = row.getLong(6);
        try {
            return new Feature(
                    row.getString(1),
                    row.getString(2),
                    new WKBReader().read(row.getBytes(3)),
                    GeoJson.properties(row.getString(4)),
                    Instant.ofEpochMilli(row.getLong(5)),
                    to == NO_END ? Optional.empty() : Optional.of(Instant.ofEpochMilli(to)));
        } catch (ParseException e) {
            throw MapsException.unreadable(row.getString(1), e);
        }
    }
}
