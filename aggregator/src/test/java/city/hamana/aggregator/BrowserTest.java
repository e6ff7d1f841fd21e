package city.hamana.aggregator;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.LocatorAssertions;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The pages as people use them: a real Chromium, over TLS. Set HAMANA_PICTURES to a folder to keep pictures. */
class BrowserTest {
    private static final List<String> FLAGS = List.of(
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync");
    private static final String PICTURES = System.getenv("HAMANA_PICTURES");
    private static final double LIVE_MS = 20_000;

    private static Server server;
    private static Playwright playwright;
    private static Browser browser;

    private BrowserContext context;

    @BeforeAll
    static void start() {
        Optional<Path> chromium = chromium();
        assertTrue(chromium.isPresent(), "no Chromium: set HAMANA_CHROMIUM");
        server = Server.start(TestCity.settings(), TestCity.identity());
        TestCity.fillReadings(server.city());
        TestCity.fillDevices(server.city());
        playwright = Playwright.create();
        browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(chromium.orElseThrow())
                        .setArgs(FLAGS));
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            browser.close();
            playwright.close();
            server.close();
        }
    }

    @AfterEach
    void closeContext() {
        if (context != null) {
            context.close();
        }
    }

    @Test
    void aResidentSignsInAndReadsTheChartInJapanese() {
        Page page = phone("ja", true);
        signIn(page, "hanako", "/water?date=2017-01-03");
        assertThat(page.locator("h1")).hasText("水道の使用量");
        assertThat(page.locator(".total strong")).containsText("L");
        assertThat(page.locator("svg.chart-phone")).isVisible();
        page.locator(".numbers summary").click();
        assertThat(page.locator(".numbers tbody tr")).hasCount(24);
        page.locator(".step[rel=prev]").click();
        assertThat(page.locator(".steps h2")).containsText("2017年1月2日");
        assertAccessible(page);
    }

    @Test
    void aResidentReadsTheWeekInPortuguese() {
        Page page = phone("pt", true);
        signIn(page, "hanako", "/water");
        page.getByText("Semana", new Page.GetByTextOptions().setExact(true)).click();
        assertThat(page.locator("h1")).hasText("Consumo de água");
        assertThat(page.locator("html")).hasAttribute("lang", "pt-BR");
        assertThat(page.locator(".axis-name")).hasText("Dia");
        assertAccessible(page);
    }

    @Test
    void theLanguageIsChangedOnThePageAndOneStaysThere() {
        Page page = phone("ja", true);
        signIn(page, "hanako", "/water?view=week&date=2016-12-20");
        page.locator(".display summary").click();
        page.locator(".panel").getByText("English").click();
        assertThat(page.locator("h1")).hasText("Water use");
        assertThat(page.locator(".tabs a[aria-current]")).hasText("Week");
    }

    @Test
    void theKeyboardAloneIsEnough() {
        Page page = desk("ja", true);
        page.navigate(address("/sign-in?to=/water"));
        page.keyboard().press("Tab");
        assertThat(page.locator(".skip")).isFocused();
        page.keyboard().press("Enter");
        page.keyboard().press("Tab");
        assertThat(page.locator("#name")).isFocused();
        page.keyboard().type("hanako");
        page.keyboard().press("Tab");
        page.keyboard().type("blue water");
        page.keyboard().press("Enter");
        assertThat(page.locator("h1")).hasText("水道の使用量");
        Object outline = page.evaluate("() => { document.querySelector('.tabs a').focus();"
                + " return getComputedStyle(document.activeElement).outlineStyle }");
        assertEquals("solid", outline);
    }

    @Test
    void nothingIsCutOffAt320PixelsEvenWithTheLargestLetters() {
        Page page = page(320, 640, "pt", true);
        signIn(page, "hanako", "/water?date=2017-01-03");
        page.navigate(address("/display?size=largest&to=/water?date=2017-01-03"));
        for (String path : List.of("/", "/water?date=2017-01-03", "/water?view=month", "/accessibility", "/nowhere")) {
            assertFits(page, path);
        }
        context.clearCookies();
        assertFits(page, "/sign-in");
        signIn(page, "suzuki", "/staff/devices");
        for (String path : List.of(
                "/staff/devices",
                "/staff/devices/gw-0001",
                "/staff/conflicts",
                "/staff/tokens",
                "/staff/completeness",
                "/staff/completeness/node-0022")) {
            assertFits(page, path);
        }
    }

    @Test
    void everythingWorksWithoutScript() {
        Page page = phone("ja", false);
        signIn(page, "hanako", "/water?date=2017-01-03");
        assertThat(page.locator("svg.chart-phone")).isVisible();
        page.locator(".numbers summary").click();
        assertThat(page.locator(".numbers tbody tr")).hasCount(24);
        page.getByText("ログアウト").click();
        signIn(page, "suzuki", "/staff/devices");
        assertEquals(1, page.locator("meta[http-equiv=refresh]").count());
        assertThat(page.locator("#device-gw-0001")).isVisible();
    }

    @Test
    void staffSeeAGatewayGoAndComeBackWithoutReloading() {
        Page page = desk("ja", true);
        TestCity.beat(server.city(), "gw-0009", Instant.now(), TestCity.node("node-0091", true, 0));
        signIn(page, "suzuki", "/staff/devices?q=gw-0009");
        page.evaluate("window.sameDocument = true");
        assertThat(page.locator("#device-gw-0009 .state")).hasText("切断", live());
        assertThat(page.locator("#device-node-0091 .state")).hasText("不明", live());
        TestCity.beat(server.city(), "gw-0009", Instant.now(), TestCity.node("node-0091", true, 5));
        assertThat(page.locator("#device-gw-0009 .state")).hasText("接続中", live());
        assertEquals(true, page.evaluate("window.sameDocument"));
    }

    @Test
    void staffAreToldWhenTheLineIsLost() {
        Page page = desk("ja", true);
        signIn(page, "suzuki", "/");
        page.route("**/staff/devices/events**", route -> route.abort());
        page.navigate(address("/staff/devices"));
        assertThat(page.locator("[data-lost]")).isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout(LIVE_MS));
    }

    @Test
    void everyPageIsAccessibleAndPictured() {
        // The desk's pages hold the same things; they are looked at when pictures are wanted.
        for (boolean phone : PICTURES == null ? List.of(true) : List.of(true, false)) {
            String size = phone ? "phone" : "desk";
            Page page = phone ? phone("ja", true) : desk("ja", true);
            look(page, "/", "start-" + size);
            look(page, "/sign-in", "sign-in-" + size);
            look(page, "/nowhere", "error-" + size);
            look(page, "/accessibility", "accessibility-" + size);
            signIn(page, "hanako", "/");
            look(page, "/water?date=2017-01-04", "water-day-" + size);
            look(page, "/water?date=2017-01-03", "water-gap-" + size);
            look(page, "/water?view=week&date=2017-01-03", "water-week-" + size);
            look(page, "/water?view=month&date=2016-12-03", "water-month-" + size);
            page.navigate(address("/display?language=easy-ja&to=/"));
            look(page, "/water", "water-easy-" + size);
            context.close();
            Page staff = phone ? phone("ja", true) : desk("ja", true);
            TestCity.fillDevices(server.city());
            signIn(staff, "suzuki", "/staff/devices");
            look(staff, "/staff/devices", "devices-" + size);
            look(staff, "/staff/devices/gw-0001", "device-" + size);
            look(staff, "/staff/devices/node-0022", "device-amiss-" + size);
            look(staff, "/staff/completeness", "completeness-" + size);
            look(staff, "/staff/completeness/node-0022", "completeness-report-" + size);
            look(staff, "/staff/completeness/node-0021", "completeness-whole-" + size);
            look(staff, "/staff/conflicts", "conflicts-" + size);
            look(staff, "/staff/tokens", "tokens-" + size);
            context.close();
        }
    }

    private static void look(Page page, String path, String name) {
        page.navigate(address(path));
        if (PICTURES != null) {
            Path file = Path.of(PICTURES, name + ".png");
            page.screenshot(new Page.ScreenshotOptions().setPath(file).setFullPage(true));
        }
        assertAccessible(page);
    }

    private static void assertAccessible(Page page) {
        List<Rule> violations = new AxeBuilder(page)
                .withTags(List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"))
                .analyze()
                .getViolations();
        List<String> found = violations.stream()
                .map(v -> v.getId() + ": " + v.getNodes().getFirst().getHtml())
                .toList();
        assertEquals(List.of(), found, page.url());
    }

    private static void assertFits(Page page, String path) {
        page.navigate(address(path));
        Object width = page.evaluate("document.scrollingElement.scrollWidth");
        assertTrue(((Number) width).intValue() <= 320, path + " is " + width + " pixels wide");
    }

    private static void signIn(Page page, String name, String to) {
        page.navigate(address("/sign-in?to=" + to.replace("&", "%26")));
        page.locator("#name").fill(name);
        page.locator("#password").fill("blue water");
        page.locator("main button[type=submit]").click();
        page.waitForURL(url -> !url.contains("/sign-in"));
    }

    private static LocatorAssertions.HasTextOptions live() {
        return new LocatorAssertions.HasTextOptions().setTimeout(LIVE_MS);
    }

    private Page phone(String language, boolean script) {
        return page(390, 844, language, script);
    }

    private Page desk(String language, boolean script) {
        return page(1280, 900, language, script);
    }

    private Page page(int width, int height, String language, boolean script) {
        context = browser.newContext(new Browser.NewContextOptions()
                .setIgnoreHTTPSErrors(true)
                .setJavaScriptEnabled(script)
                .setLocale(language)
                .setViewportSize(width, height));
        return context.newPage();
    }

    private static String address(String path) {
        return "https://localhost:" + server.publicPort() + path;
    }

    private static Optional<Path> chromium() {
        Stream<String> named = Stream.ofNullable(System.getenv("HAMANA_CHROMIUM"));
        Stream<String> onPath = Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .flatMap(folder ->
                        Stream.of(folder + "/chromium", folder + "/chromium-browser", folder + "/google-chrome"));
        Stream<String> usual = Stream.of("/usr/bin/chromium", "/snap/bin/chromium", "/opt/google/chrome/chrome");
        return Stream.of(named, onPath, usual)
                .flatMap(places -> places)
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst();
    }
}
