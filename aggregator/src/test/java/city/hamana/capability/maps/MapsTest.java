package city.hamana.capability.maps;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.hamana.platform.db.Database;
import city.hamana.platform.events.Events;
import city.hamana.platform.html.Html;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.geom.Polygon;

/** On Derby; {@link PostgresMapsTest} tells the same on PostgreSQL. */
class MapsTest {
    private static final GeometryFactory SHAPES = new GeometryFactory();
    private static final Instant NOW = Instant.parse("2026-07-03T05:20:00Z");
    private static final Instant LONG_AGO = Instant.parse("2020-04-01T00:00:00Z");
    private static final Layer WARDS = layer("wards");
    private static final Layer TAPS = layer("taps");

    private Database database;
    private Events events;
    private Maps maps;

    Database database() {
        return Database.open("jdbc:derby:memory:maps;create=true");
    }

    @BeforeEach
    void open() {
        database = database();
        events = new Events(database);
        Clock clock = Clock.fixed(NOW, ZoneId.of("Asia/Tokyo"));
        maps = new Maps(database, events, new Html(), clock, URI.create("https://hamana.example"), Tiles.NONE);
        maps.layer(WARDS);
        maps.layer(TAPS);
        database.migrate(List.of(Events.SCHEMA, maps.schema()));
    }

    @AfterEach
    void close() {
        database.inTransaction(tx -> {
            tx.execute("DELETE FROM maps_feature");
            tx.execute("DELETE FROM events_log");
            return tx.execute("UPDATE events_head SET last_sequence = 0, last_hash = ?", "0".repeat(64));
        });
        database.close();
    }

    @Test
    void whatWasPutComesBackAsItWas() {
        Feature tap = Feature.of(
                "tap-1",
                "taps",
                new Place(137.53170000001, 34.7184),
                Map.of("name", "\u9DF2\u6D25\uDB40\uDD00", "depth", 1.2, "open", true),
                LONG_AGO);
        put(tap);
        Feature back = database.inTransaction(tx -> maps.feature(tx, "tap-1")).orElseThrow();
        assertEquals(tap.properties(), back.properties());
        assertTrue(tap.geometry().equalsExact(back.geometry()));
        assertEquals(LONG_AGO, back.validFrom());
        assertTrue(back.validTo().isEmpty());
    }

    @Test
    void aFeaturePutAgainIsReplacedAndEachTimeIsAnEvent() {
        put(tap("tap-1", 137.5, 34.7));
        put(tap("tap-1", 137.6, 34.7));
        assertEquals(1, all(TAPS).size());
        assertEquals(137.6, all(TAPS).getFirst().place().longitude());
        assertEquals(
                2,
                database.inTransaction(tx -> events.about(tx, "feature:tap-1", 9))
                        .size());
    }

    @Test
    void whatEndedIsNoLongerThereButStaysInThePast() {
        put(tap("tap-1", 137.5, 34.7));
        database.inTransaction(tx -> {
            maps.end(tx, "system", "tap-1", NOW.minusSeconds(1));
            return 0;
        });
        assertEquals(List.of(), all(TAPS));
        assertEquals(
                Optional.of(NOW.minusSeconds(1)),
                database.inTransaction(tx -> maps.feature(tx, "tap-1"))
                        .orElseThrow()
                        .validTo());
    }

    @Test
    void aLayerThatNobodyRegisteredTakesNothing() {
        Feature stray = Feature.of("x", "strays", new Place(137, 34), Map.of(), LONG_AGO);
        assertThrows(MapsException.class, () -> put(stray));
    }

    @Test
    void thePolygonsThatHoldAPlaceAreThoseThatCountingCrossingsFinds() {
        Random random = new Random(6);
        List<Polygon> wards = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            Polygon ward = star(random);
            wards.add(ward);
            put(new Feature("ward-%02d".formatted(i), "wards", ward, Map.of(), LONG_AGO, Optional.empty()));
        }
        for (int i = 0; i < 120; i++) {
            Place place = place(random);
            List<String> expected = new ArrayList<>();
            for (int w = 0; w < wards.size(); w++) {
                if (holds(wards.get(w), place)) {
                    expected.add("ward-%02d".formatted(w));
                }
            }
            List<String> found = database.inTransaction(tx -> maps.at(tx, "wards", place)).stream()
                    .map(Feature::id)
                    .toList();
            assertEquals(expected, found, place.toString());
        }
    }

    @Test
    void theNearestAreThoseThatMeasuringAllOfThemFinds() {
        Random random = new Random(7);
        List<Feature> taps = new ArrayList<>();
        for (int i = 0; i < 120; i++) {
            Place place = place(random);
            taps.add(tap("tap-%03d".formatted(i), place.longitude(), place.latitude()));
            put(taps.getLast());
        }
        for (int i = 0; i < 100; i++) {
            Place from = place(random);
            double within = 200 + random.nextInt(5_000);
            List<String> expected = taps.stream()
                    .filter(tap -> tap.place().metresTo(from) <= within)
                    .sorted(Comparator.comparingDouble(tap -> tap.place().metresTo(from)))
                    .limit(5)
                    .map(Feature::id)
                    .toList();
            List<String> found = database.inTransaction(tx -> maps.nearest(tx, "taps", from, 5, within)).stream()
                    .map(near -> near.feature().id())
                    .toList();
            assertEquals(expected, found);
        }
    }

    @Test
    void whatIsNearOverTheLineOfOneHundredEightyDegreesIsFound() {
        put(tap("west", -179.999, 10));
        Place east = new Place(179.999, 10);
        assertEquals(
                1,
                database.inTransaction(tx -> maps.nearest(tx, "taps", east, 5, 500))
                        .size());
        assertEquals(
                0,
                database.inTransaction(tx -> maps.nearest(tx, "taps", east, 5, 100))
                        .size());
    }

    @Test
    void theSampleIsLoadedOnceAndLiesWithinTheCity() {
        for (int i = 0; i < 2; i++) {
            database.inTransaction(tx -> {
                maps.seed(tx);
                return 0;
            });
        }
        List<Feature> facilities = database.inTransaction(tx -> maps.all(tx, Maps.FACILITIES, 100));
        assertEquals(18, facilities.size());
        for (Feature facility : facilities) {
            assertEquals(
                    1,
                    database.inTransaction(tx -> maps.at(tx, Maps.CITY, facility.place()))
                            .size(),
                    facility.text("name"));
        }
        assertEquals(1, database.inTransaction(tx -> events.latest(tx, 10)).size());
    }

    private static Layer layer(String id) {
        return new Layer(id, "test." + id, Layer.Audience.EVERYONE, Layer.Marker.CIRCLE, List.of());
    }

    private void put(Feature feature) {
        database.inTransaction(tx -> maps.put(tx, "system", feature));
    }

    private List<Feature> all(Layer layer) {
        return database.inTransaction(tx -> maps.all(tx, layer.id(), 100));
    }

    private static Feature tap(String id, double longitude, double latitude) {
        return Feature.of(id, "taps", new Place(longitude, latitude), Map.of(), LONG_AGO);
    }

    private static Place place(Random random) {
        return new Place(137.4 + random.nextDouble() * 0.2, 34.6 + random.nextDouble() * 0.2);
    }

    private static Polygon star(Random random) {
        Place middle = place(random);
        int corners = 3 + random.nextInt(9);
        Coordinate[] ring = new Coordinate[corners + 1];
        for (int i = 0; i < corners; i++) {
            double radius = 0.005 + random.nextDouble() * 0.04;
            double angle = 2 * Math.PI * i / corners;
            ring[i] = new Coordinate(
                    middle.longitude() + radius * Math.cos(angle), middle.latitude() + radius * Math.sin(angle));
        }
        ring[corners] = ring[0];
        return SHAPES.createPolygon(ring);
    }

    /** An odd number of sides lies to the right of what is inside. */
    private static boolean holds(Polygon polygon, Place place) {
        Coordinate[] ring = polygon.getCoordinates();
        boolean inside = false;
        for (int i = 1; i < ring.length; i++) {
            Coordinate a = ring[i - 1];
            Coordinate b = ring[i];
            if ((a.y > place.latitude()) != (b.y > place.latitude())) {
                double x = a.x + (place.latitude() - a.y) / (b.y - a.y) * (b.x - a.x);
                inside ^= x > place.longitude();
            }
        }
        return inside;
    }
}
