package city.hamana.aggregator;

import io.helidon.http.HeaderNames;
import io.helidon.http.Headers;
import io.helidon.http.Method;
import io.helidon.webclient.http1.Http1ClientRequest;
import io.helidon.webclient.http1.Http1ClientResponse;
import io.helidon.webserver.testing.junit5.DirectClient;
import java.io.ByteArrayOutputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A browser without a screen and without sockets: it keeps cookies and sends forms with their token. */
final class Guest {
    private final DirectClient client;
    private final Map<String, String> cookies = new LinkedHashMap<>();

    /** What came back. */
    record Answer(int status, String type, String location, String body, Headers headers) {}

    Guest(City city) {
        client = new DirectClient(city.routes().publicListener(city.site()));
    }

    static Guest signedIn(City city, String name) {
        Guest guest = new Guest(city);
        guest.get("/sign-in");
        Answer answer = guest.post("/sign-in", Map.of("name", name, "password", "blue water"));
        if (answer.status() != 303) {
            throw new AssertionError(name + " could not sign in: " + answer.status());
        }
        return guest;
    }

    Guest speaking(String language) {
        cookies.put("language", language);
        return this;
    }

    /** Puts a cookie into the browser. */
    Guest keeping(String name, String value) {
        cookies.put(name, value);
        return this;
    }

    /** Empty when there is none. */
    String cookie(String name) {
        return cookies.getOrDefault(name, "");
    }

    Answer get(String address) {
        return get(address, Map.of());
    }

    Answer get(String address, Map<String, String> headers) {
        Http1ClientRequest request = request(address);
        headers.forEach((name, value) -> request.header(HeaderNames.create(name), value));
        return answer(request, "");
    }

    private Http1ClientRequest request(String address) {
        String[] parts = address.split("\\?", 2);
        Http1ClientRequest request = client.get(parts[0]);
        if (parts.length == 2) {
            for (String pair : parts[1].split("&")) {
                String[] both = pair.split("=", 2);
                request.queryParam(both[0], both[1]);
            }
        }
        return request;
    }

    /** What a file holds. */
    byte[] bytes(String address) {
        Http1ClientRequest request = request(address).followRedirects(false);
        request.header(HeaderNames.COOKIE, cookies());
        try (Http1ClientResponse response = request.request()) {
            return response.as(byte[].class);
        }
    }

    Answer post(String path, Map<String, String> fields) {
        Map<String, String> all = new LinkedHashMap<>(fields);
        all.put("csrf", cookies.getOrDefault("__Host-csrf", ""));
        String form = all.entrySet().stream()
                .map(e -> e.getKey() + "=" + URLEncoder.encode(e.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return answer(client.post(path), form);
    }

    /** As a browser sends a form with files: each name with all its values, then the pictures. */
    Answer post(String path, Map<String, List<String>> fields, Map<String, byte[]> pictures) {
        String boundary = "a-boundary-that-nothing-holds";
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        Map<String, List<String>> all = new LinkedHashMap<>();
        all.put("csrf", List.of(cookie("__Host-csrf")));
        all.putAll(fields);
        all.forEach((name, values) -> values.forEach(value ->
                part(body, boundary, "name=\"" + name + "\"\r\n\r\n", value.getBytes(StandardCharsets.UTF_8))));
        pictures.forEach((name, bytes) -> part(
                body,
                boundary,
                "name=\"" + name + "\"; filename=\"photo.jpg\"\r\nContent-Type: image/jpeg\r\n\r\n",
                bytes));
        body.writeBytes(("--" + boundary + "--\r\n").getBytes(StandardCharsets.UTF_8));
        String type = "multipart/form-data; boundary=" + boundary;
        return raw("POST", path, Map.of("Content-Type", type), body.toByteArray());
    }

    private static void part(ByteArrayOutputStream body, String boundary, String head, byte[] bytes) {
        String before = "--" + boundary + "\r\nContent-Disposition: form-data; " + head;
        body.writeBytes(before.getBytes(StandardCharsets.UTF_8));
        body.writeBytes(bytes);
        body.writeBytes("\r\n".getBytes(StandardCharsets.UTF_8));
    }

    /**
     * As somebody sends it who keeps to nothing: no token is added.
     *
     * @param address in its coding, with its query
     */
    Answer raw(String method, String address, Map<String, String> headers, byte[] body) {
        String[] parts = address.split("\\?", 2);
        Http1ClientRequest request =
                client.method(Method.create(method)).skipUriEncoding(true).path(parts[0]);
        if (parts.length == 2) {
            for (String pair : parts[1].split("&")) {
                String[] both = pair.split("=", 2);
                request.queryParam(both[0], both.length == 2 ? both[1] : "");
            }
        }
        headers.forEach((name, value) -> request.header(HeaderNames.create(name), value));
        return answer(request, body);
    }

    private Answer answer(Http1ClientRequest request, String form) {
        return answer(request, form.getBytes(StandardCharsets.UTF_8));
    }

    private Answer answer(Http1ClientRequest request, byte[] form) {
        request.followRedirects(false);
        if (!cookies.isEmpty()) {
            request.header(HeaderNames.COOKIE, cookies());
        }
        try (Http1ClientResponse r = form.length == 0 ? request.request() : request.submit(form)) {
            r.headers().values(HeaderNames.SET_COOKIE).forEach(this::keep);
            return new Answer(
                    r.status().code(),
                    r.headers().first(HeaderNames.CONTENT_TYPE).orElse(""),
                    r.headers().first(HeaderNames.LOCATION).orElse(""),
                    r.entity().hasEntity() ? r.as(String.class) : "",
                    r.headers());
        }
    }

    private String cookies() {
        return cookies.entrySet().stream()
                .map(e -> e.getKey() + "=" + e.getValue())
                .collect(Collectors.joining("; "));
    }

    private void keep(String setCookie) {
        String[] pair = setCookie.split(";", 2)[0].split("=", 2);
        if (setCookie.contains("Max-Age=0")) {
            cookies.remove(pair[0]);
        } else {
            cookies.put(pair[0], pair[1]);
        }
    }
}
