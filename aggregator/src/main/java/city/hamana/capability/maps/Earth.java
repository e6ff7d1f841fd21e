package city.hamana.capability.maps;

import org.locationtech.jts.densify.Densifier;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.CoordinateFilter;
import org.locationtech.jts.geom.Geometry;

/** Distances on a sphere of the earth's mean radius: within 0.6 % of those on the ellipsoid. */
final class Earth {
    /** Mean radius of WGS 84's ellipsoid (IUGG). */
    static final double RADIUS_M = 6_371_008.8;

    /** A line straight in degrees bends on the sheet: by 1 cm over 1 km, by 10 m over 30 km. */
    private static final double LONGEST_STEP_DEGREES = 0.01;

    private Earth() {}

    /** Great-circle metres, by the haversine formula, which stays exact for near places. */
    static double metres(Place a, Place b) {
        return RADIUS_M * angle(a, b.longitude(), b.latitude());
    }

    /**
     * Metres from a place to the nearest point of a shape, 0 within a polygon. The shape is drawn so that distances
     * from the place are true (azimuthal equidistant) and measured there.
     */
    static double metres(Place from, Geometry shape) {
        if (shape.isEmpty()) {
            return Double.POSITIVE_INFINITY;
        }
        boolean small = shape.getEnvelopeInternal().getDiameter() <= LONGEST_STEP_DEGREES;
        Geometry drawn = (small ? shape : Densifier.densify(shape, LONGEST_STEP_DEGREES)).copy();
        drawn.apply((CoordinateFilter) coordinate -> draw(from, coordinate));
        drawn.geometryChanged();
        return drawn.distance(drawn.getFactory().createPoint(new Coordinate(0, 0)));
    }

    /** The box that holds every place within this distance. */
    static Box around(Place place, double metres) {
        double angle = metres / RADIUS_M;
        double up = Math.toDegrees(angle);
        double south = place.latitude() - up;
        double north = place.latitude() + up;
        if (south <= -90 || north >= 90) {
            return new Box(-180, Math.max(-90, south), 180, Math.min(90, north));
        }
        double aside =
                Math.toDegrees(Math.asin(Math.min(1, Math.sin(angle) / Math.cos(Math.toRadians(place.latitude())))));
        return new Box(wrapped(place.longitude() - aside), south, wrapped(place.longitude() + aside), north);
    }

    private static double wrapped(double longitude) {
        return longitude < -180 ? longitude + 360 : longitude > 180 ? longitude - 360 : longitude;
    }

    private static double angle(Place a, double longitude, double latitude) {
        double up = Math.sin(Math.toRadians(latitude - a.latitude()) / 2);
        double aside = Math.sin(Math.toRadians(longitude - a.longitude()) / 2);
        double h =
                up * up + Math.cos(Math.toRadians(a.latitude())) * Math.cos(Math.toRadians(latitude)) * aside * aside;
        return 2 * Math.asin(Math.min(1, Math.sqrt(h)));
    }

    private static void draw(Place from, Coordinate c) {
        double angle = angle(from, c.x, c.y);
        double aside = Math.toRadians(c.x - from.longitude());
        double here = Math.toRadians(from.latitude());
        double there = Math.toRadians(c.y);
        double east = Math.cos(there) * Math.sin(aside);
        double north = Math.cos(here) * Math.sin(there) - Math.sin(here) * Math.cos(there) * Math.cos(aside);
        double bearing = Math.atan2(east, north);
        c.x = RADIUS_M * angle * Math.sin(bearing);
        c.y = RADIUS_M * angle * Math.cos(bearing);
    }
}
