package city.hamana.capability.maps;

import city.hamana.platform.text.Language;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;

/**
 * Something that stands somewhere.
 *
 * @param id letters, digits, dashes; unique in the whole city
 * @param layer the one it belongs to
 * @param geometry longitude before latitude, WGS 84; not changed any more
 * @param properties texts, numbers and truth values, in order; {@code name} is what people call it, {@code name_en},
 *     {@code name_pt} and {@code name_easy} the same in other languages
 * @param validTo when it ended or will end; empty while none is known
 */
public record Feature(
        String id,
        String layer,
        Geometry geometry,
        Map<String, Object> properties,
        Instant validFrom,
        Optional<Instant> validTo) {
    private static final GeometryFactory SHAPES = new GeometryFactory();

    public Feature {
        if (!id.matches("[A-Za-z0-9-]{1,64}")) {
            throw new IllegalArgumentException("not the id of a feature: " + id);
        }
        properties = new LinkedHashMap<>(properties);
    }

    /** A point. */
    public static Feature of(String id, String layer, Place place, Map<String, Object> properties, Instant validFrom) {
        Geometry point = SHAPES.createPoint(new Coordinate(place.longitude(), place.latitude()));
        return new Feature(id, layer, point, properties, validFrom, Optional.empty());
    }

    /** A surface. */
    public static Feature of(
            String id, String layer, Surface surface, Map<String, Object> properties, Instant validFrom) {
        return new Feature(id, layer, surface.geometry(), properties, validFrom, Optional.empty());
    }

    boolean isSurface() {
        return geometry.getDimension() == 2;
    }

    /** A property as text; empty when there is none. */
    public String text(String property) {
        Object value = properties.get(property);
        return value == null ? "" : value.toString();
    }

    /** What people call it in this language; its own name where there is none. */
    public String name(Language language) {
        String own = text("name_" + (language == Language.EASY_JA ? "easy" : language.code()));
        return own.isEmpty() ? text("name") : own;
    }

    /** A place of it: the point itself, the middle of a line's vertices, a point inside of a polygon. */
    public Place place() {
        Coordinate c = geometry.getInteriorPoint().getCoordinate();
        return new Place(c.x, c.y);
    }

    Feature ending(Instant at) {
        return new Feature(id, layer, geometry, properties, validFrom, Optional.of(at));
    }
}
