package city.hamana.demo.city;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.hamana.link.Trust;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.LocatorAssertions;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.math.BigDecimal;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The whole city once, end to end: nine real processes, real telegrams, real brokers and databases. What the residents'
 * meters logged is compared with what the city holds, reading by reading; the expectation comes from the sample's own
 * file, not from the simulator.
 */
class WholeCityTest {
    private static final List<String> FLAGS = List.of(
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync");
    private static final String SAMPLE = "/city/hamana/meter/simulator/daiad-sample.csv.gz";
    private static final Duration WEEK = Duration.ofDays(7);
    private static final Duration PATIENCE = Duration.ofMinutes(6);
    /** Through which all homes are supplied; it reckons, so what it counts stands in no file. */
    private static final String DISTRICT_METER = "hmn-00000900";

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder;

    private final List<String> reports = new CopyOnWriteArrayList<>();
    private Instant firstDay;
    private HttpClient http;
    private DemoCity city;

    @BeforeEach
    void found() throws InterruptedException {
        start();
        firstDay = timeOf(folder.resolve("simulator/memory/first-day"));
    }

    @AfterEach
    void stop() {
        city.close();
    }

    @Test
    void everyReadingIsHeldOnceAlthoughEveryProcessIsKilledUnderLoadAndTheCityIsStoppedAndStartedAgain()
            throws Exception {
        for (String program : List.of(
                Plan.NODE_1,
                Plan.GATEWAY,
                Plan.SENSOR_NODE,
                Plan.AGGREGATOR,
                Plan.NODE_2,
                Plan.PROVISIONING,
                Plan.SIMULATOR)) {
            Thread.sleep(1_500);
            kill(program);
        }
        long heldBefore =
                heldOnceItAnswers().values().stream().mapToLong(Map::size).sum();
        city.close();
        start();
        Map<String, NavigableMap<Instant, BigDecimal>> expected = expected();
        awaitAll(expected);

        Map<String, NavigableMap<Instant, BigDecimal>> held = held();
        expected.forEach((meter, readings) ->
                assertEquals(readings, held.get(meter).headMap(readings.lastKey(), true), meter + " " + reports));
        assertTrue(held.values().stream().mapToLong(Map::size).sum() >= heldBefore);
        List<BigDecimal> supplied = List.copyOf(held.remove(DISTRICT_METER).values());
        assertEquals(
                supplied.stream().sorted().toList(), supplied, "the register of the district's meter falls nowhere");
        assertEquals(expected.keySet(), held.keySet());
    }

    @Test
    void staffSeeWithinSecondsThatANodeAndTheGatewayAreCutAndThatTheyAreBack() throws Exception {
        try (Playwright playwright = Playwright.create();
                Browser browser = playwright
                        .chromium()
                        .launch(new BrowserType.LaunchOptions()
                                .setExecutablePath(chromium())
                                .setArgs(FLAGS))) {
            Page page = browser.newPage(new Browser.NewPageOptions().setIgnoreHTTPSErrors(true));
            signIn(page);
            page.navigate(city.people("/staff/devices").toString());
            assertShown(page, Plan.NODE_1, "connected");
            assertShown(page, Plan.GATEWAY, "connected");

            signal(Plan.NODE_1, "STOP");
            assertShown(page, Plan.NODE_1, "silent");
            signal(Plan.NODE_1, "CONT");
            assertShown(page, Plan.NODE_1, "connected");

            signal(Plan.GATEWAY, "STOP");
            assertShown(page, Plan.GATEWAY, "cut");
            assertShown(page, Plan.NODE_2, "unknown");
            signal(Plan.GATEWAY, "CONT");
            assertShown(page, Plan.GATEWAY, "connected");
            assertShown(page, Plan.NODE_2, "connected");
        }
    }

    /** Every 55 minutes of the city's, which runs sixty times as fast, 34 cm of water come within five. */
    @Test
    void anUnderpassFillsAndItsSignIsSeenByEverybodyAndObeysCityHallButNeverAgainstTheWater() throws Exception {
        try (Playwright playwright = Playwright.create();
                Browser browser = playwright
                        .chromium()
                        .launch(new BrowserType.LaunchOptions()
                                .setExecutablePath(chromium())
                                .setArgs(FLAGS))) {
            Page page = browser.newPage(new Browser.NewPageOptions().setIgnoreHTTPSErrors(true));
            for (String state : List.of("closed", "open", "closed")) {
                awaitSign(page, state);
            }
            signIn(page, "road", city.passwords().staff());
            page.navigate(city.people("/staff/underpass/" + Plan.UNDERPASS).toString());
            page.locator("details.numbers summary").first().click();
            page.locator("input[name=show][value=closed]").check();
            page.locator("form[action$='/command'] button").click();
            assertThat(page.locator("[data-part=commands] tbody tr").first())
                    .containsText(
                            Pattern.compile("効いています|終わりました|In force|Ended"),
                            new LocatorAssertions.ContainsTextOptions().setTimeout(60_000));
            page.navigate(city.people("/staff/equipment").toString());
            for (String equipment : List.of("ap-hall", "ap-library", "ap-school", "chlorine-iride", "mitsuya-radar")) {
                assertThat(page.locator("#equipment-" + equipment)).isVisible();
            }
        }
        assertTrue(newest("mitsuya-radar", "level").isPresent()
                && newest("ap-hall", "clients").isPresent());
    }

    private void awaitSign(Page page, String state) throws InterruptedException {
        long until = System.nanoTime() + PATIENCE.toNanos();
        do {
            assertTrue(System.nanoTime() < until, "the sign never was " + state + "; " + reports);
            Thread.sleep(500);
            page.navigate(city.people("/underpass").toString());
        } while (page.locator("#pin-" + Plan.UNDERPASS + " .sign." + state).count() == 0);
    }

    private Optional<JsonNode> newest(String meter, String quantity) throws Exception {
        String address =
                "/api/v1/series/" + meter + "/" + quantity + "?from=2000-01-01T00:00:00Z&to=2100-01-01T00:00:00Z";
        JsonNode samples = get(address).path("samples");
        return samples.isEmpty() ? Optional.empty() : Optional.of(samples.get(samples.size() - 1));
    }

    /** The page is not loaded again: it changes by itself. */
    private static void assertShown(Page page, String device, String state) {
        assertThat(page.locator("#device-" + device + " .state"))
                .hasClass("state " + state, new LocatorAssertions.HasClassOptions().setTimeout(20_000));
    }

    private void signIn(Page page) {
        signIn(page, Passwords.STAFF_NAME, city.passwords().staff());
    }

    private void signIn(Page page, String name, String password) {
        page.navigate(city.people("/sign-in").toString());
        page.locator("#name").fill(name);
        page.locator("#password").fill(password);
        page.locator("main button[type=submit]").click();
        page.waitForURL(url -> !url.contains("/sign-in"));
    }

    /** A stopped process holds its connections but says nothing: what a cut line looks like from the other end. */
    private void signal(String program, String name) throws IOException, InterruptedException {
        long pid = city.process(program).pid();
        assertEquals(
                0,
                new ProcessBuilder("kill", "-" + name, Long.toString(pid))
                        .start()
                        .waitFor());
    }

    private static Path chromium() {
        String told = System.getenv("HAMANA_CHROMIUM");
        return Stream.concat(
                        Stream.ofNullable(told),
                        Stream.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome-stable"))
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new AssertionError("no Chromium: set HAMANA_CHROMIUM"));
    }

    private void start() throws InterruptedException {
        int port = Ports.free();
        CityTime time = CityTime.resume(DemoCity.timeFile(folder), Optional.of(60), Instant.now());
        city = new DemoCity(Checkout.installation(), plan(time, port), reports::add);
        city.start();
        http = HttpClient.newBuilder()
                .sslContext(Trust.read(folder.resolve("provisioning/ca.pem")).sslContext())
                .build();
    }

    /** With half a minute of ours between the floods. */
    private Plan plan(CityTime time, int port) {
        String story = "story-dry-s=1800\nstory-stay-s=600\n";
        return Plan.of(folder, time, port)
                .withSensors()
                .with(Plan.SENSOR_NODE, story)
                .with(Plan.SENSOR_SIMULATOR, story);
    }

    private void kill(String program) {
        ProcessHandle process = city.process(program);
        assertTrue(process.destroyForcibly(), program);
        process.onExit().join();
    }

    private void awaitAll(Map<String, NavigableMap<Instant, BigDecimal>> expected) throws Exception {
        long until = System.nanoTime() + PATIENCE.toNanos();
        long want = expected.values().stream().mapToLong(Map::size).sum();
        long have = 0;
        while (have < want) {
            if (System.nanoTime() > until) {
                throw new AssertionError(have + " of " + want + " readings after " + PATIENCE + "; " + reports);
            }
            Thread.sleep(1_000);
            Map<String, NavigableMap<Instant, BigDecimal>> held = held();
            have = 0;
            for (Map.Entry<String, NavigableMap<Instant, BigDecimal>> entry : expected.entrySet()) {
                NavigableMap<Instant, BigDecimal> of = held.getOrDefault(entry.getKey(), new TreeMap<>());
                have += entry.getValue().keySet().stream()
                        .filter(of::containsKey)
                        .count();
            }
        }
    }

    /** What the sample's file says, moved by whole weeks to end within a week before the city's first day. */
    private Map<String, NavigableMap<Instant, BigDecimal>> expected() throws IOException {
        List<String[]> rows = rows();
        Instant end = rows.stream()
                .map(row -> Instant.parse(row[1]))
                .max(Instant::compareTo)
                .orElseThrow();
        Duration shift = WEEK.multipliedBy(Duration.between(end, firstDay).dividedBy(WEEK));
        Map<String, NavigableMap<Instant, BigDecimal>> expected = new HashMap<>();
        for (String[] row : rows) {
            String meter = "hmn-%08d".formatted(Integer.parseInt(row[0].substring(1)));
            expected.computeIfAbsent(meter, m -> new TreeMap<>())
                    .put(Instant.parse(row[1]).plus(shift), new BigDecimal(row[2]).movePointLeft(3));
        }
        return expected;
    }

    private static List<String[]> rows() throws IOException {
        try (InputStream packed = WholeCityTest.class.getResourceAsStream(SAMPLE);
                BufferedReader lines = new BufferedReader(
                        new InputStreamReader(new GZIPInputStream(packed), StandardCharsets.UTF_8))) {
            return new ArrayList<>(lines.lines()
                    .filter(line -> line.matches("H[0-9]+,.*"))
                    .map(line -> line.split(","))
                    .toList());
        }
    }

    private Map<String, NavigableMap<Instant, BigDecimal>> heldOnceItAnswers() throws Exception {
        Trust trust = Trust.read(folder.resolve("provisioning/ca.pem"));
        Probe answering = Probe.https(city.people("/health/ready"), trust);
        for (int tries = 0; tries < 120 && !answering.answers(); tries++) {
            Thread.sleep(500);
        }
        return held();
    }

    /** What the city answers at its API, every volume series whole. */
    private Map<String, NavigableMap<Instant, BigDecimal>> held() throws Exception {
        Map<String, NavigableMap<Instant, BigDecimal>> held = new HashMap<>();
        for (JsonNode series : get("/api/v1/series?limit=1000").path("series")) {
            if (series.path("quantity").asText().equals("volume")) {
                String meter = series.path("meter").asText();
                held.put(meter, samples(meter));
            }
        }
        return held;
    }

    private NavigableMap<Instant, BigDecimal> samples(String meter) throws Exception {
        NavigableMap<Instant, BigDecimal> samples = new TreeMap<>();
        String address = "/api/v1/series/" + meter + "/volume?from=2000-01-01T00:00:00Z&to=2100-01-01T00:00:00Z";
        for (JsonNode sample : get(address).path("samples")) {
            samples.put(
                    Instant.parse(sample.path("at").asText()),
                    new BigDecimal(sample.path("value").asText()).setScale(3));
        }
        return samples;
    }

    private JsonNode get(String path) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(city.people(path))
                .header("Authorization", "Bearer " + city.passwords().token())
                .build();
        HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
        assertEquals(200, answer.statusCode(), path + " " + answer.body());
        return JSON.readTree(answer.body());
    }

    private static Instant timeOf(Path file) {
        try {
            return Instant.parse(Files.readString(file).strip());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
