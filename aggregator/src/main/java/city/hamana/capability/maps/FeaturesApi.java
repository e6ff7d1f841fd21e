package city.hamana.capability.maps;

import city.hamana.platform.access.Role;
import city.hamana.platform.db.Database;
import city.hamana.platform.html.Html;
import city.hamana.platform.html.Page;
import city.hamana.platform.http.Call;
import city.hamana.platform.http.Reply;
import city.hamana.platform.http.Routes;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/** OGC API – Features Part 1 (OGC 17-069r4): the public layers as collections, in CRS84, read only. */
final class FeaturesApi {
    static final String ROOT = "/api/features";
    static final String JSON_TYPE = "application/json";
    static final String GEOJSON_TYPE = "application/geo+json";
    static final String HTML_TYPE = "text/html";
    static final String API_TYPE = "application/vnd.oai.openapi+json;version=3.0";

    private static final String CRS84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84";
    private static final String CONFORMANCE = "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/";
    private static final List<String> CLASSES = List.of("core", "oas30", "html", "geojson");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Database database;
    private final FeatureStore store;
    private final Layers layers;
    private final Html html;
    private final URI publicAddress;

    FeaturesApi(Database database, FeatureStore store, Layers layers, Html html, URI publicAddress) {
        this.database = database;
        this.store = store;
        this.layers = layers;
        this.html = html;
        this.publicAddress = publicAddress;
    }

    void routes(Routes routes) {
        routes.get(ROOT, Role.ANY_PROGRAM, this::landing)
                .get(ROOT + "/", Role.ANY_PROGRAM, this::landing)
                .get(ROOT + "/conformance", Role.ANY_PROGRAM, this::conformance)
                .get(ROOT + "/api", Role.ANY_PROGRAM, this::definition)
                .get(ROOT + "/collections", Role.ANY_PROGRAM, this::collections)
                .get(ROOT + "/collections/{collection}", Role.ANY_PROGRAM, this::collection)
                .get(ROOT + "/collections/{collection}/items", Role.ANY_PROGRAM, this::items)
                .get(ROOT + "/collections/{collection}/items/{feature}", Role.ANY_PROGRAM, this::item);
    }

    private Reply landing(Call call) {
        ObjectNode landing = JSON.createObjectNode();
        landing.put("title", call.page().plain("maps.api.title"));
        landing.put("description", call.page().plain("maps.api.about"));
        ArrayNode links = both(landing, call, JSON_TYPE);
        link(links, address("/api"), "service-desc", API_TYPE, "OpenAPI 3.0");
        link(links, address("/api?f=html"), "service-doc", HTML_TYPE, "OpenAPI 3.0");
        link(links, address("/conformance"), "conformance", JSON_TYPE, "Conformance");
        link(links, address("/collections"), "data", JSON_TYPE, call.page().plain("maps.api.collections"));
        return answered(call, landing, JSON_TYPE, Set.of("f"));
    }

    private Reply conformance(Call call) {
        ObjectNode node = JSON.createObjectNode();
        ArrayNode classes = node.putArray("conformsTo");
        CLASSES.forEach(name -> classes.add(CONFORMANCE + name));
        both(node, call, JSON_TYPE);
        return answered(call, node, JSON_TYPE, Set.of("f"));
    }

    private Reply definition(Call call) {
        ObjectNode node = ApiDefinition.of(call.page(), layers.open(), address(""));
        return answered(call, node, API_TYPE, Set.of("f"));
    }

    private Reply collections(Call call) {
        ObjectNode node = JSON.createObjectNode();
        both(node, call, JSON_TYPE);
        ArrayNode all = node.putArray("collections");
        database.inTransaction(tx -> {
            all.removeAll();
            layers.open().forEach(layer -> all.add(collection(tx, layer, call.page())));
            return all.size();
        });
        return answered(call, node, JSON_TYPE, Set.of("f"));
    }

    private Reply collection(Call call) {
        Optional<Layer> layer = layers.open(call.part("collection"));
        if (layer.isEmpty()) {
            return Reply.problem(404, "There is no such collection.");
        }
        ObjectNode node = database.inTransaction(tx -> collection(tx, layer.get(), call.page()));
        ArrayNode links = both(JSON.createObjectNode(), call, JSON_TYPE);
        links.addAll((ArrayNode) node.get("links"));
        node.set("links", links);
        return answered(call, node, JSON_TYPE, Set.of("f"));
    }

    private Reply items(Call call) {
        Optional<Layer> layer = layers.open(call.part("collection"));
        if (layer.isEmpty()) {
            return Reply.problem(404, "There is no such collection.");
        }
        return switch (ItemsQuery.of(call, layer.get())) {
            case ItemsQuery.Read.Bad(String why) -> Reply.badRequest(why);
            case ItemsQuery.Read.Good(ItemsQuery query) -> items(call, layer.get(), query);
        };
    }

    /** Those that match, counted, and of them one page. */
    private record Found(List<Feature> page, int matched) {}

    private Reply items(Call call, Layer layer, ItemsQuery query) {
        Found found = database.inTransaction(tx -> found(tx, layer, query));
        ObjectNode node = JSON.createObjectNode();
        node.put("type", "FeatureCollection");
        ArrayNode links = both(node, call, GEOJSON_TYPE);
        steps(links, call, query, found.matched);
        link(links, address("/collections/" + layer.id()), "collection", JSON_TYPE, title(layer, call.page()));
        node.put("timeStamp", call.now().truncatedTo(ChronoUnit.SECONDS).toString());
        node.put("numberMatched", found.matched);
        node.put("numberReturned", found.page.size());
        ArrayNode features = node.putArray("features");
        found.page.forEach(feature -> features.add(GeoJson.feature(feature)));
        return answered(call, node, GEOJSON_TYPE, call.request().query().names());
    }

    private Found found(Handle tx, Layer layer, ItemsQuery query) {
        List<Feature> page = new ArrayList<>();
        int matched = 0;
        try (Stream<Feature> all = store.stream(tx, new FeatureStore.Search(layer.id(), query.box(), query.when()))) {
            for (Feature feature : (Iterable<Feature>) all.filter(query::takes)::iterator) {
                if (matched >= query.offset() && page.size() < query.limit()) {
                    page.add(feature);
                }
                matched++;
            }
        }
        return new Found(page, matched);
    }

    /** To the next and the previous page, with everything else that was asked for. */
    private void steps(ArrayNode links, Call call, ItemsQuery query, int matched) {
        int next = query.offset() + query.limit();
        if (next < matched) {
            link(links, here(call, "offset", Integer.toString(next)), "next", GEOJSON_TYPE, "→");
        }
        if (query.offset() > 0) {
            String before = Integer.toString(Math.max(0, query.offset() - query.limit()));
            link(links, here(call, "offset", before), "prev", GEOJSON_TYPE, "←");
        }
    }

    private Reply item(Call call) {
        Optional<Feature> feature = layers.open(call.part("collection"))
                .filter(layer -> call.part("feature").matches("[A-Za-z0-9-]{1,64}"))
                .flatMap(layer -> database.inTransaction(tx -> store.feature(tx, call.part("feature")))
                        .filter(f -> f.layer().equals(layer.id())));
        if (feature.isEmpty()) {
            return Reply.problem(404, "There is no such feature.");
        }
        ObjectNode node = GeoJson.feature(feature.get());
        ArrayNode links = both(node, call, GEOJSON_TYPE);
        String layer = feature.get().layer();
        link(links, address("/collections/" + layer), "collection", JSON_TYPE, layer);
        return answered(call, node, GEOJSON_TYPE, Set.of("f"));
    }

    private ObjectNode collection(Handle tx, Layer layer, Page page) {
        ObjectNode node = JSON.createObjectNode();
        node.put("id", layer.id());
        node.put("title", title(layer, page));
        node.put("description", page.plain(layer.words() + ".about"));
        node.put("itemType", "feature");
        node.putArray("crs").add(CRS84);
        store.extent(tx, layer.id()).ifPresent(extent -> extent(node.putObject("extent"), extent));
        ArrayNode links = node.putArray("links");
        String items = address("/collections/" + layer.id() + "/items");
        link(links, items, "items", GEOJSON_TYPE, title(layer, page));
        link(links, items + "?f=html", "items", HTML_TYPE, title(layer, page));
        return node;
    }

    private static void extent(ObjectNode node, FeatureStore.Extent extent) {
        ObjectNode spatial = node.putObject("spatial");
        Box box = extent.box();
        spatial.putArray("bbox")
                .addArray()
                .add(box.west())
                .add(box.south())
                .add(box.east())
                .add(box.north());
        spatial.put("crs", CRS84);
        ObjectNode temporal = node.putObject("temporal");
        temporal.putArray("interval").addArray().add(extent.from().toString()).addNull();
        temporal.put("trs", "http://www.opengis.net/def/uom/ISO-8601/0/Gregorian");
    }

    private static String title(Layer layer, Page page) {
        return page.plain(layer.words() + ".name");
    }

    /** Links to this document and to the same in the other coding; each says relation and type. */
    private ArrayNode both(ObjectNode node, Call call, String type) {
        ArrayNode links = node.putArray("links");
        boolean asHtml = asHtml(call);
        String json = here(call, "f", "json");
        String htmlHere = here(call, "f", "html");
        link(links, asHtml ? htmlHere : json, "self", asHtml ? HTML_TYPE : type, "self");
        link(links, asHtml ? json : htmlHere, "alternate", asHtml ? type : HTML_TYPE, "alternate");
        return links;
    }

    private static void link(ArrayNode links, String href, String rel, String type, String title) {
        links.addObject().put("href", href).put("rel", rel).put("type", type).put("title", title);
    }

    /** The same document, with one parameter set. */
    private String here(Call call, String name, String value) {
        StringBuilder address =
                new StringBuilder(publicAddress + call.request().path().path() + "?");
        call.request().query().toMap().forEach((key, values) -> {
            if (!key.equals(name)) {
                values.forEach(v -> address.append(encoded(key))
                        .append('=')
                        .append(encoded(v))
                        .append('&'));
            }
        });
        return address.append(encoded(name)).append('=').append(encoded(value)).toString();
    }

    private String address(String path) {
        return publicAddress + ROOT + path;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static boolean asHtml(Call call) {
        Optional<String> asked = call.query("f");
        if (asked.isPresent()) {
            return asked.get().equals("html");
        }
        String accept = call.header("Accept").orElse("");
        int htmlAt = accept.indexOf("text/html");
        int jsonAt = accept.indexOf("json");
        return htmlAt >= 0 && (jsonAt < 0 || htmlAt < jsonAt);
    }

    private Reply answered(Call call, ObjectNode node, String type, Set<String> known) {
        for (String name : call.request().query().names()) {
            if (!known.contains(name)) {
                return Reply.badRequest("There is a parameter that this resource does not have.");
            }
        }
        String form = call.query("f").orElse("json");
        if (!form.equals("json") && !form.equals("html")) {
            return Reply.badRequest("f is json or html.");
        }
        Reply reply = asHtml(call)
                ? Reply.html(html.render("city/hamana/capability/maps/api", call.page(), ApiPage.of(call.page(), node)))
                : Reply.bytes(type, node.toString().getBytes(StandardCharsets.UTF_8));
        return linked(reply, node).openToAll().with("Vary", "Accept, Accept-Language");
    }

    /** The links that pages of a list need, in the header too (RFC 8288). */
    private static Reply linked(Reply reply, ObjectNode node) {
        List<String> shown = new ArrayList<>();
        for (JsonNode link : node.path("links")) {
            if (Set.of("self", "alternate", "next", "prev")
                    .contains(link.path("rel").asText())) {
                shown.add("<%s>; rel=\"%s\"; type=\"%s\""
                        .formatted(
                                link.path("href").asText(),
                                link.path("rel").asText(),
                                link.path("type").asText()));
            }
        }
        return reply.with("Link", String.join(", ", shown));
    }
}
