package city.hamana.aggregator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.options.ForcedColors;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is asked of each page, of each page: those that its module's own browser test does not open included. */
class EveryPageBrowserTest {
    private static final int FIRST_VIEW_BYTES = 150_000;

    /** Each element that takes the keyboard shows it, or something around it does. */
    private static final String WITHOUT_A_FOCUS_RING = """
            () => [...document.querySelectorAll('a[href], button, input, select, textarea, summary')]
                .filter(e => e.checkVisibility() && !e.disabled && e.type !== 'hidden')
                .filter(e => {
                    e.focus();
                    const ringed = x => x && (getComputedStyle(x).outlineStyle !== 'none' || ringed(x.parentElement));
                    return document.activeElement === e && !ringed(e);
                })
                .map(e => e.outerHTML)
            """;

    private static final String BEYOND_THE_WINDOW = """
            () => [...document.querySelectorAll('main *')]
                .filter(e => e.getBoundingClientRect().right > document.documentElement.clientWidth)
                .filter(e => !e.closest('.scroll'))
                .slice(0, 4)
                .map(e => e.outerHTML.slice(0, 120))
            """;

    private static final String BYTES = """
            () => performance.getEntriesByType('navigation').concat(performance.getEntriesByType('resource'))
                .reduce((sum, entry) => sum + entry.encodedBodySize, 0)
            """;

    @RegisterExtension
    static final Chromium chromium = Chromium.ofThisClass();

    @BeforeAll
    static void start() {
        PagesTest.furnish(chromium.city());
    }

    /** What is seen first takes about three seconds on a slow line of 400 kbit/s. */
    @Test
    void everyPageIsLightAxeFindsNothingAndTheFocusIsSeenInTheColoursOfTheSystemToo() {
        onEveryPage(390, "ja", page -> {
            List<String> found = new ArrayList<>(tooHeavy(page));
            found.addAll(Chromium.violations(page));
            found.addAll(texts(page, WITHOUT_A_FOCUS_RING));
            page.emulateMedia(new Page.EmulateMediaOptions().setForcedColors(ForcedColors.ACTIVE));
            found.addAll(texts(page, WITHOUT_A_FOCUS_RING));
            Chromium.picture(page, "forced" + page.url().replaceAll("^https://[^/]+|\\W+", "-"));
            page.emulateMedia(new Page.EmulateMediaOptions().setForcedColors(ForcedColors.NONE));
            return found;
        });
    }

    @Test
    void nothingIsCutOffAt320PixelsNorWithLettersTwiceAsLarge() {
        onEveryPage(320, "pt", page -> {
            List<String> found = new ArrayList<>(tooWide(page, 320));
            page.setViewportSize(640, 900);
            page.evaluate("document.documentElement.style.fontSize = '200%'");
            found.addAll(tooWide(page, 640));
            page.setViewportSize(320, 640);
            return found;
        });
    }

    private static List<String> tooHeavy(Page page) {
        int bytes = number(page, BYTES);
        return bytes > FIRST_VIEW_BYTES ? List.of(bytes + " bytes") : List.of();
    }

    /** Nothing, or what reaches beyond the window and does not stand in something that scrolls by itself. */
    private static List<String> tooWide(Page page, int width) {
        int found = number(page, "document.scrollingElement.scrollWidth");
        return found > width
                ? List.of(found + " instead of " + width + " pixels wide: " + texts(page, BEYOND_THE_WINDOW))
                : List.of();
    }

    private static int number(Page page, String script) {
        return ((Number) page.evaluate(script)).intValue();
    }

    private static List<String> texts(Page page, String script) {
        return ((List<?>) page.evaluate(script)).stream().map(String::valueOf).toList();
    }

    /** What the check finds is kept until all are seen. */
    private static void onEveryPage(int width, String language, Function<Page, List<String>> check) {
        List<String> found = new ArrayList<>();
        int seen = 0;
        for (String user : List.of("hanako", "suzuki")) {
            Page page = chromium.page(width, 844, language, true);
            chromium.signIn(page, user, "/");
            for (String path : PagesTest.pages(chromium.city(), user)) {
                Response response = page.navigate(chromium.address(path));
                assertEquals(200, response.status(), path);
                check.apply(page).forEach(what -> found.add(path + ": " + what));
                seen++;
            }
        }
        assertTrue(seen > 80, seen + " pages");
        assertEquals("", String.join("\n", found));
    }
}
