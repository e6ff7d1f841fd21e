package city.hamana.capability.maps;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * The layers every city has, and for a demonstration a sample of them: simple lines where Kosai is, drawn for this
 * program. They are no survey and say so.
 */
final class SampleMap {
    static final List<Layer> LAYERS = List.of(
            new Layer(
                    Maps.FACILITIES,
                    "maps.facilities",
                    Layer.Audience.EVERYONE,
                    Layer.Marker.SQUARE,
                    List.of(name(), new Layer.Property("kind", true))),
            new Layer(
                    Maps.ROADS,
                    "maps.roads",
                    Layer.Audience.EVERYONE,
                    Layer.Marker.DIAMOND,
                    List.of(name(), new Layer.Property("class", true))),
            new Layer(Maps.CITY, "maps.city", Layer.Audience.EVERYONE, Layer.Marker.CIRCLE, List.of(name())));

    private static final Instant SINCE = Instant.parse("2010-03-22T15:00:00Z");

    private SampleMap() {}

    static List<Feature> features() {
        return Stream.of(Maps.CITY, Maps.ROADS, Maps.FACILITIES)
                .flatMap(layer -> GeoJson.features(text(layer), layer, SINCE).stream())
                .toList();
    }

    private static Layer.Property name() {
        return new Layer.Property("name", false);
    }

    private static String text(String layer) {
        try (InputStream bytes = SampleMap.class.getResourceAsStream("sample/" + layer + ".geojson")) {
            return new String(bytes.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
