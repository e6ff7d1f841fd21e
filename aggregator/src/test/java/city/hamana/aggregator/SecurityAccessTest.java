package city.hamana.aggregator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.hamana.aggregator.Guest.Answer;
import city.hamana.platform.access.Role;
import city.hamana.platform.http.Route;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Every route, as those come to it for whom it is not. A new route is covered by standing among the routes. */
class SecurityAccessTest {
    /** Streams without an end. */
    static final Set<String> ENDLESS = Set.of("/staff/devices/events", "/staff/underpass/{id}/live");

    /** What stands under a name in the address, and is nobody's own. */
    private static final Set<String> OF_ALL_RESIDENTS = Set.of("/procedures/{code}/start", "/watch/accept/{secret}");

    /** What all staff look after together; each act is in the event log with its actor. */
    private static final Set<String> OF_ALL_STAFF = Set.of(
            "/staff/devices/{id}",
            "/staff/settings/{device}",
            "/staff/settings/{device}/{version}/again",
            "/staff/completeness/{device}",
            "/staff/rules/{table}",
            "/staff/equipment/{id}",
            "/staff/underpass/{id}",
            // The road division commands signs; that no other does is UnderpassTest's.
            "/staff/underpass/{id}/live",
            "/staff/underpass/{id}/command",
            // The waterworks' alone, whose manager suzuki is.
            "/staff/water/leaks/{finding}",
            "/staff/quality/points/{id}",
            "/staff/quality/points/{id}/check",
            "/staff/water/accounts/{meter}",
            "/staff/water/vee/{meter}",
            "/staff/water/bills/{contract}/{until}",
            "/staff/water/bills/{contract}/{until}/correct",
            "/staff/water/contracts/{number}",
            "/staff/water/contracts/{number}/scheme",
            "/staff/water/contracts/{number}/end",
            // A counter of any division takes a form in; who comes is asked for their document.
            "/staff/procedures/{code}",
            "/staff/procedures/{code}/register",
            "/staff/procedures/{code}/start",
            // A purpose is asked for, and the person sees who looked.
            "/staff/people/{id}",
            "/staff/people/{id}/facts");

    private static final String FORM = "application/x-www-form-urlencoded";

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
    void everyRouteIsForItsRoleAndForNobodyElse() {
        Map<String, Set<Role>> rights = new TreeMap<>(Map.of(
                "", Set.of(Role.ANYONE),
                "jiro", Set.of(Role.ANYONE, Role.PERSON, Role.RESIDENT),
                "ono", Set.of(Role.ANYONE, Role.PERSON, Role.STAFF)));
        List<String> wrong = new ArrayList<>();
        rights.forEach((name, roles) -> {
            Guest guest = places.guest(name);
            for (Route route : places.people()) {
                if (!roles.contains(route.role())) {
                    Answer answer = visit(guest, route, places.address(route));
                    boolean sent = answer.location().startsWith("/sign-in?to=%2F");
                    int expected = !name.isEmpty() ? 403 : route.method().equals("GET") ? 303 : 401;
                    if (answer.status() != expected || sent != (expected == 303)) {
                        wrong.add(name + " " + route.method() + " " + route.path() + " " + answer.status());
                    }
                }
            }
        });
        assertEquals(List.of(), wrong);
    }

    @Test
    void whoeverMayComeIsAnsweredWithoutAFault() {
        List<String> wrong = new ArrayList<>();
        for (String name : List.of("", "jiro", "ono", "suzuki")) {
            Guest guest = places.guest(name);
            for (Route route : places.people()) {
                if (route.method().equals("GET") && !ENDLESS.contains(route.path())) {
                    for (String address :
                            List.of(places.address(route), route.path().replaceAll("\\{[^}]+}", "9"))) {
                        int status = guest.get(address).status();
                        if (status >= 500) {
                            wrong.add(name + " " + address + " " + status);
                        }
                    }
                }
            }
        }
        assertEquals(List.of(), wrong);
    }

    @Test
    void aTokenOpensOnlyWhatItsScopesAreFor() {
        Guest admin = places.guest("suzuki");
        String metrics = token(admin, "metrics");
        String readings = token(admin, "readings");
        for (Route route : places.city().routes().all()) {
            if (route.role() == Role.API_TOKEN) {
                boolean numbers = route.path().equals("/metrics");
                assertEquals(403, program(route, numbers ? readings : metrics), route.path());
                assertEquals(401, program(route, "no-such-token"), route.path());
                assertEquals(401, program(route, ""), route.path());
            }
        }
    }

    @Test
    void aResidentReachesNothingThatIsAnothers() {
        Guest jiro = places.guest("jiro");
        assertHidden(jiro, Set.of(Role.RESIDENT, Role.PERSON), OF_ALL_RESIDENTS);
    }

    @Test
    void staffReachNothingThatIsAnotherDepartments() {
        Guest yamada = places.guest("yamada");
        assertHidden(yamada, Set.of(Role.STAFF), OF_ALL_STAFF);
    }

    /** Whoever counts up from an address that was seen: jiro owns nothing that has one. */
    @Test
    void noNumberBesideOnesOwnOpensAnything() {
        Guest jiro = places.guest("jiro");
        List<String> opened = new ArrayList<>();
        int asked = 0;
        for (Route route : places.people()) {
            boolean own = route.role() == Role.RESIDENT || route.role() == Role.PERSON;
            if (own && route.method().equals("GET") && places.namesSomething(route) && !shared(route)) {
                for (String neighbour : neighbours(places.address(route))) {
                    asked++;
                    if (!Places.hidden(jiro.get(neighbour))) {
                        opened.add(neighbour);
                    }
                }
            }
        }
        assertTrue(asked > 50, "addresses with a number were found: " + asked);
        assertEquals(List.of(), opened);
    }

    /** The last number in the address, eight less to eight more. */
    private static List<String> neighbours(String address) {
        Matcher number = Pattern.compile("(.*?)(\\d+)(\\D*)").matcher(address);
        if (!number.matches() || number.group(2).length() > 9) {
            return List.of();
        }
        int width = number.group(2).length();
        int there = Integer.parseInt(number.group(2));
        return IntStream.rangeClosed(Math.max(0, there - 8), there + 8)
                .mapToObj(n -> number.group(1) + ("%0" + width + "d").formatted(n) + number.group(3))
                .toList();
    }

    /** The owner is answered there, so that the refusals say something. */
    @Test
    void theOwnersOwnAddressesAreThere() {
        Guest hanako = places.guest("hanako");
        Guest suzuki = places.guest("suzuki");
        for (Route route : places.people()) {
            if (route.method().equals("GET") && places.places().containsKey(route.path())) {
                Guest owner = route.path().startsWith("/staff") ? suzuki : hanako;
                if (route.role() != Role.ANYONE && !route.path().startsWith("/staff/people")) {
                    assertEquals(200, owner.get(places.address(route)).status(), route.path());
                }
            }
        }
    }

    @Test
    void whatIsAnothersAndWhatIsNotThereAreAnsweredAlike() {
        Guest jiro = places.guest("jiro");
        Guest yamada = places.guest("yamada");
        for (Route route : places.people()) {
            boolean staff = route.role() == Role.STAFF && !OF_ALL_STAFF.contains(route.path());
            boolean own = route.role() == Role.RESIDENT || route.role() == Role.PERSON;
            if ((staff || own) && places.namesSomething(route) && !shared(route)) {
                String there = places.address(route);
                String nowhere = there.replaceFirst("[A-Za-z0-9_-]*\\d[A-Za-z0-9_-]*", "2016-999999");
                Guest guest = staff ? yamada : jiro;
                assertAlike(visit(guest, route, there), visit(guest, route, nowhere), there, nowhere);
            }
        }
    }

    private static boolean shared(Route route) {
        return OF_ALL_RESIDENTS.contains(route.path())
                || OF_ALL_STAFF.stream().anyMatch(route.path()::startsWith)
                || places.address(route).chars().noneMatch(Character::isDigit);
    }

    private static void assertAlike(Answer there, Answer nowhere, String address, String other) {
        assertEquals(there.status(), nowhere.status(), address + " and " + other);
        assertEquals(content(there), content(nowhere), address + " and " + other);
    }

    /** Without the head, in which the address stands. */
    private static String content(Answer answer) {
        return answer.body().replaceFirst("(?s).*<main", "<main");
    }

    private static void assertHidden(Guest guest, Set<Role> roles, Set<String> shared) {
        long before = places.events();
        List<String> wrong = new ArrayList<>();
        for (Route route : places.people()) {
            if (roles.contains(route.role()) && places.namesSomething(route) && !shared.contains(route.path())) {
                Answer answer = visit(guest, route, places.address(route));
                if (!Places.hidden(answer) || tells(answer)) {
                    wrong.add(route.method() + " " + places.address(route) + " " + answer.status());
                }
            }
        }
        assertEquals(List.of(), wrong);
        assertEquals(before, places.events(), "and nothing happened");
    }

    private static boolean tells(Answer answer) {
        return List.of("袴田", "湖西 花子", "HAKAMATA", "花子の電話").stream().anyMatch(answer.body()::contains);
    }

    private static Answer visit(Guest guest, Route route, String address) {
        return route.method().equals("GET") ? guest.get(address) : guest.post(address, Map.of());
    }

    private static String token(Guest admin, String scope) {
        String page = admin.post("/staff/tokens", Map.of("name", scope, "scope-" + scope, "yes"))
                .body();
        assertTrue(page.contains("<code class=\"secret\">"), page);
        return page.replaceAll("(?s).*<code class=\"secret\">([^<]+)</code>.*", "$1");
    }

    private static int program(Route route, String token) {
        Map<String, String> headers = token.isEmpty()
                ? Map.of("Content-Type", FORM)
                : Map.of("Content-Type", FORM, "Authorization", "Bearer " + token);
        byte[] body = route.method().equals("GET") ? new byte[0] : "x=y".getBytes(StandardCharsets.UTF_8);
        return new Guest(places.city())
                .raw(route.method(), places.address(route), headers, body)
                .status();
    }
}
