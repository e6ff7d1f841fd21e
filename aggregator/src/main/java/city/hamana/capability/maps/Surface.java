package city.hamana.capability.maps;

import java.util.Optional;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.io.ParseException;
import org.locationtech.jts.io.WKTReader;

/**
 * One or more polygons.
 *
 * @param geometry longitude before latitude, WGS 84; not changed any more
 */
public record Surface(Geometry geometry) {
    /** Longest text that is read. */
    public static final int LONGEST = 100_000;

    private static final Envelope EARTH = new Envelope(-180, 180, -90, 90);

    /**
     * As programs for maps write it (OGC 06-103r4, well-known text): {@code POLYGON ((137.5 34.7, …))} or {@code
     * MULTIPOLYGON}. Empty for anything else, for borders that cross themselves, and beyond the earth.
     */
    public static Optional<Surface> ofWkt(String text) {
        if (text.length() > LONGEST || !text.matches("(?is)\\s*(multi)?polygon\\s*\\(.*")) {
            return Optional.empty();
        }
        try {
            Geometry shape = new WKTReader().read(text);
            boolean good = !shape.isEmpty() && EARTH.contains(shape.getEnvelopeInternal()) && shape.isValid();
            return good ? Optional.of(new Surface(shape)) : Optional.empty();
        } catch (ParseException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
