package city.hamana.aggregator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.hamana.aggregator.Guest.Answer;
import city.hamana.capability.documents.Documents;
import city.hamana.capability.documents.Draft;
import city.hamana.capability.documents.Retention;
import city.hamana.capability.notices.Notice;
import city.hamana.capability.notices.Notices;
import city.hamana.capability.notices.Recipient;
import city.hamana.capability.notices.Urgency;
import city.hamana.capability.rules.Rules;
import city.hamana.platform.access.Role;
import city.hamana.platform.access.Secret;
import city.hamana.platform.http.Route;
import city.hamana.platform.text.Language;
import city.hamana.service.water.Water;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Every page, as its reader gets it, without a socket. */
class PagesTest {
    /** Templates that stand inside others and are rendered with them. */
    private static final Set<String> PARTS = Set.of(
            "layout",
            "csrf",
            "errors",
            "label",
            "field",
            "chart",
            "state",
            "mandate-state",
            "rows",
            "row",
            "others",
            "owner-choice",
            "verdict",
            "gaps",
            "map",
            "phones",
            "progress",
            "history",
            "person-fields",
            "mandate-card",
            "staff-fields",
            "ask",
            "entry",
            "answers",
            "files",
            "guide",
            "begun",
            "thread",
            "act",
            "spot-state",
            "now",
            "curve",
            "trace",
            "trouble",
            "nav",
            "paid",
            "lines",
            "explained",
            "areas",
            "areas-table",
            "open-leaks",
            "points",
            "flow",
            "bill-card",
            "bank-fields");

    /** A stream without an end, the content of one thing that is not there, and a way in from outside. */
    private static final Set<String> UNVISITED = Set.of(
            "/staff/devices/events",
            "/staff/underpass/{id}/live",
            "/staff/network/live",
            "/staff/quarantine/{id}",
            "/n/{code}",
            "/forms/{draft}/files/{file}",
            "/staff/forms/{draft}/files/{file}",
            "/cases/{id}/files/{file}",
            "/staff/cases/{id}/files/{file}",
            "/roads/{id}/photo",
            "/roads/new/{draft}/photo/{file}",
            "/roads/mine/{secret}/photo/{file}",
            "/roads/owner/{secret}/photo");

    /** Those that ask for a step before them; they are visited on their way. */
    private static final Set<String> STEPS = SignInWalk.PATHS;

    private static final Set<Role> OF_STAFF = Set.of(Role.STAFF, Role.ADMIN, Role.AUDITOR);

    private static City city;

    private static Markup markup;

    /** Where a route with names in its path is visited. */
    private static final Map<String, String> PLACES = new HashMap<>(Map.ofEntries(
            Map.entry("/assets/{file}", "/assets/hamana.css"),
            Map.entry("/assets/{module}/{file}", "/assets/front/hamana.css"),
            Map.entry("/staff/devices/{id}", "/staff/devices/gw-0001"),
            Map.entry("/staff/underpass/{id}", "/staff/underpass/underpass-mitsuya"),
            Map.entry("/staff/water/accounts/{meter}", "/staff/water/accounts/" + TestCity.METER),
            Map.entry("/staff/network/{dma}", "/staff/network/DEMO-1"),
            Map.entry("/staff/quality/points/{id}", "/staff/quality/points/chlorine-iride"),
            Map.entry("/staff/water/vee/{meter}", "/staff/water/vee/" + TestCity.METER),
            Map.entry("/staff/equipment/{id}", "/staff/equipment/chlorine-1"),
            Map.entry("/staff/settings/{device}", "/staff/settings/node-0022"),
            Map.entry("/staff/completeness/{device}", "/staff/completeness/node-0022"),
            Map.entry("/staff/rules/{table}", "/staff/rules/ticket"),
            Map.entry("/staff/rules/{table}/edit", "/staff/rules/ticket/edit"),
            Map.entry("/api/v1/rules/{table}.csv", "/api/v1/rules/ticket.csv"),
            Map.entry("/api/features/collections/{collection}", "/api/features/collections/facilities"),
            Map.entry("/api/features/collections/{collection}/items", "/api/features/collections/facilities/items"),
            Map.entry(
                    "/api/features/collections/{collection}/items/{feature}",
                    "/api/features/collections/facilities/items/facility-01"),
            Map.entry("/maps/leaflet/{file}", "/maps/leaflet/leaflet.js")));

    @BeforeAll
    static void open() throws Exception {
        markup = new Markup();
        city = furnished();
    }

    /** Where a route is visited in the city that was furnished last. */
    static Map<String, String> places() {
        return Map.copyOf(PLACES);
    }

    /** A city with one of everything that an address can name; most of it is hanako's, suzuki's or suzuki's division's. */
    static City furnished() {
        return furnish(TestCity.open());
    }

    static City furnish(City city) {
        TestCity.fillReadings(city);
        TestCity.fillDevices(city);
        TestSensors.fill(city);
        TestCity.module(city, Rules.class).table(Rules.class, "ticket");
        city.database().inTransaction(tx -> {
            TestCity.module(city, Rules.class).begin(tx);
            Draft draft = new Draft("letters", "見本", List.of(), Retention.ONE_YEAR, "test:1", "suido", "湖西 花子");
            String code =
                    TestCity.module(city, Documents.class).issue(tx, draft).code();
            return PLACES.put("/verify/{code}", "/verify/" + code);
        });
        tell(city);
        PLACES.putAll(ProcedureWalk.places(city));
        broadcast(city);
        report(city);
        bill(city);
        leak(city);
        invite(city);
        PLACES.putAll(PaymentsVisit.places(city));
        return city;
    }

    /** Addresses of the pages that are there for that user; of those for everybody only where the user is a resident. */
    static List<String> pages(City city, String user) {
        Guest guest = Guest.signedIn(city, user);
        boolean staff = user.equals("suzuki");
        return city.routes().all().stream()
                .filter(route -> route.method().equals("GET") && OF_STAFF.contains(route.role()) == staff)
                .map(Route::path)
                .filter(path -> !UNVISITED.contains(path) && !STEPS.contains(path))
                .map(path -> PLACES.getOrDefault(path, path).replaceAll("\\{[^}]+}", "x"))
                .filter(path -> isPage(guest.get(path)))
                .toList();
    }

    private static boolean isPage(Answer answer) {
        return answer.status() == 200 && answer.type().startsWith("text/html");
    }

    /** One that is being written, and somebody who may end a topic. */
    private static void broadcast(City city) {
        String list = Guest.signedIn(city, "suzuki").get("/staff/broadcasts").body();
        String place = list.replaceFirst("(?s).*?href=\"(/staff/broadcasts/\\d+)\".*", "$1");
        PLACES.put("/staff/broadcasts/{id}", place);
        PLACES.put("/staff/broadcasts/{id}/edit", place + "/edit");
        String token = "A".repeat(22);
        city.database()
                .inTransaction(tx -> tx.execute(
                        "INSERT INTO broadcasts_stop (token, party, topic) VALUES (?, '1', 'water')", token));
        PLACES.put("/stop/{token}", "/stop/" + token);
    }

    /** A report on its way through the form, beside one that is there; one sent; one followed; one of suzuki's division. */
    private static void report(City city) {
        Guest sender = new Guest(city);
        sender.get("/roads/new");
        String begun = RoadsVisit.draft(sender);
        for (String step : List.of("place", "category", "danger", "near", "detail", "confirm")) {
            PLACES.put("/roads/new/{draft}/" + step, begun + "/" + step);
        }
        String mine = RoadsVisit.send(sender, RoadsVisit.draft(sender));
        PLACES.put("/roads/mine/{secret}", mine);
        PLACES.put("/api/open311/v2/tokens/{file}", "/api/open311/v2/tokens/" + mine.substring(12, 55) + ".xml");
        String ours = Guest.signedIn(city, "suzuki").get("/staff/roads").body();
        String id = ours.replaceFirst("(?s).*href=\"/staff/roads/(\\d{4}-\\d{6})\".*", "$1");
        PLACES.put("/roads/{id}", "/roads/" + id);
        PLACES.put("/staff/roads/{id}", "/staff/roads/" + id);
        PLACES.put("/staff/roads/{id}/order", "/staff/roads/" + id + "/order");
        foreign(city, id);
        PLACES.put("/api/open311/v2/requests/{file}", "/api/open311/v2/requests/" + id + ".json");
        PLACES.put("/api/open311/v2/services/{file}", "/api/open311/v2/services/pothole.xml");
        sender.post("/roads/" + id + "/follow", Map.of("mail", "hanako@example.jp"));
        PLACES.put("/roads/follow/{token}", "/roads/follow/" + RoadsVisit.token(city, "hanako@example.jp"));
    }

    /** The same one, on a road of the state, whose owner was told. */
    private static void foreign(City city, String id) {
        Guest suzuki = Guest.signedIn(city, "suzuki");
        suzuki.get("/staff/roads/" + id);
        suzuki.post("/staff/roads/" + id + "/change", Map.of("category", "leak", "owner", "national"));
        suzuki.post("/staff/roads/" + id + "/owner", Map.of("do", "hand", "facts", "x"));
        String page = suzuki.get("/staff/roads/" + id).body();
        PLACES.put("/staff/roads/{id}/owner", "/staff/roads/" + id + "/owner");
        PLACES.put("/roads/owner/{secret}", page.replaceFirst("(?s).*href=\"(/roads/owner/[^\"]+)\".*", "$1"));
    }

    /** An invitation that hanako has written. */
    private static void invite(City city) {
        Guest hanako = Guest.signedIn(city, "hanako");
        hanako.get("/watch");
        hanako.post("/watch", Map.of("mail", "jiro@example.jp", "meter", TestCity.METER, "consent", "yes"));
        String secret = "B".repeat(43);
        city.database()
                .inTransaction(tx -> tx.execute("UPDATE watchover_watch SET secret_hash = ?", Secret.hash(secret)));
        PLACES.put("/watch/accept/{secret}", "/watch/accept/" + secret);
    }

    /** What hanako has used in December 2016. */
    private static void bill(City city) {
        String contracts = "number,meter,bore,sewer,scheme,months,name,address,district,from,until,start-m3\n"
                + "0000001," + TestCity.METER + ",20,yes,none,even,袴田 花子,湖西市吉美,吉美,2016-12-01,,0\n";
        Guest suzuki = Guest.signedIn(city, "suzuki");
        suzuki.get("/");
        suzuki.post("/staff/water/contracts", Map.of(), Map.of("file", contracts.getBytes(StandardCharsets.UTF_8)));
        TestCity.module(city, Water.class).bill(LocalDate.of(2017, 1, 1), "test:1");
        PLACES.put("/water/bills/{contract}/{until}", "/water/bills/0000001/2017-01-01");
        PLACES.put("/water/bills/{contract}/{until}/hours.csv", "/water/bills/0000001/2017-01-01/hours.csv");
        PLACES.put("/staff/water/bills/{contract}/{until}", "/staff/water/bills/0000001/2017-01-01");
        PLACES.put("/staff/water/contracts/{number}", "/staff/water/contracts/0000001");
    }

    /** One that the watch has found in the demonstration's district. */
    private static void leak(City city) {
        city.database().inTransaction(tx -> tx.execute("""
                INSERT INTO network_leak (dma, found_ms, started_ms, litres_per_hour, mean_m3h, hours, least_m3h,
                    standard_errors, state, kind, measured_litres, place, closed_ms, steps)
                VALUES ('DEMO-1', 1483500000000, 1483400000000, 1500, 6.2, 27, 2.9, 7.1, 'suspected', '', -1, '', -1, 0)
                """));
        String list = Guest.signedIn(city, "suzuki").get("/staff/network").body();
        PLACES.put(
                "/staff/network/leaks/{id}", list.replaceFirst("(?s).*href=\"(/staff/network/leaks/\\d+)\".*", "$1"));
    }

    /** One message for hanako and one for suzuki's division. */
    private static void tell(City city) {
        String hanako = TestCity.party(city, "hanako");
        city.database().inTransaction(tx -> {
            Notices notices = TestCity.module(city, Notices.class);
            notices.send(tx, notice(new Recipient.Of(hanako), "one"));
            notices.send(tx, notice(new Recipient.Division("suido"), "two"));
            return 0;
        });
        String mine = Guest.signedIn(city, "hanako").get("/me/notices").body();
        String ours = Guest.signedIn(city, "suzuki").get("/staff/inbox").body();
        PLACES.put("/me/notices/{id}", mine.replaceFirst("(?s).*href=\"(/me/notices/\\d+)\".*", "$1"));
        PLACES.put("/staff/inbox/{id}", ours.replaceFirst("(?s).*href=\"(/staff/inbox/\\d+)\".*", "$1"));
    }

    private static Notice notice(Recipient to, String once) {
        return new Notice(to, "notices.welcome", List.of(), "/accessibility", Urgency.EMERGENCY, once);
    }

    @AfterAll
    static void close() {
        city.close();
    }

    @Test
    void everyTemplateRendersInEveryLanguage() throws IOException {
        Guest resident = Guest.signedIn(city, "hanako");
        Guest newcomer = Guest.signedIn(city, "ichiro");
        Guest staff = Guest.signedIn(city, "suzuki");
        Guest welfare = Guest.signedIn(city, "sano");
        for (Language language : Language.values()) {
            newcomer.speaking(language.code()).get("/water");
            newcomer.get("/api/features/collections?f=html");
            for (Route route : city.routes().all()) {
                Guest ofStaff = route.path().equals("/staff/watch") ? welfare : staff;
                Guest guest = OF_STAFF.contains(route.role()) ? ofStaff : resident;
                boolean visited = !UNVISITED.contains(route.path()) && !STEPS.contains(route.path());
                if (route.method().equals("GET") && visited) {
                    assertRenders(guest.speaking(language.code()), route, language);
                }
            }
            assertEquals(404, resident.get("/nowhere").status());
            SignInWalk.through(city, language);
        }
        assertEquals(List.of(), notRendered());
    }

    @Test
    void aResidentSeesTheHoursTheGapAndTheFault() {
        Guest guest = Guest.signedIn(city, "hanako").speaking("ja");
        String day = guest.get("/water?view=day&date=2017-01-03").body();
        assertTrue(day.contains("2017年1月3日"), day);
        assertTrue(day.contains("記録のない時間が"));
        assertTrue(day.contains("無効(メーターの数値が減少)"));
        assertTrue(day.contains("DAIAD Trial Data"));
        assertTrue(day.contains("url(#gap-phone)"));
        String whole = guest.get("/water?view=day&date=2016-12-20").body();
        assertFalse(whole.contains("記録なし"));
        assertTrue(whole.contains("前の日とくらべて"));
    }

    @Test
    void aMonthsDaysAddUpToItsHours() {
        Guest guest = Guest.signedIn(city, "hanako").speaking("en");
        String csv = guest.get("/water/hours.csv?view=month&date=2016-12-01").body();
        long sum = csv.lines()
                .filter(line -> line.startsWith("2016-12"))
                .map(line -> line.split(",")[1].replace(".", ""))
                .mapToLong(Long::parseLong)
                .sum();
        assertEquals(31 * 24, csv.lines().filter(l -> l.startsWith("2016-12")).count());
        String page = guest.get("/water?view=month&date=2016-12-01").body();
        String total = "%,.2f m³".formatted(sum / 1e6);
        assertTrue(page.contains("<strong>" + total.replaceFirst("0 m", " m") + "</strong>"), total);
    }

    @Test
    void someoneElsesMeterIsNotShown() {
        Guest guest = Guest.signedIn(city, "jiro");
        assertEquals(403, guest.get("/water?meter=" + TestCity.METER).status());
        assertEquals(403, guest.get("/water/hours.csv?meter=" + TestCity.METER).status());
        assertEquals(200, guest.get("/water").status());
    }

    @Test
    void aResidentDoesNotSeeStaffsPages() {
        Guest guest = Guest.signedIn(city, "hanako");
        for (Route route : city.routes().all()) {
            if (OF_STAFF.contains(route.role()) && route.method().equals("GET")) {
                assertEquals(
                        403,
                        guest.get(route.path().replaceAll("\\{[^}]+}", "gw-0001"))
                                .status(),
                        route.path());
            }
        }
    }

    @Test
    void aTelephoneCanKeepTheSiteLikeAnApp() {
        Guest guest = new Guest(city).speaking("pt");
        assertTrue(guest.get("/").body().contains("<link rel=\"manifest\" href=\"/site.webmanifest\">"));
        Answer manifest = guest.get("/site.webmanifest");
        assertEquals("application/manifest+json", manifest.type());
        assertTrue(manifest.body().contains("\"short_name\":\"Cidade de Kosai\""), manifest.body());
        assertTrue(manifest.body().contains("\"display\":\"standalone\""));
        assertEquals(200, guest.get("/assets/icon.svg").status());
    }

    @Test
    void aDayThatMakesNoSenseBecomesTheNewest() {
        Guest guest = Guest.signedIn(city, "hanako").speaking("ja");
        for (String date : List.of("yesterday", "1999-01-01", "2999-01-01")) {
            assertTrue(guest.get("/water?date=" + date).body().contains("2017年1月5日"), date);
        }
    }

    @Test
    void afterSigningInOneComesBackToWhereOneWantedToGo() {
        Guest guest = new Guest(city);
        assertEquals(
                "/sign-in?to=%2Fwater%3Fview%3Dweek",
                guest.get("/water?view=week").location());
        guest.get("/sign-in");
        Map<String, String> form = Map.of("name", "hanako", "password", "blue water", "to", "/water?view=week");
        assertEquals("/water?view=week", guest.post("/sign-in", form).location());
        guest.get("/sign-in");
        Map<String, String> hostile = Map.of("name", "hanako", "password", "blue water", "to", "//elsewhere.example");
        assertEquals("/", guest.post("/sign-in", hostile).location());
    }

    @Test
    void aWrongPasswordKeepsTheNameAndNotThePassword() {
        Guest guest = new Guest(city).speaking("en");
        guest.get("/sign-in");
        Answer answer = guest.post("/sign-in", Map.of("name", "hanako", "password", "green-water"));
        assertEquals(401, answer.status());
        assertTrue(answer.body().contains("value=\"hanako\""));
        assertFalse(answer.body().contains("green-water"));
    }

    @Test
    void aTokenIsMadeShownOnceAndRevoked() {
        Guest staff = Guest.signedIn(city, "suzuki").speaking("en");
        staff.get("/staff/tokens");
        Answer made = staff.post("/staff/tokens", Map.of("name", "dashboard", "scope-readings", "yes"));
        String token = made.body().replaceAll("(?s).*<code class=\"secret\">([^<]+)</code>.*", "$1");
        assertEquals(200, api("/api/v1/series", token).status());
        assertFalse(staff.get("/staff/tokens").body().contains(token));
        String id = made.body().replaceAll("(?s).*?/staff/tokens/(\\d+)/revoke.*", "$1");
        staff.post("/staff/tokens/" + id + "/revoke", Map.of());
        assertEquals(401, api("/api/v1/series", token).status());
    }

    @Test
    void aProgramReadsSeriesByPagesAsJsonAndCsv() {
        String path = "/api/v1/series/" + TestCity.METER + "/volume";
        String span = "?from=2016-12-01T00:00:00Z&to=2016-12-02T00:00:00Z";
        Answer json = api(path + span + "&limit=10", TestCity.TOKEN);
        assertEquals("application/json", json.type());
        assertTrue(json.body().contains("\"next\":\"2016-12-01T1"), json.body());
        Answer csv = api(path + ".csv" + span, TestCity.TOKEN);
        assertEquals(25, csv.body().lines().count());
        assertTrue(
                csv.body().startsWith("meter,quantity,unit,at,value,flags\r\n" + TestCity.METER + ",volume,m3,2016"));
        assertTrue(api("/api/v1/series", TestCity.TOKEN).body().contains("\"lastDay\":\"2017-01-05\""));
    }

    @Test
    void aProgramIsToldWhatItAskedWrongly() {
        String path = "/api/v1/series/" + TestCity.METER + "/volume";
        assertEquals(400, api(path + "?from=yesterday", TestCity.TOKEN).status());
        assertEquals(400, api(path + "?limit=0", TestCity.TOKEN).status());
        assertEquals(
                400,
                api(path + "?from=2017-01-02T00:00:00Z&to=2017-01-01T00:00:00Z", TestCity.TOKEN)
                        .status());
        Answer unknown = api("/api/v1/series/" + TestCity.METER + "/happiness", TestCity.TOKEN);
        assertEquals(404, unknown.status());
        assertEquals("application/problem+json", unknown.type());
        assertEquals(401, api(path, "not-a-token").status());
    }

    @Test
    void theProgramsNumbersAreForTokensWithTheirScope() {
        assertTrue(api("/metrics", TestCity.TOKEN).body().contains("# TYPE hamana_requests_total counter"));
        assertEquals("ready\n", new Guest(city).get("/health/ready").body());
    }

    @Test
    void devicesAreFilteredByTheAddress() {
        Guest staff = Guest.signedIn(city, "suzuki").speaking("en");
        TestCity.fillDevices(city);
        String cut = staff.get("/staff/devices?state=cut").body();
        assertTrue(cut.contains("device-gw-0002") && !cut.contains("device-gw-0001"));
        String unknown = staff.get("/staff/devices?state=unknown&q=node").body();
        assertTrue(unknown.contains("device-node-0021") && unknown.contains("unknown since"));
        assertTrue(staff.get("/staff/devices.csv?state=silent").body().contains("node-0012,gw-0001,silent,"));
    }

    @Test
    void theCompletenessReportSaysOfEveryBlockWhereItIs() {
        Guest staff = Guest.signedIn(city, "suzuki").speaking("en");
        String list = staff.get("/staff/completeness").body();
        assertTrue(list.contains("Unexplained blocks: 1."), list);
        assertTrue(list.indexOf("node-0022") < list.indexOf("node-0021"), "the worst first");
        String csv = staff.get("/staff/completeness.csv?q=node-002").body();
        assertTrue(csv.contains("node-0021,2016-12-07,2017-01-05,14,0,0,0,0,0,0,0\r\n"), csv);
        assertTrue(csv.contains("node-0022,2016-12-07,2017-01-05,8,1,2,236,1,1,1,1\r\n"), csv);
        String report = staff.get("/staff/completeness/node-0022").body();
        assertTrue(report.contains("4–5 (2)"));
        assertTrue(report.contains("quota of 64 MB reached"));
        assertTrue(report.contains("asked on "));
        assertEquals(404, staff.get("/staff/completeness/nobody").status());
        String quiet = staff.get("/staff/completeness/node-0021?from=2016-01-01&to=2016-02-01")
                .body();
        assertTrue(quiet.contains("No block is unexplained."));
    }

    @Test
    void theCompletenessReportIsThereForProgramsToo() {
        Answer list = api("/api/v1/completeness?from=2016-12-07&to=2017-01-05", TestCity.TOKEN);
        assertTrue(list.body().contains("\"device\":\"node-0022\",\"heldBlocks\":8"), list.body());
        Answer one = api("/api/v1/completeness/node-0022", TestCity.TOKEN);
        assertTrue(one.body().contains("{\"kind\":\"missing\",\"boot\":\""), one.body());
        assertTrue(one.body().contains("\"reason\":\"quota-fine\",\"samples\":236"), one.body());
        assertEquals(
                400,
                api("/api/v1/completeness?from=2015-01-01&to=2017-01-01", TestCity.TOKEN)
                        .status());
        assertEquals(
                400,
                api("/api/v1/completeness/node-0022?from=x", TestCity.TOKEN).status());
        assertEquals(404, api("/api/v1/completeness/nobody", TestCity.TOKEN).status());
    }

    @Test
    void theReportForAnAuditorIsAPdfAndLeavesATrace() {
        Guest staff = Guest.signedIn(city, "suzuki").speaking("pt");
        Answer pdf = staff.get("/staff/completeness/node-0022.pdf?from=2017-01-01&to=2017-01-05");
        assertEquals("application/pdf", pdf.type());
        assertTrue(pdf.body().startsWith("%PDF-1."));
        assertEquals(
                "completeness.reported",
                city.database()
                        .inTransaction(tx -> city.events().about(tx, "device:node-0022", 1))
                        .getFirst()
                        .kind());
        assertEquals(404, staff.get("/staff/completeness/nobody.pdf").status());
    }

    @Test
    void anAuditorSeesWhatHappenedAndTakesItOutAndThatIsInTheLogToo() {
        Guest auditor = Guest.signedIn(city, "suzuki").speaking("en");
        String id = TestCity.party(city, "suzuki");
        String page = auditor.get("/staff/events?kind=people.signed-in&actor=person:" + id)
                .body();
        assertTrue(page.contains("people.signed-in"), page);
        assertFalse(page.contains("<code>notices.sent"));
        assertTrue(auditor.get("/staff/events.csv?kind=notices.").body().contains("notices.sent"));
        String[] lines = auditor.get("/staff/events.jsonl").body().split("\n");
        assertTrue(lines[lines.length - 1].contains("oversight.log-exported"), lines[lines.length - 1]);
        String first = lines[0].replaceFirst(".*\"hash\":\"([0-9a-f]+)\".*", "1 $1");
        assertTrue(auditor.get("/staff/events?noted=" + first).body().contains("It is as you noted it."));
        assertTrue(auditor.get("/staff/events?noted=1 abc").body().contains("It differs."));
        assertEquals(403, Guest.signedIn(city, "yamada").get("/staff/events").status());
        assertEquals(403, Guest.signedIn(city, "yamada").get("/staff/jobs").status());
    }

    private static Answer api(String address, String token) {
        return new Guest(city).get(address, Map.of("Authorization", "Bearer " + token));
    }

    private static void assertRenders(Guest guest, Route route, Language language) {
        String path = PLACES.getOrDefault(route.path(), route.path());
        path = path.replaceAll("\\{[^}]+}", "x");
        int expected = route.role() == Role.API_TOKEN ? 401 : path.equals("/display") ? 303 : 200;
        Answer answer = guest.get(path);
        assertEquals(expected, answer.status(), path + " in " + language.code());
        if (answer.type().startsWith("text/html")) {
            assertTrue(answer.body().contains("<html lang=\"" + language.tag() + "\""), path);
            assertEquals(2, answer.body().split("<h1>|<h1 ", -1).length, "one h1 on " + path);
            assertEquals(List.of(), markup.faults(answer.body()), path + " in " + language.code());
        }
    }

    private static List<String> notRendered() throws IOException {
        Path root = Path.of("src/main/jte");
        List<String> missing = new ArrayList<>();
        try (Stream<Path> files = Files.walk(root)) {
            files.filter(f -> f.toString().endsWith(".jte"))
                    .map(f -> root.relativize(f).toString().replaceFirst("\\.jte$", ""))
                    .filter(name -> !PARTS.contains(name.substring(name.lastIndexOf('/') + 1)))
                    .flatMap(name -> Stream.of(Language.values()).map(l -> name + " " + l.code()))
                    .filter(name -> !city.site().html().rendered().contains(name))
                    .forEach(missing::add);
        }
        return missing;
    }
}
