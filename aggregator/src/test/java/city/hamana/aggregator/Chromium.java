package city.hamana.aggregator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import com.google.gson.JsonObject;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A city that listens and a real Chromium before it, over TLS. Set HAMANA_PICTURES to a folder to keep pictures,
 * HAMANA_CHROMIUM where Chromium stands at an unusual place.
 */
final class Chromium implements AutoCloseable, BeforeAllCallback, AfterEachCallback, AfterAllCallback {
    static final String PICTURES = System.getenv("HAMANA_PICTURES");

    private static final int MOST_TABS = 80;
    private static final List<String> FLAGS = List.of(
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--ignore-certificate-errors",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync");
    private static final List<String> RULES =
            List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice");

    private final Supplier<Settings> settings;
    private Server server;
    private Playwright playwright;
    private Browser browser;

    private Chromium(Supplier<Settings> settings) {
        this.settings = settings;
    }

    /** Opened before a class's first test, its windows closed after each, closed after the last: a registered extension. */
    static Chromium ofThisClass() {
        return new Chromium(TestCity::settings);
    }

    static Chromium ofThisClass(Supplier<Settings> settings) {
        return new Chromium(settings);
    }

    static Chromium open() {
        return open(TestCity.settings());
    }

    static Chromium open(Settings settings) {
        Chromium chromium = new Chromium(() -> settings);
        chromium.start();
        return chromium;
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        start();
    }

    @Override
    public void afterEach(ExtensionContext context) {
        closeWindows();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        if (browser != null) {
            close();
        }
    }

    private void start() {
        Optional<Path> program = program();
        assertTrue(program.isPresent(), "no Chromium: set HAMANA_CHROMIUM");
        server = Server.start(settings.get(), TestCity.identity());
        playwright = Playwright.create();
        browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(program.orElseThrow())
                        .setArgs(FLAGS));
    }

    /**
     * A window of a Chromium of its own that knows this server's key: passkeys are refused where the certificate is not
     * trusted, even when that is passed over.
     *
     * @param profile an empty folder
     */
    BrowserContext trusting(Path profile) {
        List<String> flags = new ArrayList<>(FLAGS);
        flags.add("--ignore-certificate-errors-spki-list=" + keyHash());
        return playwright
                .chromium()
                .launchPersistentContext(
                        profile,
                        new BrowserType.LaunchPersistentContextOptions()
                                .setExecutablePath(program().orElseThrow())
                                .setArgs(flags)
                                .setLocale("ja"));
    }

    private String keyHash() {
        try (SSLSocket socket = (SSLSocket)
                TestCity.identity().sslContext().getSocketFactory().createSocket("localhost", server.publicPort())) {
            socket.startHandshake();
            byte[] key =
                    socket.getSession().getPeerCertificates()[0].getPublicKey().getEncoded();
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-256").digest(key));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    City city() {
        return server.city();
    }

    Browser browser() {
        return browser;
    }

    String address(String path) {
        return "https://localhost:" + server.publicPort() + path;
    }

    Page phone(String language, boolean script) {
        return page(390, 844, language, script);
    }

    Page desk(String language, boolean script) {
        return page(1280, 900, language, script);
    }

    /** A window of its own, without cookies. */
    Page page(int width, int height, String language, boolean script) {
        return browser.newContext(new Browser.NewContextOptions()
                        .setIgnoreHTTPSErrors(true)
                        .setJavaScriptEnabled(script)
                        .setLocale(language)
                        .setViewportSize(width, height))
                .newPage();
    }

    /** Ends what a test opened. */
    void closeWindows() {
        browser.contexts().forEach(BrowserContext::close);
    }

    void signIn(Page page, String name, String to) {
        page.navigate(address("/sign-in?to=" + to.replace("&", "%26")));
        page.locator("#name").fill(name);
        page.locator("#password").fill("blue water");
        page.locator("main button[type=submit]").click();
        page.waitForURL(url -> !url.contains("/sign-in"));
    }

    /** Goes there, keeps a picture if pictures are wanted, and has axe look at it. */
    void look(Page page, String path, String name) {
        page.navigate(address(path));
        picture(page, name);
        assertAccessible(page);
    }

    static void picture(Page page, String name) {
        if (PICTURES != null) {
            Path file = Path.of(PICTURES, name + ".png");
            page.screenshot(new Page.ScreenshotOptions().setPath(file).setFullPage(true));
        }
    }

    static void assertAccessible(Page page) {
        assertEquals(List.of(), violations(page), page.url());
    }

    /** What axe finds, each with the first place where it stands. */
    static List<String> violations(Page page) {
        List<Rule> violations = new AxeBuilder(page).withTags(RULES).analyze().getViolations();
        return violations.stream()
                .map(v -> v.getId() + ": " + v.getNodes().getFirst().getHtml())
                .toList();
    }

    /** Goes there with the Tab key alone. */
    static void tabTo(Page page, String selector) {
        for (int tabs = 0; tabs < MOST_TABS; tabs++) {
            page.keyboard().press("Tab");
            Object there = page.evaluate("s => document.activeElement === document.querySelector(s)", selector);
            if (Boolean.TRUE.equals(there)) {
                return;
            }
        }
        throw new AssertionError("the keyboard does not reach " + selector);
    }

    /** The page is no wider than the window of 320 pixels. */
    void assertFits(Page page, String path) {
        page.navigate(address(path));
        Object width = page.evaluate("document.scrollingElement.scrollWidth");
        assertTrue(((Number) width).intValue() <= 320, path + " is " + width + " pixels wide");
    }

    /** As {@link #assertFits} measures, for a window that runs no script of a page: Chromium's own tools still measure. */
    void assertFitsWithoutScript(Page page, String path) {
        page.navigate(address(path));
        CDPSession devTools = page.context().newCDPSession(page);
        JsonObject size = devTools.send("Page.getLayoutMetrics").getAsJsonObject("cssContentSize");
        assertTrue(size.get("width").getAsInt() <= 320, path + " is " + size.get("width") + " pixels wide");
        devTools.detach();
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
        server.close();
    }

    private static Optional<Path> program() {
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
