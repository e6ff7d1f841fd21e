package city.hamana.capability.maps;

import city.hamana.platform.html.Page;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** The interface described in OpenAPI 3.0, one path for each collection with the properties one may ask for. */
final class ApiDefinition {
    private static final ObjectMapper JSON = new ObjectMapper();

    private ApiDefinition() {}

    static ObjectNode of(Page page, List<Layer> layers, String address) {
        ObjectNode api = JSON.createObjectNode();
        api.put("openapi", "3.0.3");
        ObjectNode info = api.putObject("info");
        info.put("title", page.plain("maps.api.title"));
        info.put("description", page.plain("maps.api.about"));
        info.put("version", page.frame().version());
        api.putArray("servers").addObject().put("url", address);
        ObjectNode paths = api.putObject("paths");
        operation(paths, "/", "landing", "The landing page", FeaturesApi.JSON_TYPE);
        operation(paths, "/conformance", "conformance", "What it conforms to", FeaturesApi.JSON_TYPE);
        operation(paths, "/api", "definition", "This document", FeaturesApi.API_TYPE);
        operation(paths, "/collections", "collections", "The collections", FeaturesApi.JSON_TYPE);
        layers.forEach(layer -> collection(paths, page, layer));
        parameters(api.putObject("components").putObject("parameters"));
        return api;
    }

    private static void collection(ObjectNode paths, Page page, Layer layer) {
        String title = page.plain(layer.words() + ".name");
        String path = "/collections/" + layer.id();
        operation(paths, path, "collection-" + layer.id(), title, FeaturesApi.JSON_TYPE);
        ArrayNode items = operation(paths, path + "/items", "items-" + layer.id(), title, FeaturesApi.GEOJSON_TYPE);
        for (String name : List.of("limit", "offset", "bbox", "datetime")) {
            items.addObject().put("$ref", "#/components/parameters/" + name);
        }
        layer.properties().forEach(property -> property(items, property));
        ArrayNode item =
                operation(paths, path + "/items/{featureId}", "item-" + layer.id(), title, FeaturesApi.GEOJSON_TYPE);
        ObjectNode id = parameter(item.addObject(), "featureId", "path", "The id of a feature");
        id.put("required", true);
        id.putObject("schema").put("type", "string");
    }

    private static ArrayNode operation(ObjectNode paths, String path, String id, String summary, String type) {
        ObjectNode get = paths.putObject(path).putObject("get");
        get.put("operationId", id);
        get.put("summary", summary);
        ArrayNode parameters = get.putArray("parameters");
        parameters.addObject().put("$ref", "#/components/parameters/f");
        ObjectNode answers = get.putObject("responses");
        ObjectNode content =
                answers.putObject("200").put("description", summary).putObject("content");
        content.putObject(type).putObject("schema").put("type", "object");
        content.putObject(FeaturesApi.HTML_TYPE).putObject("schema").put("type", "string");
        problem(answers, "400", "A parameter is unknown or cannot be read");
        if (path.contains("/collections/")) {
            problem(answers, "404", "There is no such thing");
        }
        return parameters;
    }

    private static void problem(ObjectNode answers, String status, String description) {
        answers.putObject(status)
                .put("description", description)
                .putObject("content")
                .putObject("application/problem+json")
                .putObject("schema")
                .put("type", "object");
    }

    private static void property(ArrayNode parameters, Layer.Property property) {
        ObjectNode parameter =
                parameter(parameters.addObject(), property.name(), "query", "Only features with this value");
        query(parameter).put("type", "string");
    }

    private static void parameters(ObjectNode all) {
        ObjectNode form = query(parameter(all.putObject("f"), "f", "query", "The coding of the answer"));
        form.put("type", "string").putArray("enum").add("json").add("html");
        query(parameter(
                        all.putObject("limit"),
                        "limit",
                        "query",
                        "At most so many features; more than the most are not sent"))
                .put("type", "integer")
                .put("minimum", 1)
                .put("maximum", ItemsQuery.MOST)
                .put("default", ItemsQuery.DEFAULT_LIMIT);
        query(parameter(all.putObject("offset"), "offset", "query", "Pass over so many"))
                .put("type", "integer")
                .put("minimum", 0)
                .put("default", 0);
        ObjectNode box =
                query(parameter(all.putObject("bbox"), "bbox", "query", "Only features that meet this box, CRS84"));
        box.put("type", "array")
                .put("minItems", 4)
                .put("maxItems", 6)
                .putObject("items")
                .put("type", "number");
        query(parameter(
                        all.putObject("datetime"),
                        "datetime",
                        "query",
                        "Only features valid at this moment or interval"))
                .put("type", "string");
    }

    private static ObjectNode parameter(ObjectNode node, String name, String in, String description) {
        return node.put("name", name).put("in", in).put("description", description);
    }

    /** What a parameter of the query has beside its schema, which is given back. */
    private static ObjectNode query(ObjectNode parameter) {
        parameter.put("required", false).put("style", "form").put("explode", false);
        return parameter.putObject("schema");
    }
}
