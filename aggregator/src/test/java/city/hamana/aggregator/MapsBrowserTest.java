package city.hamana.aggregator;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The map and its list in a real Chromium. */
class MapsBrowserTest {
    @RegisterExtension
    static final Chromium chromium = Chromium.ofThisClass();

    @Test
    void theMapHasTheSamePlacesUnderTheSameNumbersAsTheList() {
        for (String language : List.of("ja", "pt")) {
            Page page = chromium.desk(language, true);
            page.navigate(chromium.address("/maps"));
            assertThat(page.locator(".map .pin-icon").first()).isVisible();
            assertEquals(page.locator(".pins .number").allTextContents(), numbers(page));
            assertThat(page.locator(".pin-icon").first())
                    .hasAttribute(
                            "aria-label",
                            Pattern.compile(language.equals("ja") ? "^1: 湖西市役所" : "^1: Prefeitura de Kosai"));
            Chromium.picture(page, "maps-desk-" + language);
            Chromium.assertAccessible(page);
        }
    }

    @Test
    void theFilterIsTheSameForBothAndStandsInTheAddress() {
        Page page = chromium.phone("ja", true);
        page.navigate(chromium.address("/maps"));
        page.locator("#q").fill("駅");
        page.locator("main form button").click();
        assertThat(page.locator(".map .pin-icon").first()).isVisible();
        assertEquals(List.of("1", "2", "3", "4"), numbers(page));
        assertThat(page.locator(".pins li")).hasCount(4);
        page.navigate(chromium.address("/maps?layer=roads&layer=facilities&q=湖西"));
        assertThat(page.locator(".map .pin-icon").first()).isVisible();
        assertEquals(List.of("1", "2", "3"), numbers(page));
        assertThat(page.locator(".pins li")).hasCount(3);
        Chromium.picture(page, "maps-phone");
        Chromium.assertAccessible(page);
    }

    @Test
    void theKeyboardMovesTheMapAndOpensAMark() {
        Page page = chromium.desk("ja", true);
        page.navigate(chromium.address("/maps?q=駅"));
        Locator mark = page.locator(".map .pin-icon").first();
        assertThat(mark).isVisible();
        page.locator(".map .canvas").focus();
        String before = page.locator(".leaflet-map-pane").getAttribute("style");
        page.keyboard().press("ArrowRight");
        page.waitForFunction(
                "before => document.querySelector('.leaflet-map-pane').getAttribute('style') !== before", before);
        double width = groundWidth(page);
        page.keyboard().press("+");
        page.waitForFunction(
                "width => document.querySelector('path.ground.border').getBoundingClientRect().width !== width", width);
        assertNotEquals(width, groundWidth(page));
        mark.focus();
        page.keyboard().press("Enter");
        assertThat(page.locator(".leaflet-popup-content")).containsText("鷲津駅");
        page.keyboard().press("Escape");
        assertThat(page.locator(".leaflet-popup-content")).hasCount(0);
    }

    @Test
    void withoutScriptASketchStandsThereAndItsMarksLeadToTheList() {
        Page page = chromium.phone("ja", false);
        page.navigate(chromium.address("/maps"));
        assertThat(page.locator(".map svg .mark")).hasCount(18);
        page.locator(".map svg a").nth(3).focus();
        page.keyboard().press("Enter");
        assertThat(page.locator("#pin-facility-04")).isInViewport();
        Chromium.picture(page, "maps-sketch");
    }

    @Test
    void nothingIsCutOffAt320Pixels() {
        Page page = chromium.page(320, 640, "pt", true);
        for (String path :
                List.of("/maps", "/maps?layer=roads", "/api/features?f=html", "/api/features/collections?f=html")) {
            chromium.assertFits(page, path);
        }
        Chromium.assertAccessible(page);
    }

    /** Of all marks, those that stand for several included. */
    private static List<String> numbers(Page page) {
        return page.locator(".map .pin-icon").all().stream()
                .flatMap(mark -> Stream.of(mark.getAttribute("data-pins").split(" ")))
                .sorted(Comparator.comparingInt(Integer::parseInt))
                .toList();
    }

    private static double groundWidth(Page page) {
        return ((Number) page.evaluate("document.querySelector('path.ground.border').getBoundingClientRect().width"))
                .doubleValue();
    }
}
