package city.hamana.aggregator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.hamana.capability.maps.Feature;
import city.hamana.capability.maps.Layer;
import city.hamana.capability.maps.Maps;
import city.hamana.capability.maps.Place;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.io.ParseException;
import org.locationtech.jts.io.geojson.GeoJsonReader;

/**
 * OGC API – Features as a client meets it, over sockets: the abstract tests of OGC 17-069r4, annex A, from the landing
 * page on by its links only.
 */
class FeaturesConformanceTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String CRS84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84";
    private static final List<String> BOXES = List.of(
            "-180,-90,180,90",
            "137.53,34.71,137.55,34.72",
            "137.5317,34.7184,137.5317,34.7184",
            "177,65,-177,70",
            "177,-90,-177,90",
            "-1.5,50,1.5,53",
            "-180,85,180,90",
            "137.5,34.6,0,137.6,34.7,9",
            "180,-90,-180,90");

    private static Server server;
    private static HttpClient client;

    @BeforeAll
    static void start() {
        server = Server.start(TestCity.settings(), TestCity.identity());
        client = HttpClient.newBuilder()
                .sslContext(TestCity.gateway("gw-1").sslContext())
                .version(HttpClient.Version.HTTP_1_1)
                .build();
        Maps maps = TestCity.module(server.city(), Maps.class);
        maps.layer(new Layer("secret-wells", "maps.roads", Layer.Audience.STAFF, Layer.Marker.CIRCLE, List.of()));
        maps.layer(new Layer("empty-layer", "maps.roads", Layer.Audience.EVERYONE, Layer.Marker.CIRCLE, List.of()));
        server.city()
                .database()
                .inTransaction(tx -> maps.put(
                        tx,
                        "system",
                        Feature.of("well-1", "secret-wells", new Place(137.5, 34.7), Map.of(), Instant.EPOCH)));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void theLandingPageLeadsToEverything() throws Exception {
        JsonNode landing = json("/api/features");
        assertEquals(landing.path("title"), json("/api/features/").path("title"), "the standard writes it {root}/");
        assertTrue(landing.path("title").isTextual());
        for (String rel : List.of("service-desc", "service-doc", "conformance", "data", "self", "alternate")) {
            assertEquals(200, get(href(landing, rel), "").statusCode(), rel);
        }
    }

    @Test
    void itDeclaresFourClassesAndNoMore() throws Exception {
        JsonNode conforms = json(href(json("/api/features"), "conformance")).path("conformsTo");
        Set<String> names = new TreeSet<>();
        conforms.forEach(
                uri -> names.add(uri.asText().replace("http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/", "")));
        assertEquals(Set.of("core", "geojson", "html", "oas30"), names);
    }

    @Test
    void theDefinitionIsOpenApiAndNamesEveryPathAndParameter() throws Exception {
        HttpResponse<String> answer = get(href(json("/api/features"), "service-desc"), "");
        assertEquals("application/vnd.oai.openapi+json;version=3.0", type(answer));
        JsonNode api = JSON.readTree(answer.body());
        assertTrue(api.path("openapi").asText().startsWith("3.0."));
        assertFalse(api.path("info").path("version").asText().isEmpty());
        for (JsonNode collection : collections()) {
            JsonNode items = api.path("paths")
                    .path("/collections/" + collection.path("id").asText() + "/items");
            assertTrue(items.path("get").path("responses").has("200"), collection.toString());
        }
        JsonNode box = api.path("components").path("parameters").path("bbox");
        assertEquals("query", box.path("in").asText());
        assertEquals("form", box.path("style").asText());
        assertFalse(box.path("explode").asBoolean(true));
        assertFalse(box.path("required").asBoolean(true));
        assertEquals(
                JSON.readTree("{\"type\":\"array\",\"minItems\":4,\"maxItems\":6,\"items\":{\"type\":\"number\"}}"),
                box.path("schema"));
        JsonNode limit = api.path("components").path("parameters").path("limit").path("schema");
        assertEquals(JSON.readTree("{\"type\":\"integer\",\"minimum\":1,\"maximum\":1000,\"default\":100}"), limit);
        JsonNode time = api.path("components").path("parameters").path("datetime");
        assertEquals("string", time.path("schema").path("type").asText());
    }

    @Test
    void everyReferenceOfTheDefinitionLeadsSomewhere() throws Exception {
        JsonNode api = json("/api/features/api");
        List<String> references = api.findValuesAsText("$ref");
        assertFalse(references.isEmpty());
        for (String reference : references) {
            assertFalse(api.at(reference.substring(1)).isMissingNode(), reference);
        }
    }

    @Test
    void aCollectionIsTheSameInTheListAndAlone() throws Exception {
        for (JsonNode collection : collections()) {
            JsonNode alone =
                    json("/api/features/collections/" + collection.path("id").asText());
            for (String field : List.of("id", "title", "description", "extent", "itemType")) {
                assertEquals(collection.path(field), alone.path(field), field);
            }
            assertEquals(CRS84, collection.path("crs").path(0).asText());
            assertTrue(href(alone, "items").endsWith("/items"));
            assertEveryLinkSaysRelationAndType(alone);
        }
    }

    @Test
    void theItemsCountThemselvesAndLieWithinTheirExtent() throws Exception {
        for (JsonNode collection : collections()) {
            JsonNode items = json(href(collection, "items") + "?limit=1000");
            assertEquals("FeatureCollection", items.path("type").asText());
            assertTrue(items.path("features").isArray());
            assertEquals(
                    items.path("features").size(), items.path("numberReturned").asInt());
            assertEquals(
                    items.path("features").size(), items.path("numberMatched").asInt());
            Instant.parse(items.path("timeStamp").asText());
            assertEveryLinkSaysRelationAndType(items);
            JsonNode box =
                    collection.path("extent").path("spatial").path("bbox").path(0);
            for (JsonNode feature : items.path("features")) {
                Envelope shape = shape(feature).getEnvelopeInternal();
                assertTrue(envelope(box).covers(shape), feature.path("id").asText());
            }
        }
    }

    @Test
    void aFeatureIsFoundByItsIdAndIsTheSame() throws Exception {
        for (JsonNode collection : collections()) {
            for (JsonNode feature : json(href(collection, "items") + "?limit=3").path("features")) {
                JsonNode alone = json(
                        "/api/features/collections/" + collection.path("id").asText() + "/items/"
                                + feature.path("id").asText());
                assertEquals(feature.path("geometry"), alone.path("geometry"));
                assertEquals(feature.path("properties"), alone.path("properties"));
                assertTrue(
                        href(alone, "collection").endsWith(collection.path("id").asText()));
                assertFalse(href(alone, "self").isEmpty());
            }
        }
    }

    @Test
    void theNextLinksLeadThroughAllOfThemOnce() throws Exception {
        JsonNode all = json("/api/features/collections/facilities/items");
        List<String> ids = new ArrayList<>();
        String next = "/api/features/collections/facilities/items?limit=2&kind=school";
        while (!next.isEmpty()) {
            HttpResponse<String> page = get(next, "");
            JsonNode items = JSON.readTree(page.body());
            assertTrue(items.path("features").size() <= 2);
            items.path("features").forEach(f -> ids.add(f.path("id").asText()));
            next = href(items, "next");
            String link = String.join(",", page.headers().allValues("Link"));
            assertEquals(!next.isEmpty(), link.contains("rel=\"next\""), link);
            assertTrue(link.contains("rel=\"self\"") && link.contains("rel=\"alternate\""), link);
        }
        List<String> expected = new ArrayList<>();
        all.path("features").forEach(f -> {
            if (f.path("properties").path("kind").asText().equals("school")) {
                expected.add(f.path("id").asText());
            }
        });
        assertEquals(5, expected.size());
        assertEquals(expected, ids);
    }

    @Test
    void aBoxTakesWhatMeetsItAndNothingElse() throws Exception {
        for (JsonNode collection : collections()) {
            JsonNode all = json(href(collection, "items") + "?limit=1000");
            for (String box : BOXES) {
                JsonNode found = json(href(collection, "items") + "?limit=1000&bbox=" + box);
                List<String> expected = new ArrayList<>();
                for (JsonNode feature : all.path("features")) {
                    if (meets(box, shape(feature))) {
                        expected.add(feature.path("id").asText());
                    }
                }
                List<String> ids = new ArrayList<>();
                found.path("features").forEach(f -> ids.add(f.path("id").asText()));
                assertEquals(expected, ids, collection.path("id").asText() + " " + box);
            }
        }
    }

    @Test
    void aTimeTakesWhatIsValidThen() throws Exception {
        String items = "/api/features/collections/facilities/items?datetime=";
        assertEquals(
                18, json(items + "2017-01-05T12:00:00Z").path("numberMatched").asInt());
        assertEquals(
                18,
                json(items + "2017-01-05T12:00:00%2B09:00")
                        .path("numberMatched")
                        .asInt());
        assertEquals(
                18,
                json(items + "2000-01-01T00:00:00Z/2017-01-05T12:00:00Z")
                        .path("numberMatched")
                        .asInt());
        assertEquals(
                18,
                json(items + "../2017-01-05T12:00:00Z").path("numberMatched").asInt());
        assertEquals(
                18,
                json(items + "2017-01-05T12:00:00Z/..").path("numberMatched").asInt());
        assertEquals(
                18, json(items + "2017-01-05T12:00:00Z/").path("numberMatched").asInt());
        JsonNode before = json(items + "/2000-01-01T00:00:00Z");
        assertEquals(0, before.path("numberMatched").asInt());
        assertTrue(before.path("features").isArray());
        assertEquals(18, json(items + "2010-03-23").path("numberMatched").asInt());
    }

    @Test
    void whatIsUnknownOrCannotBeReadIsRefusedWith400() throws Exception {
        String items = "/api/features/collections/facilities/items?";
        for (String wrong : List.of(
                "unknown=1",
                "bbox-crs=" + CRS84,
                "crs=" + CRS84,
                "limit=0",
                "limit=-1",
                "limit=ten",
                "limit=1&limit=2",
                "offset=-1",
                "bbox=1,2,3",
                "bbox=1,2,3,4,5",
                "bbox=a,b,c,d",
                "bbox=0,10,1,0",
                "bbox=0,-91,1,0",
                "bbox=0,NaN,1,0",
                "bbox=-200,0,1,0",
                "datetime=yesterday",
                "datetime=2017-13-01",
                "datetime=2018-01-01T00:00:00Z/2017-01-01T00:00:00Z",
                "datetime=../..",
                "datetime=",
                "f=xml")) {
            HttpResponse<String> answer = get(items + wrong, "");
            assertEquals(400, answer.statusCode(), wrong);
            assertEquals("application/problem+json", type(answer), wrong);
        }
        for (String path : List.of("", "/conformance", "/api", "/collections", "/collections/facilities")) {
            assertEquals(400, get("/api/features" + path + "?unknown=1", "").statusCode(), path);
        }
    }

    @Test
    void aLimitOverTheMostIsTheMost() throws Exception {
        JsonNode items = json("/api/features/collections/facilities/items?limit=100000");
        assertEquals(18, items.path("numberReturned").asInt());
    }

    @Test
    void whatIsNotThereIs404AndTheLayersOfStaffAreNotThere() throws Exception {
        for (String path : List.of(
                "/collections/nothing",
                "/collections/nothing/items",
                "/collections/facilities/items/nothing",
                "/collections/roads/items/facility-01",
                "/collections/secret-wells",
                "/collections/secret-wells/items",
                "/collections/secret-wells/items/well-1",
                "/collections/facilities/items/well-1")) {
            assertEquals(404, get("/api/features" + path, "").statusCode(), path);
        }
        assertFalse(get("/api/features/collections", "").body().contains("secret"));
        assertFalse(get("/api/features/api", "").body().contains("secret"));
    }

    @Test
    void anEmptyCollectionHasAnEmptyListOfFeatures() throws Exception {
        JsonNode items = json("/api/features/collections/empty-layer/items");
        assertTrue(items.path("features").isArray());
        assertEquals(0, items.path("numberMatched").asInt());
    }

    @Test
    void everyResourceIsAPageTooIfOneAsksForIt() throws Exception {
        for (String path : List.of(
                "",
                "/conformance",
                "/api",
                "/collections",
                "/collections/facilities",
                "/collections/facilities/items",
                "/collections/facilities/items/facility-01")) {
            HttpResponse<String> byHeader = get("/api/features" + path, "text/html,application/xml;q=0.9");
            HttpResponse<String> byParameter = get("/api/features" + path + "?f=html", "");
            assertTrue(type(byHeader).startsWith("text/html"), path);
            assertTrue(type(byParameter).startsWith("text/html"), path);
            assertTrue(
                    type(get("/api/features" + path + "?f=json", "text/html")).contains("json"), path);
        }
    }

    @Test
    void anyPageOfTheWorldMayReadIt() throws Exception {
        HttpResponse<String> answer = get("/api/features/collections/facilities/items", "");
        assertEquals("application/geo+json", type(answer));
        assertEquals(
                "*", answer.headers().firstValue("Access-Control-Allow-Origin").orElse(""));
    }

    private static void assertEveryLinkSaysRelationAndType(JsonNode document) {
        assertFalse(href(document, "self").isEmpty());
        assertFalse(href(document, "alternate").isEmpty());
        for (JsonNode link : document.path("links")) {
            assertTrue(link.hasNonNull("rel") && link.hasNonNull("type"), link.toString());
        }
    }

    private static JsonNode collections() throws IOException, InterruptedException {
        JsonNode collections = json(href(json("/api/features"), "data")).path("collections");
        assertTrue(collections.size() >= 4, collections.toString());
        return collections;
    }

    private static boolean meets(String box, Geometry shape) {
        double[] n = java.util.Arrays.stream(box.split(","))
                .mapToDouble(Double::parseDouble)
                .toArray();
        double west = n[0];
        double east = n.length == 6 ? n[3] : n[2];
        double north = n.length == 6 ? n[4] : n[3];
        return west <= east
                ? meets(new Envelope(west, east, n[1], north), shape)
                : meets(new Envelope(west, 180, n[1], north), shape)
                        || meets(new Envelope(-180, east, n[1], north), shape);
    }

    private static boolean meets(Envelope box, Geometry shape) {
        return new GeometryFactory().toGeometry(box).distance(shape) == 0;
    }

    private static Envelope envelope(JsonNode box) {
        Envelope envelope = new Envelope(
                box.path(0).asDouble(),
                box.path(2).asDouble(),
                box.path(1).asDouble(),
                box.path(3).asDouble());
        envelope.expandBy(1e-6);
        return envelope;
    }

    private static Geometry shape(JsonNode feature) throws ParseException {
        return new GeoJsonReader().read(feature.path("geometry").toString());
    }

    private static String href(JsonNode document, String rel) {
        for (JsonNode link : document.path("links")) {
            if (link.path("rel").asText().equals(rel)) {
                return link.path("href").asText();
            }
        }
        return "";
    }

    private static JsonNode json(String address) throws IOException, InterruptedException {
        HttpResponse<String> answer = get(address, "");
        assertEquals(200, answer.statusCode(), address);
        return JSON.readTree(answer.body());
    }

    private static String type(HttpResponse<String> answer) {
        return answer.headers().firstValue("Content-Type").orElse("");
    }

    /** Links name the city's public address; this run's port is another one. */
    private static HttpResponse<String> get(String address, String accept) throws IOException, InterruptedException {
        String path = address.replace("https://localhost:8443", "");
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create("https://localhost:" + server.publicPort() + path));
        if (!accept.isEmpty()) {
            request.header("Accept", accept);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
