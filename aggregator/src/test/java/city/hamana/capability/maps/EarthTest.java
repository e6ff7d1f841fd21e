package city.hamana.capability.maps;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.geom.LineString;

/** Distances, against figures that are known and against walking along a line step by step. */
class EarthTest {
    private static final GeometryFactory SHAPES = new GeometryFactory();
    private static final int STEPS = 4_000;

    @Test
    void aDegreeOfAGreatCircleIsAThreeHundredSixtiethOfTheEarth() {
        double degree = 2 * Math.PI * Earth.RADIUS_M / 360;
        assertEquals(degree, new Place(0, 0).metresTo(new Place(1, 0)), 1e-6);
        assertEquals(degree, new Place(137.5, 34).metresTo(new Place(137.5, 35)), 1e-6);
        assertEquals(degree, new Place(179.5, 0).metresTo(new Place(-179.5, 0)), 1e-6);
        assertEquals(180 * degree, new Place(0, 90).metresTo(new Place(12, -90)), 1e-6);
    }

    @Test
    void thePlaceWithinAPolygonIsNoMetreFromIt() {
        var square = SHAPES.toGeometry(new org.locationtech.jts.geom.Envelope(137.4, 137.6, 34.6, 34.8));
        assertEquals(0, Earth.metres(new Place(137.5, 34.7), square));
        assertTrue(Earth.metres(new Place(137.7, 34.7), square) > 9_000);
    }

    @Property(tries = 300)
    void theNearestPointOfALineIsTheNearestOfAllItsPoints(
            @ForAll @DoubleRange(min = 137.4, max = 137.7) double x,
            @ForAll @DoubleRange(min = 34.6, max = 34.9) double y,
            @ForAll @DoubleRange(min = 137.4, max = 137.7) double x1,
            @ForAll @DoubleRange(min = 34.6, max = 34.9) double y1,
            @ForAll @DoubleRange(min = 137.4, max = 137.7) double x2,
            @ForAll @DoubleRange(min = 34.6, max = 34.9) double y2) {
        Place from = new Place(x, y);
        LineString line = SHAPES.createLineString(new Coordinate[] {new Coordinate(x1, y1), new Coordinate(x2, y2)});
        double walked = Double.POSITIVE_INFINITY;
        for (int i = 0; i <= STEPS; i++) {
            double t = i / (double) STEPS;
            walked = Math.min(walked, from.metresTo(new Place(x1 + t * (x2 - x1), y1 + t * (y2 - y1))));
        }
        // Two steps lie up to 11 m apart, and a line of 40 km that is straight in degrees is bent a little on the
        // sheet.
        assertEquals(walked, Earth.metres(from, line), 10 + walked / 500);
    }

    @Property(tries = 500)
    void theBoxAroundAPlaceHoldsEveryPlaceWithinTheDistance(
            @ForAll @DoubleRange(min = -180, max = 180) double x,
            @ForAll @DoubleRange(min = -89, max = 89) double y,
            @ForAll @DoubleRange(min = 1, max = 50_000) double metres,
            @ForAll @IntRange(max = 359) int bearing) {
        Place centre = new Place(x, y);
        Place rim = moved(centre, metres * 0.999, bearing);
        assertEquals(metres * 0.999, centre.metresTo(rim), metres * 1e-6 + 1e-3);
        var point = SHAPES.createPoint(new Coordinate(rim.longitude(), rim.latitude()));
        assertTrue(Earth.around(centre, metres).meets(point), centre + " " + rim);
    }

    @Test
    void aBoxOverTheLineOfOneHundredEightyDegreesHasTwoParts() {
        Box box = new Box(177, -20, -177, 20);
        assertEquals(2, box.parts().size());
        assertTrue(box.meets(SHAPES.createPoint(new Coordinate(179, 0))));
        assertTrue(box.meets(SHAPES.createPoint(new Coordinate(-179, 0))));
        assertFalse(box.meets(SHAPES.createPoint(new Coordinate(0, 0))));
    }

    @Test
    void whatIsNotOnTheEarthIsNoPlace() {
        List<String> wrong = new ArrayList<>(List.of("NaN", "181", "-180.1", "x", "", "1e999"));
        wrong.forEach(text -> assertTrue(Place.of(text, "0").isEmpty(), text));
        assertTrue(Place.of("0", "90.1").isEmpty());
        assertTrue(Place.of("-180", "-90").isPresent());
    }

    /** The place so many metres away, by the formula of spherical navigation. */
    private static Place moved(Place from, double metres, int bearing) {
        double angle = metres / Earth.RADIUS_M;
        double here = Math.toRadians(from.latitude());
        double way = Math.toRadians(bearing);
        double there = Math.asin(Math.sin(here) * Math.cos(angle) + Math.cos(here) * Math.sin(angle) * Math.cos(way));
        double aside = Math.atan2(
                Math.sin(way) * Math.sin(angle) * Math.cos(here), Math.cos(angle) - Math.sin(here) * Math.sin(there));
        double longitude = from.longitude() + Math.toDegrees(aside);
        return new Place(
                longitude > 180 ? longitude - 360 : longitude < -180 ? longitude + 360 : longitude,
                Math.toDegrees(there));
    }
}
