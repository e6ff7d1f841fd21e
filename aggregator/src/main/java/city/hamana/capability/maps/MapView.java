package city.hamana.capability.maps;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.simplify.TopologyPreservingSimplifier;

/**
 * A map for a page: a sketch made here, which stays where there is no script, and the same as data for the script.
 *
 * @param shapes of the ground, from the back to the front
 * @param dots the pins on the sketch
 * @param data JSON for {@code maps.js}
 */
public record MapView(List<Shape> shapes, List<Dot> dots, String data, Tiles tiles) {
    /** Of the sketch, in its own units. */
    public static final int WIDTH = 420;

    public static final int HEIGHT = 330;

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final double MARGIN = 0.08;
    private static final double LEAST_DEGREES = 0.008;
    private static final double SIMPLER_DEGREES = 0.00005;
    private static final String AREA = "area";
    private static final Envelope KOSAI = new Envelope(137.45, 137.61, 34.66, 34.80);

    /**
     * A line or a surface.
     *
     * @param path as SVG writes it
     * @param kind {@code border}, a road's class, or {@code area}: an outline of the page's own
     */
    public record Shape(String path, String kind) {}

    /** A name where it belongs. */
    public record Label(String name, Place place) {}

    /** A pin and where it stands on the sketch. */
    public record Dot(String x, String y, Pin pin) {}

    static MapView of(List<Feature> ground, List<Pin> pins, Tiles tiles) {
        return of(ground, pins, List.of(), tiles);
    }

    /** @param labels names of places, for who looks for one on a map without pictures of the ground */
    static MapView of(List<Feature> ground, List<Pin> pins, List<Label> labels, Tiles tiles) {
        Sheet sheet = Sheet.over(bounds(ground, pins));
        List<Shape> shapes = ground.stream()
                .map(f -> new Shape(sheet.path(simpler(f.geometry())), kind(f)))
                .toList();
        List<Dot> dots = pins.stream()
                .map(pin -> new Dot(
                        sheet.x(pin.place().longitude()), sheet.y(pin.place().latitude()), pin))
                .toList();
        return new MapView(shapes, dots, data(ground, pins, labels, tiles), tiles);
    }

    /** The path of a pin's mark around 0,0. */
    public static String mark(Layer.Marker marker) {
        return switch (marker) {
            case CIRCLE -> "M-12 0a12 12 0 1 0 24 0a12 12 0 1 0 -24 0z";
            case SQUARE -> "M-11 -11h22v22h-22z";
            case TRIANGLE -> "M0 -15L15 11H-15z";
            case DIAMOND -> "M0 -15L15 0L0 15L-15 0z";
            case PIN -> "M0 14C-4 6 -12 2 -12 -5A12 12 0 1 1 12 -5C12 2 4 6 0 14z";
        };
    }

    private static String kind(Feature feature) {
        return switch (feature.layer()) {
            case Maps.ROADS -> feature.text("class");
            case Maps.CITY -> "border";
            default -> AREA;
        };
    }

    private static Geometry simpler(Geometry shape) {
        return TopologyPreservingSimplifier.simplify(shape, SIMPLER_DEGREES);
    }

    private static Envelope bounds(List<Feature> ground, List<Pin> pins) {
        Envelope bounds = new Envelope();
        pins.forEach(
                p -> bounds.expandToInclude(p.place().longitude(), p.place().latitude()));
        ground.stream()
                .filter(f -> kind(f).equals(AREA))
                .forEach(f -> bounds.expandToInclude(f.geometry().getEnvelopeInternal()));
        if (bounds.isNull()) {
            ground.forEach(f -> bounds.expandToInclude(f.geometry().getEnvelopeInternal()));
        }
        return bounds.isNull() ? KOSAI : bounds;
    }

    private static String data(List<Feature> ground, List<Pin> pins, List<Label> labels, Tiles tiles) {
        ObjectNode data = JSON.createObjectNode();
        data.put("tiles", tiles.template());
        data.put("attribution", tiles.attribution());
        ArrayNode shapes = data.putArray("ground");
        for (Feature feature : ground) {
            ObjectNode shape = shapes.addObject().put("kind", kind(feature)).put("name", feature.text("name"));
            shape.set("geometry", GeoJson.geometry(simpler(feature.geometry())));
        }
        ArrayNode points = data.putArray("pins");
        for (Pin pin : pins) {
            points.addObject()
                    .put("id", pin.id())
                    .put("number", pin.number())
                    .put("name", pin.name())
                    .put("about", pin.about())
                    .put("longitude", pin.place().longitude())
                    .put("latitude", pin.place().latitude())
                    .put("mark", mark(pin.marker()))
                    .put("tone", pin.tone())
                    .put("path", pin.path());
        }
        ArrayNode names = data.putArray("labels");
        labels.forEach(label -> names.addObject()
                .put("name", label.name())
                .put("longitude", label.place().longitude())
                .put("latitude", label.place().latitude()));
        return data.toString();
    }

    /** From degrees to the sketch, so that a metre is as long to the east as to the north. */
    private record Sheet(double west, double north, double scaleX, double scaleY) {
        static Sheet over(Envelope bounds) {
            double middle = Math.cos(Math.toRadians(bounds.centre().y));
            double wide = Math.max(bounds.getWidth(), LEAST_DEGREES) * (1 + 2 * MARGIN);
            double high = Math.max(bounds.getHeight(), LEAST_DEGREES) * (1 + 2 * MARGIN);
            double scale = Math.min(WIDTH / (wide * middle), HEIGHT / high);
            Coordinate centre = bounds.centre();
            return new Sheet(
                    centre.x - WIDTH / (2 * scale * middle), centre.y + HEIGHT / (2 * scale), scale * middle, scale);
        }

        String x(double longitude) {
            return n((longitude - west) * scaleX);
        }

        String y(double latitude) {
            return n((north - latitude) * scaleY);
        }

        String path(Geometry shape) {
            StringBuilder path = new StringBuilder();
            for (int i = 0; i < shape.getNumGeometries(); i++) {
                Geometry part = shape.getGeometryN(i);
                String start = "M";
                for (Coordinate c : part.getCoordinates()) {
                    path.append(start).append(x(c.x)).append(' ').append(y(c.y));
                    start = "L";
                }
                if (part.getDimension() == 2) {
                    path.append('z');
                }
            }
            return path.toString();
        }

        private static String n(double value) {
            return String.format(Locale.ROOT, "%.1f", value);
        }
    }
}
