package city.hamana.capability.maps;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.commons.csv.CSVException;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.apache.commons.csv.DuplicateHeaderMode;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.io.ParseException;
import org.locationtech.jts.io.geojson.GeoJsonReader;

/**
 * A file of features that staff bring: GeoJSON (RFC 7946), or CSV with a name and a place, also under the headings of
 * the national standard data set for municipalities (自治体標準オープンデータセット: 名称, 緯度, 経度).
 */
final class LayerFile {
    static final int MOST_FEATURES = 5_000;

    private static final int MOST_PROBLEMS = 50;
    private static final int LONGEST_PROPERTIES = 4_000;
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final GeometryFactory SHAPES = new GeometryFactory();
    private static final Map<String, String> HEADINGS = Map.of(
            "名称",
            "name",
            "名称_英語",
            "name_en",
            "緯度",
            "latitude",
            "経度",
            "longitude",
            "ID",
            "id",
            "lat",
            "latitude",
            "lon",
            "longitude",
            "lng",
            "longitude");

    private static final Map<String, Integer> DEPTHS =
            Map.of("Point", 1, "MultiPoint", 2, "LineString", 2, "MultiLineString", 3, "Polygon", 3, "MultiPolygon", 4);

    private final String layer;
    private final Instant from;
    private final List<Feature> features = new ArrayList<>();
    private final List<LayerReport.Problem> problems = new ArrayList<>();
    private final Set<String> ids = new LinkedHashSet<>();

    private LayerFile(String layer, Instant from) {
        this.layer = layer;
        this.from = from;
    }

    /** What is in the file: all features that are right, and what is wrong with the others, the first 50. */
    record Read(List<Feature> features, List<LayerReport.Problem> problems) {}

    static Read of(byte[] bytes, String layer, Instant from) {
        LayerFile file = new LayerFile(layer, from);
        String text = text(bytes);
        if (text.stripLeading().startsWith("{")) {
            file.json(text);
        } else {
            file.csv(text);
        }
        return new Read(List.copyOf(file.features), List.copyOf(file.problems));
    }

    /** UTF-8, or what Japanese spreadsheets write. */
    private static String text(byte[] bytes) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            return new String(bytes, Charset.forName("windows-31j"));
        }
    }

    private void json(String text) {
        try {
            JsonNode root = JSON.readTree(text);
            if (!root.path("type").asText().equals("FeatureCollection")
                    || !root.path("features").isArray()) {
                wrong(0, "maps.upload.not-collection");
                return;
            }
            int number = 0;
            for (JsonNode node : root.path("features")) {
                number++;
                if (number <= MOST_FEATURES) {
                    json(node, number);
                }
            }
            tooMany(number);
        } catch (JsonProcessingException e) {
            wrong(0, "maps.upload.not-json");
        }
    }

    private void json(JsonNode node, int number) {
        Map<String, Object> properties = new LinkedHashMap<>();
        node.path("properties").properties().forEach(p -> {
            if (p.getValue().isNumber()) {
                properties.put(p.getKey(), p.getValue().numberValue());
            } else if (p.getValue().isBoolean()) {
                properties.put(p.getKey(), p.getValue().asBoolean());
            } else if (p.getValue().isTextual()) {
                properties.put(p.getKey(), p.getValue().asText());
            }
        });
        if (!wellFormed(node.path("geometry"))) {
            wrong(number, "maps.upload.no-shape");
            return;
        }
        try {
            Geometry shape = new GeoJsonReader().read(node.path("geometry").toString());
            shape.setSRID(0);
            add(number, node.path("id").asText(), shape, properties);
        } catch (ParseException | IllegalArgumentException e) {
            wrong(number, "maps.upload.no-shape");
        }
    }

    /** The reader trusts that coordinates are numbers, as deep as their type wants them. */
    private static boolean wellFormed(JsonNode geometry) {
        int depth = DEPTHS.getOrDefault(geometry.path("type").asText(), 0);
        return depth > 0 && coordinates(geometry.path("coordinates"), depth);
    }

    private static boolean coordinates(JsonNode node, int depth) {
        if (!node.isArray() || node.isEmpty()) {
            return false;
        }
        for (JsonNode part : node) {
            if (depth == 1 ? !part.isNumber() : !coordinates(part, depth - 1)) {
                return false;
            }
        }
        return depth > 1 || (node.size() >= 2 && node.size() <= 4);
    }

    private void csv(String text) {
        CSVFormat format = CSVFormat.DEFAULT
                .builder()
                .setHeader()
                .setSkipHeaderRecord(true)
                .setAllowMissingColumnNames(true)
                .setDuplicateHeaderMode(DuplicateHeaderMode.ALLOW_EMPTY)
                .setIgnoreEmptyLines(true)
                .get();
        try (CSVParser lines = CSVParser.parse(new StringReader(text), format)) {
            List<String> headings = lines.getHeaderNames();
            int number = 0;
            for (CSVRecord line : lines) {
                number++;
                if (number <= MOST_FEATURES) {
                    csv(line, headings, number);
                }
            }
            tooMany(number);
            if (number == 0) {
                wrong(0, "maps.upload.empty");
            }
        } catch (CSVException | IllegalArgumentException e) {
            wrong(0, "maps.upload.not-csv");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void csv(CSVRecord line, List<String> headings, int number) {
        Map<String, Object> properties = new LinkedHashMap<>();
        for (int i = 0; i < Math.min(line.size(), headings.size()); i++) {
            String name = HEADINGS.getOrDefault(
                    headings.get(i).strip(), headings.get(i).strip());
            if (!line.get(i).isBlank() && !name.isEmpty()) {
                properties.put(name, line.get(i).strip());
            }
        }
        Object id = properties.remove("id");
        Object longitude = properties.remove("longitude");
        Object latitude = properties.remove("latitude");
        Optional<Place> place = Place.of(String.valueOf(longitude), String.valueOf(latitude));
        if (place.isEmpty()) {
            wrong(number, "maps.upload.no-place");
            return;
        }
        Coordinate point = new Coordinate(place.get().longitude(), place.get().latitude());
        add(number, id == null ? "" : id.toString(), SHAPES.createPoint(point), properties);
    }

    private void add(int number, String id, Geometry shape, Map<String, Object> properties) {
        String own = id.matches("[A-Za-z0-9-]{1,40}") ? layer + "-" + id : layer + "-n" + number;
        Optional<String> wrong = wrong(shape, properties, own);
        if (wrong.isPresent()) {
            wrong(number, wrong.get());
        } else {
            ids.add(own);
            features.add(new Feature(own, layer, shape, properties, from, Optional.empty()));
        }
    }

    private Optional<String> wrong(Geometry shape, Map<String, Object> properties, String id) {
        if (shape.isEmpty() || !shape.isValid()) {
            return Optional.of("maps.upload.no-shape");
        }
        if (swapped(shape)) {
            return Optional.of("maps.upload.swapped");
        }
        if (!onEarth(shape)) {
            return Optional.of("maps.upload.off-earth");
        }
        if (!(properties.get("name") instanceof String name) || name.isBlank()) {
            return Optional.of("maps.upload.no-name");
        }
        if (GeoJson.text(properties).length() > LONGEST_PROPERTIES) {
            return Optional.of("maps.upload.too-long");
        }
        return ids.contains(id) ? Optional.of("maps.upload.twice") : Optional.empty();
    }

    /** In Japan the longitude is over 120 and the latitude under 50: the other way round they were exchanged. */
    private static boolean swapped(Geometry shape) {
        Coordinate c = shape.getCoordinate();
        return c.x > 20 && c.x < 50 && c.y > 120 && c.y < 155;
    }

    private static boolean onEarth(Geometry shape) {
        var box = shape.getEnvelopeInternal();
        return box.getMinX() >= -180 && box.getMaxX() <= 180 && box.getMinY() >= -90 && box.getMaxY() <= 90;
    }

    private void tooMany(int number) {
        if (number > MOST_FEATURES) {
            wrong(0, "maps.upload.too-many");
        }
    }

    private void wrong(int number, String words) {
        if (problems.size() < MOST_PROBLEMS) {
            problems.add(new LayerReport.Problem(number, words));
        }
    }
}
