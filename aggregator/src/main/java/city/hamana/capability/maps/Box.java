package city.hamana.capability.maps;

import java.util.List;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;

/**
 * A box of longitudes and latitudes in degrees, its border included. Where {@code west} is greater than {@code east}
 * it crosses the line of 180 degrees (RFC 7946 §5.2).
 */
record Box(double west, double south, double east, double north) {
    static final Box EARTH = new Box(-180, -90, 180, 90);

    Box {
        boolean onEarth = Math.abs(west) <= 180 && Math.abs(east) <= 180 && south >= -90 && north <= 90;
        if (!onEarth || !(south <= north)) {
            throw new IllegalArgumentException("not a box on the earth");
        }
    }

    /** One part, or the two on either side of the line of 180 degrees. */
    List<Envelope> parts() {
        return west <= east
                ? List.of(new Envelope(west, east, south, north))
                : List.of(new Envelope(west, 180, south, north), new Envelope(-180, east, south, north));
    }

    boolean meets(Geometry shape) {
        return parts().stream().anyMatch(part -> meets(part, shape));
    }

    private static boolean meets(Envelope part, Geometry shape) {
        return part.covers(shape.getEnvelopeInternal())
                || shape.getFactory().toGeometry(part).intersects(shape);
    }
}
