package city.hamana.capability.maps;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.io.ParseException;
import org.locationtech.jts.io.geojson.GeoJsonReader;
import org.locationtech.jts.io.geojson.GeoJsonWriter;

/** Features as GeoJSON, RFC 7946: longitude first, outer rings against the clock, seven decimals (about 1 cm). */
final class GeoJson {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<LinkedHashMap<String, Object>> PROPERTIES = new TypeReference<>() {};
    private static final int DECIMALS = 7;

    private GeoJson() {}

    static ObjectNode feature(Feature feature) {
        ObjectNode node = JSON.createObjectNode();
        node.put("type", "Feature");
        node.put("id", feature.id());
        node.set("geometry", geometry(feature.geometry()));
        ObjectNode properties = JSON.valueToTree(feature.properties());
        properties.put("validFrom", feature.validFrom().toString());
        feature.validTo().ifPresent(end -> properties.put("validTo", end.toString()));
        node.set("properties", properties);
        return node;
    }

    static JsonNode geometry(Geometry shape) {
        GeoJsonWriter writer = new GeoJsonWriter(DECIMALS);
        writer.setEncodeCRS(false);
        writer.setForceCCW(true);
        return tree(writer.write(shape));
    }

    /**
     * The features of a collection; those without an id are numbered.
     *
     * @throws MapsException if it is not a collection of features
     */
    static List<Feature> features(String json, String layer, Instant validFrom) {
        List<Feature> features = new ArrayList<>();
        for (JsonNode node : tree(json).path("features")) {
            String id = node.path("id").asText(layer + "-" + (features.size() + 1));
            Map<String, Object> properties = JSON.convertValue(node.path("properties"), PROPERTIES);
            Geometry shape = shape(node.path("geometry"), id);
            features.add(new Feature(id, layer, shape, properties, validFrom, Optional.empty()));
        }
        return features;
    }

    static String text(Map<String, Object> properties) {
        try {
            return JSON.writeValueAsString(properties);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("a feature's properties are texts, numbers and truth values", e);
        }
    }

    static Map<String, Object> properties(String json) {
        return JSON.convertValue(tree(json), PROPERTIES);
    }

    private static Geometry shape(JsonNode geometry, String id) {
        try {
            Geometry shape = new GeoJsonReader().read(geometry.toString());
            shape.setSRID(0);
            return shape;
        } catch (ParseException e) {
            throw MapsException.unreadable(id, e);
        }
    }

    private static JsonNode tree(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw MapsException.unreadable("a text that should be JSON", e);
        }
    }
}
