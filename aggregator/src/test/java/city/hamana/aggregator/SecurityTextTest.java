package city.hamana.aggregator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.hamana.aggregator.Guest.Answer;
import city.hamana.aggregator.SecurityHtml.Form;
import city.hamana.platform.http.Route;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Text that is meant to do something, in every field and behind every question mark that a page shows. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SecurityTextTest {
    private static final String SCRIPT = "'\"><script>alert(1)</script>";

    /** What {@code 86243*110503} comes to: too long to be the number of an event, an amount or part of a hash. */
    private static final String CALCULATED = "9530110229";

    private static final List<String> HOSTILE = List.of(
            SCRIPT,
            "'; DROP TABLE people_user; --",
            "' OR '1'='1",
            "a\0b",
            "長".repeat(10_000),
            "\u202Eabc\u200B\uFEFF\uD83D\uDE00\uDB40\uDD00",
            "{{86243*110503}}${86243*110503}<%=86243*110503%>",
            "../../../../etc/passwd",
            "-1",
            "99999999999999999999",
            "%");

    /** Names that handlers read and that no form shows. */
    private static final List<String> HIDDEN_NAMES =
            List.of("q", "to", "from", "page", "date", "view", "meter", "said", "f", "bbox", "datetime", "limit");

    /** They would end what the test stands on. */
    private static final String ENDINGS =
            "/sign-out|/account/sessions/.*end|/staff/people/erasures/.*|/staff/accounts/\\d+/(password|end-sessions)";

    private Places places;
    private Set<String> tables;

    City city() {
        return TestCity.open();
    }

    @BeforeAll
    void open() {
        places = Places.furnish(city());
        tables = new TreeSet<>(places.city().database().tables());
    }

    @AfterAll
    void close() {
        places.city().close();
    }

    @Test
    void noQueryBreaksAPageOrComesBackAsAScript() {
        List<String> wrong = new ArrayList<>();
        Map<String, Guest> guests = guests();
        for (Route route : places.city().routes().all()) {
            if (visited(route)) {
                Guest guest = guests.get(reader(route));
                Set<String> names = names(guest.get(places.address(route)).body());
                for (String text : HOSTILE.subList(0, 4)) {
                    asked(wrong, guest, places.address(route), names, text);
                }
                for (String text : HOSTILE) {
                    for (String name : names) {
                        if (!HIDDEN_NAMES.contains(name)) {
                            asked(wrong, guest, places.address(route), Set.of(name), text);
                        }
                    }
                }
            }
        }
        assertEquals(List.of(), wrong);
        assertEquals(tables, new TreeSet<>(places.city().database().tables()));
    }

    @Test
    void noPartOfAnAddressBreaksAPage() {
        List<String> wrong = new ArrayList<>();
        Map<String, Guest> guests = guests();
        for (Route route : places.city().routes().all()) {
            if (visited(route) && route.path().contains("{")) {
                for (String text : List.of(SCRIPT, "' OR '1'='1", "a\0b", "..", "%", "99999999999999999999", "-1")) {
                    String address =
                            route.path().replaceAll("\\{[^}]+}", encoded(text).replace("$", "\\$"));
                    Answer answer = guests.get(reader(route)).raw("GET", address, Map.of(), new byte[0]);
                    check(wrong, answer, address);
                }
            }
        }
        assertEquals(List.of(), wrong);
    }

    /** First with all fields hostile, then only with those that one writes into, so that it is taken and kept. */
    @Test
    void noFormBreaksAndWhatItKeepsIsTextOnEveryPage() {
        List<String> wrong = new ArrayList<>();
        List<String> sent = new ArrayList<>();
        for (String name : List.of("", "hanako", "suzuki")) {
            Guest guest = places.guest(name);
            for (Route route : places.people()) {
                if (visited(route) && reader(route).equals(name)) {
                    for (Form form :
                            SecurityHtml.forms(guest.get(places.address(route)).body(), places.address(route))) {
                        if (form.method().equals("post")
                                && !form.action().matches(ENDINGS)
                                && !sent.contains(form.toString())) {
                            sent.add(form.toString());
                            HOSTILE.forEach(text -> sent(wrong, guest, form, text));
                        }
                    }
                }
            }
        }
        assertTrue(sent.size() > 40, "forms were found: " + sent.size());
        assertEquals(List.of(), wrong);
        assertEquals(tables, new TreeSet<>(places.city().database().tables()));
        assertEquals(List.of(), scripts());
    }

    /** The free text of a report reaches its sender, the division's list and its page. */
    @Test
    void aScriptThatIsKeptIsTextForWhoeverReadsIt() {
        Guest sender = places.guest("");
        places.city().database().inTransaction(tx -> tx.execute("DELETE FROM roads_sent"));
        sender.get("/roads/new");
        String draft = RoadsVisit.draft(sender);
        sender.post(draft + "/detail", Map.of("answer-size", "large", "detail", SCRIPT));
        Answer sent = sender.post(draft + "/send", Map.of());
        assertEquals(303, sent.status(), sent.body());
        String mine = sender.get(sent.location()).body();
        String id = mine.replaceFirst("(?s).*?(\\d{4}-\\d{6}).*", "$1");
        String staffs = places.guest("yamada").get("/staff/roads/" + id).body();
        for (String page : List.of(mine, staffs)) {
            assertTrue(page.contains("&lt;script"), page);
            assertFalse(page.contains("<script>alert(1)"), page);
        }
        assertEquals(List.of(), scripts());
    }

    @Test
    void aSignOfAnyTextFindsNobodyElse() {
        Guest kato = places.guest("kato");
        for (String sign : List.of("%", "_", "%%", "__", "' OR '1'='1")) {
            String page = kato.get("/staff/people?purpose=people.counter&q=" + encoded(sign))
                    .body();
            assertFalse(page.contains("袴田") || page.contains("疋田"), sign);
        }
        Guest jiro = places.guest("jiro");
        for (String meter : List.of("%", "els-%", "' OR '1'='1", "els-________")) {
            int status = jiro.get("/water/hours.csv?meter=" + encoded(meter)).status();
            assertEquals(403, status, meter);
        }
    }

    private List<String> scripts() {
        List<String> wrong = new ArrayList<>();
        Map<String, Guest> guests = guests();
        for (Route route : places.city().routes().all()) {
            if (visited(route)) {
                for (Guest guest : List.of(guests.get(reader(route)), guests.get(""))) {
                    check(wrong, guest.get(places.address(route)), places.address(route));
                }
            }
        }
        return wrong;
    }

    private static void sent(List<String> wrong, Guest guest, Form form, String text) {
        Map<String, String> all = new LinkedHashMap<>(form.fields());
        all.replaceAll((name, value) -> text);
        check(wrong, guest.post(form.action(), all), form.action() + " all " + shortened(text));
        if (!form.typed().isEmpty()) {
            Map<String, String> typed = new LinkedHashMap<>(form.fields());
            form.typed().forEach(name -> typed.put(name, text));
            check(wrong, guest.post(form.action(), typed), form.action() + " typed " + shortened(text));
        }
    }

    private static void asked(List<String> wrong, Guest guest, String address, Set<String> names, String text) {
        StringBuilder query = new StringBuilder();
        for (String name : names) {
            query.append(query.isEmpty() ? "?" : "&").append(name).append('=').append(encoded(text));
        }
        check(wrong, guest.raw("GET", address + query, Map.of(), new byte[0]), address + names + shortened(text));
    }

    private static void check(List<String> wrong, Answer answer, String what) {
        boolean page = answer.type().startsWith("text/html");
        if (answer.status() >= 500
                || (page && answer.body().contains("<script>alert(1)"))
                || (page && answer.body().contains(CALCULATED))
                || answer.body().contains("root:x:0")) {
            wrong.add(what + " " + answer.status());
        }
    }

    private static Set<String> names(String page) {
        Set<String> names = new TreeSet<>(HIDDEN_NAMES);
        SecurityHtml.forms(page, "").stream()
                .filter(form -> !form.method().equals("post"))
                .forEach(form -> names.addAll(form.fields().keySet()));
        return names;
    }

    private static boolean visited(Route route) {
        return route.method().equals("GET")
                && !route.role().name().equals("DEVICE")
                && !SecurityAccessTest.ENDLESS.contains(route.path())
                && !route.path().startsWith("/assets/");
    }

    private static String reader(Route route) {
        return switch (route.role()) {
            case STAFF, ADMIN, AUDITOR -> "suzuki";
            case RESIDENT, PERSON -> "hanako";
            case ANYONE, ANY_PROGRAM, API_TOKEN, DEVICE -> "";
        };
    }

    private Map<String, Guest> guests() {
        return Map.of("", places.guest(""), "hanako", places.guest("hanako"), "suzuki", places.guest("suzuki"));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static String shortened(String text) {
        return " " + text.substring(0, Math.min(30, text.length()));
    }
}
