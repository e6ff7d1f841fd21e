package city.hamana.aggregator;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The pages as people use them: a real Chromium, over TLS. */
class BrowserTest {
    private static final double LIVE_MS = 20_000;

    @RegisterExtension
    static final Chromium chromium = Chromium.ofThisClass();

    @BeforeAll
    static void start() {
        TestCity.fillReadings(chromium.city());
        TestCity.fillDevices(chromium.city());
    }

    @Test
    void aResidentSignsInAndReadsTheChartInJapanese() {
        Page page = chromium.phone("ja", true);
        chromium.signIn(page, "hanako", "/water?date=2017-01-03");
        assertThat(page.locator("h1")).hasText("水道の使用量");
        assertThat(page.locator(".total strong")).containsText("L");
        assertThat(page.locator("svg.chart-phone")).isVisible();
        page.locator(".numbers summary").click();
        assertThat(page.locator(".numbers tbody tr")).hasCount(24);
        page.locator(".step[rel=prev]").click();
        assertThat(page.locator(".steps h2")).containsText("2017年1月2日");
        Chromium.assertAccessible(page);
    }

    @Test
    void aResidentReadsTheWeekInPortuguese() {
        Page page = chromium.phone("pt", true);
        chromium.signIn(page, "hanako", "/water");
        page.getByText("Semana", new Page.GetByTextOptions().setExact(true)).click();
        assertThat(page.locator("h1")).hasText("Consumo de água");
        assertThat(page.locator("html")).hasAttribute("lang", "pt-BR");
        assertThat(page.locator(".axis-name")).hasText("Dia");
        Chromium.assertAccessible(page);
    }

    @Test
    void theLanguageIsChangedOnThePageAndOneStaysThere() {
        Page page = chromium.phone("ja", true);
        chromium.signIn(page, "hanako", "/water?view=week&date=2016-12-20");
        page.locator(".display summary").click();
        page.locator(".panel").getByText("English").click();
        assertThat(page.locator("h1")).hasText("Water use");
        assertThat(page.locator(".tabs a[aria-current]")).hasText("Week");
    }

    @Test
    void theKeyboardAloneIsEnough() {
        Page page = chromium.desk("ja", true);
        page.navigate(chromium.address("/sign-in?to=/water"));
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
        Page page = chromium.page(320, 640, "pt", true);
        chromium.signIn(page, "hanako", "/water?date=2017-01-03");
        page.navigate(chromium.address("/display?size=largest&to=/water?date=2017-01-03"));
        for (String path : List.of("/", "/water?date=2017-01-03", "/water?view=month", "/accessibility", "/nowhere")) {
            chromium.assertFits(page, path);
        }
        page.context().clearCookies();
        chromium.assertFits(page, "/sign-in");
        chromium.signIn(page, "suzuki", "/staff/devices");
        for (String path : List.of(
                "/staff/devices",
                "/staff/devices/gw-0001",
                "/staff/conflicts",
                "/staff/tokens",
                "/staff/completeness",
                "/staff/completeness/node-0022")) {
            chromium.assertFits(page, path);
        }
    }

    @Test
    void everythingWorksWithoutScript() {
        Page page = chromium.phone("ja", false);
        chromium.signIn(page, "hanako", "/water?date=2017-01-03");
        assertThat(page.locator("svg.chart-phone")).isVisible();
        page.locator(".numbers summary").click();
        assertThat(page.locator(".numbers tbody tr")).hasCount(24);
        page.getByText("ログアウト").click();
        chromium.signIn(page, "suzuki", "/staff/devices");
        assertEquals(1, page.locator("meta[http-equiv=refresh]").count());
        assertThat(page.locator("#device-gw-0001")).isVisible();
    }

    @Test
    void staffSeeAGatewayGoAndComeBackWithoutReloading() {
        Page page = chromium.desk("ja", true);
        TestCity.beat(chromium.city(), "gw-0009", Instant.now(), TestCity.node("node-0091", true, 0));
        chromium.signIn(page, "suzuki", "/staff/devices?q=gw-0009");
        page.evaluate("window.sameDocument = true");
        assertThat(page.locator("#device-gw-0009 .state")).hasText("切断", live());
        assertThat(page.locator("#device-node-0091 .state")).hasText("不明", live());
        TestCity.beat(chromium.city(), "gw-0009", Instant.now(), TestCity.node("node-0091", true, 5));
        assertThat(page.locator("#device-gw-0009 .state")).hasText("接続中", live());
        assertEquals(true, page.evaluate("window.sameDocument"));
    }

    @Test
    void staffAreToldWhenTheLineIsLost() {
        Page page = chromium.desk("ja", true);
        chromium.signIn(page, "suzuki", "/");
        page.route("**/staff/devices/events**", route -> route.abort());
        page.navigate(chromium.address("/staff/devices"));
        assertThat(page.locator("[data-lost]")).isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout(LIVE_MS));
    }

    @Test
    void aPageThatIsLeftOpenRenewsItself() {
        Page page = chromium.desk("ja", true);
        page.clock().install();
        chromium.signIn(page, "suzuki", "/staff/water");
        Locator district = page.getByText("検針の東区");
        assertThat(district).hasCount(0);
        String contracts = "number,meter,bore,sewer,scheme,months,name,address,district,from,until,start-m3\n"
                + "0000001," + TestCity.METER + ",20,yes,none,even,袴田 花子,湖西市吉美,検針の東区,2016-12-01,,0\n";
        Guest suzuki = Guest.signedIn(chromium.city(), "suzuki");
        suzuki.get("/");
        byte[] file = contracts.getBytes(StandardCharsets.UTF_8);
        assertEquals(
                200,
                suzuki.post("/staff/water/contracts", Map.of(), Map.of("file", file))
                        .status());
        page.clock().fastForward(31_000);
        assertThat(district.first()).isVisible();
    }

    @Test
    void everyPageIsAccessibleAndPictured() {
        // The desk's pages hold the same things; they are looked at when pictures are wanted.
        for (boolean phone : Chromium.PICTURES == null ? List.of(true) : List.of(true, false)) {
            String size = phone ? "phone" : "desk";
            Page page = phone ? chromium.phone("ja", true) : chromium.desk("ja", true);
            chromium.look(page, "/", "start-" + size);
            chromium.look(page, "/sign-in", "sign-in-" + size);
            chromium.look(page, "/nowhere", "error-" + size);
            chromium.look(page, "/accessibility", "accessibility-" + size);
            chromium.signIn(page, "hanako", "/");
            chromium.look(page, "/water?date=2017-01-04", "water-day-" + size);
            chromium.look(page, "/water?date=2017-01-03", "water-gap-" + size);
            chromium.look(page, "/water?view=week&date=2017-01-03", "water-week-" + size);
            chromium.look(page, "/water?view=month&date=2016-12-03", "water-month-" + size);
            page.navigate(chromium.address("/display?language=easy-ja&to=/"));
            chromium.look(page, "/water", "water-easy-" + size);
            chromium.closeWindows();
            Page staff = phone ? chromium.phone("ja", true) : chromium.desk("ja", true);
            TestCity.fillDevices(chromium.city());
            chromium.signIn(staff, "suzuki", "/staff/devices");
            chromium.look(staff, "/staff/devices", "devices-" + size);
            chromium.look(staff, "/staff/devices/gw-0001", "device-" + size);
            chromium.look(staff, "/staff/devices/node-0022", "device-amiss-" + size);
            chromium.look(staff, "/staff/completeness", "completeness-" + size);
            chromium.look(staff, "/staff/completeness/node-0022", "completeness-report-" + size);
            chromium.look(staff, "/staff/completeness/node-0021", "completeness-whole-" + size);
            chromium.look(staff, "/staff/conflicts", "conflicts-" + size);
            chromium.look(staff, "/staff/tokens", "tokens-" + size);
            chromium.closeWindows();
        }
    }

    private static LocatorAssertions.HasTextOptions live() {
        return new LocatorAssertions.HasTextOptions().setTimeout(LIVE_MS);
    }
}
