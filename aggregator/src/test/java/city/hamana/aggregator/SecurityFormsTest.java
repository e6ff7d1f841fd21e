package city.hamana.aggregator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.hamana.aggregator.Guest.Answer;
import city.hamana.platform.access.Role;
import city.hamana.platform.http.Route;
import io.helidon.http.HeaderNames;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Forms of other sites, cookies of others, addresses that lead away, and what answers and logs carry. */
class SecurityFormsTest {
    private static final String SESSION = "__Host-session";
    private static final String CSRF = "__Host-csrf";
    private static final String SOMEBODYS = "BBBBBBBBBBBBBBBBBBBBBB";
    private static final String FORM = "application/x-www-form-urlencoded";

    /** No session is looked at in any of them, so another site gains nothing by sending them. */
    private static final Set<String> WITHOUT_TOKEN = Set.of(
            // LINE signs what it sends.
            "/api/line/webhook",
            "/api/payments/webhook",
            // RFC 8058: the mail program sends it; the token in the address is what it takes.
            "/stop/{token}",
            // Open311: programs send reports, as anybody may on the page.
            "/api/open311/v2/requests.json",
            "/api/open311/v2/requests.xml");

    private static Places places;

    @BeforeAll
    static void open() {
        places = Places.furnished();
    }

    @AfterAll
    static void close() {
        places.city().close();
    }

    @Test
    void noFormIsTakenThatIsNotFromAPageOfOurs() {
        Map<String, Guest> guests = Map.of("hanako", places.guest("hanako"), "suzuki", places.guest("suzuki"));
        long before = places.events();
        List<String> taken = new ArrayList<>();
        for (Route route : places.people()) {
            if (route.method().equals("POST")) {
                Guest guest = guests.get(route.path().startsWith("/staff") ? "suzuki" : "hanako");
                String own = guest.cookie(CSRF);
                List<Integer> statuses = List.of(
                        sent(guest, route, "x=y", Map.of()),
                        sent(guest, route, "csrf=", Map.of()),
                        sent(guest, route, "csrf=" + SOMEBODYS, Map.of()),
                        sent(guest, route, "csrf=" + own, Map.of("Sec-Fetch-Site", "cross-site")),
                        sent(guest, route, "csrf=" + own, Map.of("Sec-Fetch-Site", "same-site")),
                        sent(guest, route, "{\"csrf\":\"" + own + "\"}", Map.of("Content-Type", "application/json")),
                        sent(guest, route, "csrf=" + own, Map.of("Content-Type", "text/plain", "Sec-Fetch-Site", "x")));
                if (!statuses.equals(List.of(403, 403, 403, 403, 403, 403, 403))) {
                    taken.add(route.path() + " " + statuses);
                }
            }
        }
        assertEquals(List.of(), taken);
        assertEquals(before, places.events(), "nothing happened");
    }

    @Test
    void formsThatNeedNoTokenAreThoseOfProgramsAndAreFewAndNamed() {
        Set<String> without = places.city().routes().all().stream()
                .filter(route -> route.method().equals("POST") && route.role() == Role.ANY_PROGRAM)
                .map(Route::path)
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(new TreeSet<>(WITHOUT_TOKEN), without);
    }

    /** The browser alone sends the session; a program's route must not look at it. */
    @Test
    void aSessionOpensNoProgramsRoute() {
        Guest suzuki = places.guest("suzuki");
        for (Route route : places.city().routes().all()) {
            if (route.role() == Role.API_TOKEN && route.method().equals("GET")) {
                assertEquals(401, suzuki.get(places.address(route)).status(), route.path());
            }
        }
    }

    @Test
    void aSessionThatSomebodyPutIntoTheBrowserIsNeverTheOneAfterSigningIn() {
        Guest guest = new Guest(places.city()).keeping(SESSION, SOMEBODYS).keeping("__Host-step", SOMEBODYS);
        signIn(guest, "jiro");
        String jiros = guest.cookie(SESSION);
        assertNotEquals(SOMEBODYS, jiros);
        guest.get("/sign-in");
        signIn(guest, "ichiro");
        assertNotEquals(jiros, guest.cookie(SESSION));
        Guest thief = new Guest(places.city()).keeping(SESSION, jiros);
        assertEquals(303, thief.get("/me").status(), "the session before is over");
    }

    @Test
    void aBetterProofIsANewSessionAndTheOldOneIsOver() {
        Guest guest = SignInWalk.registered(places.city(), "proof@example.jp", "証 一");
        String before = guest.cookie(SESSION);
        String page = guest.get("/account/second-factor").body();
        String secret = page.replaceFirst("(?s).*<code class=\"secret\">([A-Z2-7 ]+)</code>.*", "$1")
                .replace(" ", "");
        assertEquals(
                200,
                guest.post("/account/second-factor", Map.of("code", OneTimeCode.now(secret)))
                        .status());
        assertNotEquals(before, guest.cookie(SESSION));
        assertEquals(200, guest.get("/account").status());
        Guest thief = new Guest(places.city()).keeping(SESSION, before);
        assertEquals(303, thief.get("/account").status(), "the session before is over");
    }

    @Test
    void signingOutEndsTheSessionInTheCityAndNotOnlyInTheBrowser() {
        Guest guest = places.guest("jiro");
        String session = guest.cookie(SESSION);
        guest.post("/sign-out", Map.of());
        assertEquals("", guest.cookie(SESSION));
        assertEquals(
                303,
                new Guest(places.city()).keeping(SESSION, session).get("/me").status());
    }

    @Test
    void cookiesAreForThisSiteOverTlsAndOutOfReachOfScripts() {
        Guest guest = new Guest(places.city());
        List<String> cookies = new ArrayList<>(cookies(guest.get("/sign-in")));
        cookies.addAll(cookies(signIn(guest, "jiro")));
        cookies.addAll(cookies(guest.get("/display?language=pt&to=/")));
        cookies.addAll(cookies(guest.post("/sign-out", Map.of())));
        assertTrue(cookies.stream().anyMatch(c -> c.startsWith(SESSION)), cookies.toString());
        for (String cookie : cookies) {
            assertTrue(cookie.contains("; Secure") && cookie.contains("; HttpOnly"), cookie);
            assertTrue(cookie.contains("; SameSite=") && cookie.contains("; Path=/;"), cookie);
            assertFalse(cookie.contains("Domain="), cookie);
            boolean display = cookie.startsWith("language=") || cookie.startsWith("text-size=");
            assertTrue(display || cookie.startsWith("__Host-"), cookie);
        }
    }

    @Test
    void wrongPasswordsOfOthersDoNotLockTheOwnerOut() {
        Guest owner = places.guest("mori");
        owner.post("/sign-out", Map.of());
        Guest thief = new Guest(places.city());
        thief.get("/sign-in");
        int last = 0;
        for (int i = 0; i < 12; i++) {
            last = thief.post("/sign-in", Map.of("name", "mori", "password", "guess " + i))
                    .status();
        }
        assertEquals(429, last);
        assertEquals(303, signIn(owner, "mori").status(), "a browser in which the owner was before");
    }

    @Test
    void noAnswerLeadsAway() {
        List<String> away = List.of(
                "//elsewhere.example",
                "https://elsewhere.example",
                "/%5C/elsewhere.example",
                "%5C%5Celsewhere.example",
                "javascript:alert(1)",
                "/%09/elsewhere.example",
                "/me%0d%0aSet-Cookie:%20a=b",
                "%20//elsewhere.example");
        Guest hanako = places.guest("hanako");
        Guest suzuki = places.guest("suzuki");
        List<String> wrong = new ArrayList<>();
        for (Route route : places.people()) {
            if (route.method().equals("GET") && !SecurityAccessTest.ENDLESS.contains(route.path())) {
                Guest guest = route.path().startsWith("/staff") ? suzuki : hanako;
                boolean leads = route.path().equals("/display") || route.path().startsWith("/sign-in");
                for (String to : leads ? away : away.subList(0, 2)) {
                    String query = "?to=" + to + "&back=" + to + "&language=ja";
                    Answer answer = guest.raw("GET", places.address(route) + query, Map.of(), new byte[0]);
                    if (leadsAway(answer.location()) || answer.headers().contains(HeaderNames.create("a"))) {
                        wrong.add(places.address(route) + query + " " + answer.location());
                    }
                }
            }
        }
        for (String to : away) {
            Answer answer = signIn(new Guest(places.city()), "jiro", to);
            if (leadsAway(answer.location())) {
                wrong.add("/sign-in " + answer.location());
            }
        }
        assertEquals(List.of(), wrong);
    }

    @Test
    void everyAnswerSaysThatNothingFromElsewhereIsLoadedFramedOrGuessed() {
        Guest nobody = new Guest(places.city());
        Guest suzuki = places.guest("suzuki");
        List<Answer> answers = new ArrayList<>(List.of(
                nobody.raw("GET", "/nowhere", Map.of(), new byte[0]),
                nobody.raw("PUT", "/me", Map.of(), new byte[0]),
                nobody.raw("OPTIONS", "/api/v1/series", Map.of(), new byte[0]),
                nobody.raw("POST", "/sign-in", Map.of(), "x".repeat(70_000).getBytes(StandardCharsets.UTF_8)),
                nobody.raw("GET", "/assets/..%2f..%2fpom.xml", Map.of(), new byte[0])));
        for (Route route : places.city().routes().all()) {
            if (route.role() != Role.DEVICE && !SecurityAccessTest.ENDLESS.contains(route.path())) {
                answers.add(nobody.raw(route.method(), places.address(route), Map.of(), new byte[0]));
                if (route.method().equals("GET")) {
                    answers.add(suzuki.get(places.address(route)));
                }
            }
        }
        for (Answer answer : answers) {
            String policy = header(answer, "Content-Security-Policy");
            assertTrue(policy.contains("default-src 'none'") && policy.contains("frame-ancestors 'none'"), policy);
            assertTrue(policy.contains("script-src 'self';") && policy.contains("base-uri 'none'"), policy);
            assertEquals("nosniff", header(answer, "X-Content-Type-Options"));
            assertTrue(header(answer, "Referrer-Policy").matches("same-origin|no-referrer"));
            assertFalse(header(answer, "Strict-Transport-Security").isEmpty());
            boolean mixed = answer.headers().contains(HeaderNames.create("Access-Control-Allow-Credentials"));
            assertFalse(mixed, "no other site reads with a session");
        }
    }

    /** What one may know by its address alone, or should not be known to who reads a log. */
    @Test
    void theAccessLogHoldsNeitherSecretsNorNames() {
        List<String> lines = new ArrayList<>();
        Handler handler = keeping(lines);
        Logger log = Logger.getLogger("city.hamana.access");
        log.addHandler(handler);
        Level before = log.getLevel();
        log.setLevel(Level.INFO);
        try {
            Guest nobody = places.guest("");
            for (String route : List.of("/roads/mine/{secret}", "/roads/follow/{token}", "/stop/{token}")) {
                nobody.get(places.places().get(route));
                nobody.get(places.places().get(route) + "/x");
            }
            nobody.get(places.places().get("/verify/{code}"));
            nobody.get(places.places().get("/roads/new/{draft}/place"));
            places.guest("suzuki").get("/staff/people?q=hakamata&purpose=people.counter");
        } finally {
            log.removeHandler(handler);
            log.setLevel(before);
        }
        String all = String.join("\n", lines);
        assertTrue(lines.size() > 8, all);
        for (String route : List.of(
                "/roads/mine/{secret}",
                "/roads/follow/{token}",
                "/stop/{token}",
                "/verify/{code}",
                "/roads/new/{draft}/place")) {
            String secret =
                    places.places().get(route).replaceFirst("/place$", "").replaceFirst(".*/", "");
            assertFalse(all.contains(secret), route + "\n" + all);
        }
        assertFalse(all.contains("hakamata"), all);
    }

    @Test
    void noAddressOnAPageCarriesANameOrAMailAddress() {
        List<String> wrong = new ArrayList<>();
        for (String name : List.of("hanako", "suzuki")) {
            Guest guest = places.guest(name);
            for (Route route : places.people()) {
                if (route.method().equals("GET") && !SecurityAccessTest.ENDLESS.contains(route.path())) {
                    Answer answer = guest.get(places.address(route));
                    SecurityHtml.values(answer.body(), "href|action|src").stream()
                            .filter(address -> !address.startsWith("mailto:"))
                            .filter(address -> address.matches(".*(@|%40|hakamata|%E8%A2%B4|袴田|花子).*"))
                            .forEach(address -> wrong.add(route.path() + ": " + address));
                }
            }
        }
        assertEquals(List.of(), wrong);
    }

    private static Handler keeping(List<String> lines) {
        return new Handler() {
            @Override
            public void publish(LogRecord line) {
                lines.add(new SimpleFormatter().formatMessage(line));
            }

            @Override
            public void flush() {
                // Nothing is held back.
            }

            @Override
            public void close() {
                // Nothing is open.
            }
        };
    }

    private static boolean leadsAway(String location) {
        return !location.isEmpty() && !location.matches("/(?![/\\\\])[\\x21-\\x7e&&[^\\\\]]*");
    }

    private static int sent(Guest guest, Route route, String body, Map<String, String> headers) {
        Map<String, String> all = new HashMap<>(Map.of("Content-Type", FORM));
        all.putAll(headers);
        return guest.raw("POST", places.address(route), all, body.getBytes(StandardCharsets.UTF_8))
                .status();
    }

    private static Answer signIn(Guest guest, String name) {
        return signIn(guest, name, "/");
    }

    private static Answer signIn(Guest guest, String name, String to) {
        guest.get("/sign-in");
        return guest.post("/sign-in", Map.of("name", name, "password", "blue water", "to", to));
    }

    private static List<String> cookies(Answer answer) {
        return answer.headers().values(HeaderNames.SET_COOKIE);
    }

    private static String header(Answer answer, String name) {
        return answer.headers().first(HeaderNames.create(name)).orElse("");
    }
}
