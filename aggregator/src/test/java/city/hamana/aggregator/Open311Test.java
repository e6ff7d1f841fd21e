package city.hamana.aggregator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.Schema;
import javax.xml.validation.SchemaFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/** Open311 GeoReport v2 as a client meets it, over sockets; answers are held against schemas of what the standard says. */
class Open311Test {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ROOT = "/api/open311/v2";
    private static final SchemaRegistry SCHEMAS = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

    private static Server server;
    private static HttpClient client;
    private static Schema xsd;

    @BeforeAll
    static void start() throws SAXException {
        server = Server.start(TestCity.settings(), TestCity.identity());
        client = HttpClient.newBuilder()
                .sslContext(TestCity.gateway("gw-1").sslContext())
                .version(HttpClient.Version.HTTP_1_1)
                .build();
        xsd = SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI)
                .newSchema(Open311Test.class.getResource("open311/georeport.xsd"));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void theServicesAreThoseOfThePagesInBothCodings() throws Exception {
        JsonNode services = json("/services.json", "services");
        assertEquals(12, services.size());
        Document xml = xml("/services.xml");
        assertEquals("services", xml.getDocumentElement().getTagName());
        assertEquals(codes(services, "service_code"), texts(xml, "service_code"));
        assertEquals(codes(services, "service_name"), texts(xml, "service_name"));
    }

    @Test
    void everyDefinitionNamesWhatIsAsked() throws Exception {
        for (JsonNode service : json("/services.json", "services")) {
            String code = service.path("service_code").asText();
            JsonNode definition = json("/services/" + code + ".json", "service-definition");
            assertEquals(code, definition.path("service_code").asText());
            assertEquals(
                    service.path("metadata").asBoolean(),
                    !definition.path("attributes").isEmpty(),
                    code);
            Document xml = xml("/services/" + code + ".xml");
            assertEquals(definition.findValuesAsText("key"), texts(xml, "key"));
        }
        assertError(404, "service_code was not found", get("/services/nothing.json"));
        assertError(404, "format is json or xml", get("/services/pothole"));
    }

    @Test
    void theRequestsAreTheSameInBothCodings() throws Exception {
        JsonNode requests = json("/requests.json", "requests");
        assertTrue(requests.size() >= 8, requests.toString());
        Document xml = xml("/requests.xml");
        assertEquals(codes(requests, "service_request_id"), texts(xml, "service_request_id"));
        assertEquals(codes(requests, "requested_datetime"), texts(xml, "requested_datetime"));
        for (JsonNode request : requests) {
            String id = request.path("service_request_id").asText();
            assertEquals(request, json("/requests/" + id + ".json", "requests").path(0));
            assertEquals(List.of(id), texts(xml("/requests/" + id + ".xml"), "service_request_id"));
        }
    }

    @Test
    void filtersChooseByStateServiceNumberAndTime() throws Exception {
        JsonNode all = json("/requests.json", "requests");
        JsonNode open = json("/requests.json?status=open", "requests");
        JsonNode closed = json("/requests.json?status=closed", "requests");
        assertEquals(all.size(), open.size() + closed.size());
        open.forEach(r -> assertEquals("open", r.path("status").asText()));
        assertEquals(
                all.size(),
                json("/requests.json?status=open,closed", "requests").size());
        JsonNode lights = json("/requests.json?service_code=light,mirror", "requests");
        assertEquals(
                List.of("light", "mirror"),
                codes(lights, "service_code").stream().sorted().toList());
        String ids = all.path(0).path("service_request_id").asText() + ","
                + all.path(2).path("service_request_id").asText();
        assertEquals(
                2, json("/requests.json?service_request_id=" + ids, "requests").size());
        assertEquals(
                0,
                json("/requests.json?service_request_id=2001-000001", "requests")
                        .size());
        assertEquals(
                0,
                json("/requests.json?start_date=2016-01-01T00:00:00Z&end_date=2016-02-01T00:00:00Z", "requests")
                        .size());
        JsonNode last = json("/requests.json?start_date=" + TestCity.NOW.minus(Duration.ofDays(3)), "requests");
        assertTrue(last.size() > 0 && last.size() < all.size(), last.toString());
        assertEquals(3, json("/requests.json?page_size=3", "requests").size());
        JsonNode second = json("/requests.json?page_size=3&page=2", "requests");
        assertEquals(all.path(3), second.path(0));
    }

    @Test
    void aWindowOfMoreThanNinetyDaysOrAnUnreadableOneIsRefused() throws Exception {
        assertError(
                400, "90 days", get("/requests.json?start_date=2016-01-01T00:00:00Z&end_date=2016-06-01T00:00:00Z"));
        assertError(400, "date", get("/requests.json?start_date=yesterday"));
        assertError(400, "status", get("/requests.json?status=lost"));
        assertError(400, "page", get("/requests.json?page=0"));
        assertError(404, "service_request_id was not found", get("/requests/2001-000001.json"));
        assertError(404, "jurisdiction_id was not found", get("/requests.json?jurisdiction_id=elsewhere.example"));
        assertEquals(
                200,
                get("/services.json?jurisdiction_id=city.kosai.shizuoka.jp").statusCode());
        Document errors = parsed(get("/requests/2001-000001.xml"));
        assertEquals(List.of("404"), texts(errors, "code"));
    }

    @Test
    void aReportPostedIsNumberedAtOnceAndComesBackWithoutItsSender() throws Exception {
        Map<String, String> form = valid();
        HttpResponse<String> answer = post("/requests.json", form);
        assertEquals(200, answer.statusCode(), answer.body());
        assertValid("posted", answer.body());
        String id =
                JSON.readTree(answer.body()).path(0).path("service_request_id").asText();
        HttpResponse<String> back = get("/requests/" + id + ".json");
        JsonNode request = JSON.readTree(back.body()).path(0);
        assertEquals("open", request.path("status").asText());
        assertEquals("pothole", request.path("service_code").asText());
        assertEquals(34.7131, request.path("lat").asDouble());
        for (String own : List.of("Silva", "090-0000-0000", "silva@example.jp", "Buraco na frente", "photos.example")) {
            assertFalse(back.body().contains(own), own);
        }
        assertEquals(2, post("/requests.xml", form).body().split("<service_request_id>", -1).length);
    }

    @Test
    void whatIsMissingOrWrongIsSaidWithTheStandardsStatus() throws Exception {
        assertError(403, "api_key", post("/requests.json", without("api_key")));
        assertError(403, "api_key", post("/requests.json", with("api_key", "wrong")));
        assertError(400, "service_code was not provided", post("/requests.json", without("service_code")));
        assertError(404, "service_code was not found", post("/requests.json", with("service_code", "dragon")));
        assertError(404, "jurisdiction_id", post("/requests.json", with("jurisdiction_id", "elsewhere.example")));
        Map<String, String> nowhere = without("lat");
        nowhere.remove("long");
        assertError(400, "address_string", post("/requests.json", nowhere));
        assertError(400, "both", post("/requests.json", without("long")));
        assertError(400, "both", post("/requests.json", with("lat", "91")));
        assertError(400, "outside", post("/requests.json", with("lat", "35.6")));
        assertError(400, "attribute[size]", post("/requests.json", without("attribute[size]")));
        assertError(400, "attribute[size]", post("/requests.json", with("attribute[size]", "huge")));
        assertError(400, "definition does not have", post("/requests.json", with("attribute[colour]", "red")));
        assertError(400, "media_url", post("/requests.json", with("media_url", "file:///etc/passwd")));
        assertError(400, "email", post("/requests.json", with("email", "nobody")));
        assertError(400, "4000", post("/requests.json", with("description", "あ".repeat(4_001))));
    }

    @Test
    void theKeyMayStandInTheAddressAndAnAddressMayStandForThePlace() throws Exception {
        Map<String, String> form = without("api_key");
        form.remove("lat");
        form.remove("long");
        form.put("address_string", "鷲津 1丁目");
        HttpResponse<String> answer = post("/requests.json?api_key=" + TestCity.TOKEN, form);
        assertEquals(200, answer.statusCode(), answer.body());
        assertTrue(answer.body().contains("service_request_id"));
        String id =
                JSON.readTree(answer.body()).path(0).path("service_request_id").asText();
        assertTrue(json("/requests/" + id + ".json", "requests")
                .path(0)
                .path("lat")
                .isNull());
    }

    @Test
    void aTokenThatWasNeverGivenIsNotFound() throws Exception {
        assertError(404, "token was not found", get("/tokens/" + "x".repeat(43) + ".json"));
        assertEquals(404, get("/tokens/short.xml").statusCode());
    }

    @Test
    void theDiscoveryNamesTheEndpointAndItsFormats() throws Exception {
        JsonNode discovery = JSON.readTree(get("/discovery.json").body());
        JsonNode endpoint = discovery.path("endpoints").path(0);
        assertTrue(endpoint.path("url").asText().endsWith(ROOT));
        assertEquals(2, endpoint.path("formats").size());
        assertEquals(List.of("application/json", "text/xml"), texts(parsedPlain(get("/discovery.xml")), "format"));
    }

    private static Map<String, String> valid() {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("api_key", TestCity.TOKEN);
        form.put("service_code", "pothole");
        form.put("lat", "34.7131");
        form.put("long", "137.5373");
        form.put("attribute[size]", "large");
        form.put("description", "Buraco na frente da loja <b>\u0007");
        form.put("first_name", "Silva");
        form.put("phone", "090-0000-0000");
        form.put("email", "silva@example.jp");
        form.put("media_url", "https://photos.example/1.jpg");
        return form;
    }

    private static Map<String, String> with(String name, String value) {
        Map<String, String> form = valid();
        form.put(name, value);
        return form;
    }

    private static Map<String, String> without(String name) {
        Map<String, String> form = valid();
        form.remove(name);
        return form;
    }

    private static void assertError(int status, String says, HttpResponse<String> answer) {
        assertEquals(status, answer.statusCode(), answer.body());
        assertValid("errors", answer.body());
        assertTrue(answer.body().contains("\"code\":" + status), answer.body());
        assertTrue(answer.body().contains(says), answer.body());
    }

    private static JsonNode json(String path, String schema) throws IOException, InterruptedException {
        HttpResponse<String> answer = get(path);
        assertEquals(200, answer.statusCode(), answer.body());
        assertEquals(
                "application/json; charset=utf-8",
                answer.headers().firstValue("Content-Type").orElse(""));
        assertValid(schema, answer.body());
        return JSON.readTree(answer.body());
    }

    private static void assertValid(String schema, String body) {
        try (InputStream text = Open311Test.class.getResourceAsStream("open311/" + schema + ".json")) {
            assertEquals(
                    List.of(),
                    SCHEMAS.getSchema(text, InputFormat.JSON).validate(body, InputFormat.JSON).stream()
                            .map(Object::toString)
                            .toList());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static Document xml(String path) throws IOException, InterruptedException {
        HttpResponse<String> answer = get(path);
        assertEquals(200, answer.statusCode(), answer.body());
        assertEquals(
                "text/xml; charset=utf-8",
                answer.headers().firstValue("Content-Type").orElse(""));
        assertTrue(answer.body().startsWith("<?xml version=\"1.0\" encoding=\"UTF-8\"?>"), answer.body());
        return parsed(answer);
    }

    private static Document parsed(HttpResponse<String> answer) throws IOException {
        try {
            xsd.newValidator().validate(new StreamSource(new StringReader(answer.body())));
        } catch (SAXException e) {
            throw new AssertionError(e.getMessage() + " in " + answer.body(), e);
        }
        return parsedPlain(answer);
    }

    private static Document parsedPlain(HttpResponse<String> answer) throws IOException {
        try {
            return DocumentBuilderFactory.newDefaultInstance()
                    .newDocumentBuilder()
                    .parse(new InputSource(new StringReader(answer.body())));
        } catch (SAXException | ParserConfigurationException e) {
            throw new AssertionError(answer.body(), e);
        }
    }

    private static List<String> codes(JsonNode list, String field) {
        List<String> codes = new ArrayList<>();
        list.forEach(node -> codes.add(node.path(field).asText()));
        return codes;
    }

    private static List<String> texts(Document document, String name) {
        var nodes = document.getElementsByTagName(name);
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < nodes.getLength(); i++) {
            texts.add(nodes.item(i).getTextContent());
        }
        return texts;
    }

    private static HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return client.send(HttpRequest.newBuilder(address(path)).build(), HttpResponse.BodyHandlers.ofString());
    }

    private static HttpResponse<String> post(String path, Map<String, String> form)
            throws IOException, InterruptedException {
        String body = form.entrySet().stream()
                .map(e -> URLEncoder.encode(e.getKey(), StandardCharsets.UTF_8) + "="
                        + URLEncoder.encode(e.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        HttpRequest request = HttpRequest.newBuilder(address(path))
                .header("Content-Type", "application/x-www-form-urlencoded; charset=utf-8")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private static URI address(String path) {
        return URI.create("https://localhost:" + server.publicPort() + ROOT + path);
    }
}
