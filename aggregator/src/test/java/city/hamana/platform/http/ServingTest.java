package city.hamana.platform.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.hamana.platform.access.Proof;
import city.hamana.platform.access.Role;
import city.hamana.platform.html.Frame;
import city.hamana.platform.html.Html;
import city.hamana.platform.html.Page;
import city.hamana.platform.metrics.Metrics;
import city.hamana.platform.text.Words;
import io.helidon.http.HeaderNames;
import io.helidon.webclient.http1.Http1ClientRequest;
import io.helidon.webclient.http1.Http1ClientResponse;
import io.helidon.webserver.testing.junit5.DirectClient;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ServingTest {
    private static final String TOKEN = "AAAAAAAAAAAAAAAAAAAAAA";
    private final DirectClient client = new DirectClient(routes().publicListener(site()));

    @Test
    void aFormWithoutThePagesTokenIsRefused() {
        assertEquals(403, post("name=x", "", "").code());
        assertEquals(403, post("csrf=" + TOKEN, "", "").code());
        assertEquals(403, post("csrf=BBBBBBBBBBBBBBBBBBBBBB", TOKEN, "").code());
    }

    @Test
    void aFormOfOursIsTaken() {
        Answer answer = post("name=%E6%B9%96%E8%A5%BF&csrf=" + TOKEN, TOKEN, "same-origin");
        assertEquals(200, answer.code());
        assertEquals("湖西", answer.body());
    }

    @Test
    void aFormSentFromAnotherSiteIsRefusedEvenWithTheToken() {
        assertEquals(403, post("csrf=" + TOKEN, TOKEN, "cross-site").code());
    }

    @Test
    void aBodyThatIsTooLongIsRefused() {
        assertEquals(
                413,
                post("name=" + "x".repeat(70_000) + "&csrf=" + TOKEN, TOKEN, "").code());
    }

    @Test
    void aFormWithFilesIsTakenWithItsManyValues() {
        Answer answer = upload(
                "/photo",
                "name=csrf\r\n\r\n" + TOKEN,
                "name=colour\r\n\r\n青",
                "name=colour\r\n\r\n赤",
                "name=photo; filename=\"C:\\\\pictures\\\\穴.jpg\"\r\nContent-Type: image/jpeg\r\n\r\n12345",
                "name=photo; filename=\"\"\r\n\r\n");
        assertEquals("[青, 赤] [穴.jpg:5]", answer.body());
    }

    @Test
    void filesAreRefusedWhenTheyAreTooMuchOrNotWantedOrWithoutThePagesToken() {
        String token = "name=csrf\r\n\r\n" + TOKEN;
        String photo = "name=photo; filename=a.jpg\r\n\r\n";
        assertEquals(413, upload("/photo", token, photo + "x".repeat(1_001)).code());
        assertEquals(
                413,
                upload("/photo", token, photo + "x".repeat(600), photo + "x".repeat(600))
                        .code());
        assertEquals(415, upload("/form", token, photo + "x").code());
        assertEquals(403, upload("/photo", photo + "x").code());
        assertEquals(400, upload("/photo", token, "name=photo; filename=a.jpg").code());
    }

    @Test
    void aProgramsFormNeedsNoPagesToken() {
        Answer answer = answer(
                client.post("/api/open").header(HeaderNames.CONTENT_TYPE, "application/x-www-form-urlencoded"),
                "name=x");
        assertEquals("x", answer.body());
    }

    @Test
    void aPersonOfAnotherRoleIsRefused() {
        assertEquals(403, get("/staff", "__Host-session=resident").code());
        assertEquals(200, get("/staff", "__Host-session=staff").code());
    }

    @Test
    void aStrangerIsSentToSignInAndBack() {
        Answer answer = answer(client.get("/staff").queryParam("day", "1"), "");
        assertEquals(303, answer.code());
        assertEquals("/sign-in?to=%2Fstaff%3Fday%3D1", answer.location());
    }

    @Test
    void aProgramIsToldWhatIsWrongAsAProblem() {
        Answer answer = get("/api/v1/thing", "x=y");
        assertEquals(401, answer.code());
        assertEquals("application/problem+json", answer.type());
        assertTrue(answer.body().contains("\"status\":401"));
    }

    @Test
    void aFaultIsAnsweredWithoutItsInnards() {
        Answer answer = get("/fault", "x=y");
        assertEquals(500, answer.code());
        assertFalse(answer.body().contains("secret-detail"));
    }

    @Test
    void everyAnswerForbidsWhatIsNotOurs() {
        try (Http1ClientResponse response = client.get("/nowhere").request()) {
            String policy = response.headers()
                    .get(HeaderNames.create("Content-Security-Policy"))
                    .get();
            assertTrue(policy.startsWith("default-src 'none'"));
            assertFalse(policy.contains("unsafe"));
            assertEquals(404, response.status().code());
        }
    }

    private record Answer(int code, String type, String location, String body) {}

    private Answer get(String path, String cookie) {
        return answer(client.get(path).header(HeaderNames.COOKIE, cookie), "");
    }

    private Answer post(String form, String token, String fetchSite) {
        Http1ClientRequest request = client.post("/form");
        if (!token.isEmpty()) {
            request.header(HeaderNames.COOKIE, "__Host-csrf=" + token);
        }
        if (!fetchSite.isEmpty()) {
            request.header(HeaderNames.create("Sec-Fetch-Site"), fetchSite);
        }
        return answer(request, form);
    }

    private static Answer answer(Http1ClientRequest request, String body) {
        request.followRedirects(false);
        try (Http1ClientResponse r = body.isEmpty() ? request.request() : request.submit(body)) {
            return new Answer(
                    r.status().code(),
                    r.headers().first(HeaderNames.CONTENT_TYPE).orElse(""),
                    r.headers().first(HeaderNames.LOCATION).orElse(""),
                    r.entity().hasEntity() ? r.as(String.class) : "");
        }
    }

    private static String described(Form form) {
        return form.all("colour") + " "
                + form.uploads("photo").stream()
                        .map(upload -> upload.fileName() + ":" + upload.bytes().length)
                        .toList();
    }

    /** A form with files, lines as RFC 7578 has them. */
    private Answer upload(String path, String... parts) {
        StringBuilder body = new StringBuilder();
        for (String part : parts) {
            body.append("--edge\r\nContent-Disposition: form-data; ")
                    .append(part)
                    .append("\r\n");
        }
        Http1ClientRequest request = client.post(path)
                .header(HeaderNames.CONTENT_TYPE, "multipart/form-data; boundary=edge")
                .header(HeaderNames.COOKIE, "__Host-csrf=" + TOKEN);
        return answer(request, body + "--edge--\r\n");
    }

    private static Routes routes() {
        Routes routes = new Routes();
        routes.of("test")
                .get(
                        "/staff",
                        Role.STAFF,
                        call -> Reply.text("text/plain", call.person().name()))
                .get("/api/v1/thing", Role.API_TOKEN, call -> Reply.empty(204))
                .get("/fault", Role.ANYONE, call -> {
                    throw new IllegalStateException("secret-detail");
                })
                .post("/form", Role.ANYONE, call -> Reply.text("text/plain", call.field("name")))
                .post("/api/open", Role.ANY_PROGRAM, call -> Reply.text("text/plain", call.field("name")))
                .upload("/photo", Role.ANYONE, 1_000, call -> Reply.text("text/plain", described(call.form())));
        return routes;
    }

    private static Site site() {
        Frame frame = new Frame(Words.beside(List.of(Page.class)), Clock.systemUTC(), List.of(), false, "", "", "1");
        return new Site(frame, new Html(), new NamedGate(), new Metrics(), TrustedProxies.NONE);
    }

    /** The session's secret is the name of the role. */
    private static final class NamedGate implements Gate {
        @Override
        public Optional<Caller.Person> person(String secret) {
            return switch (secret) {
                case "staff" -> Optional.of(known("1", "Suzuki", Role.STAFF));
                case "resident" -> Optional.of(known("2", "Sato", Role.RESIDENT));
                default -> Optional.empty();
            };
        }

        @Override
        public Optional<Caller.Program> program(String token) {
            return Optional.empty();
        }

        @Override
        public Optional<Caller.Device> device(X509Certificate certificate) {
            return Optional.empty();
        }
    }

    private static Caller.Person known(String id, String name, Role role) {
        return new Caller.Person(id, name, Set.of(role), Optional.empty(), Proof.ONE_FACTOR);
    }
}
