package city.hamana.aggregator;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What makes the city's word checkable: rules, documents and the event log in a real Chromium. */
class TrustBrowserTest {
    @RegisterExtension
    static final Chromium chromium = Chromium.ofThisClass();

    @BeforeAll
    static void furnish() {
        PagesTest.furnish(chromium.city());
    }

    @Test
    void staffAskARuleWhatWouldBeAndATableWithAGapIsRefusedByName() {
        Page page = chromium.desk("pt", true);
        chromium.signIn(page, "suzuki", "/staff/rules/ticket");
        page.locator("#q-age").fill("9");
        page.locator("#q-day").selectOption("weekday");
        page.locator("#q-disabled").selectOption("false");
        page.locator("main form[method=get] button").click();
        assertThat(page.locator("main")).containsText("100");
        Chromium.assertAccessible(page);
        page.navigate(chromium.address("/staff/rules/ticket/edit"));
        String text = page.locator("#text").inputValue();
        page.locator("#from").fill("2017-06-01");
        page.locator("#text").fill(text.replaceFirst("(?m)^<6,.*\\R", ""));
        page.locator("main form button[type=submit]").click();
        assertThat(page.locator("#errors")).isFocused();
        assertThat(page.locator("main")).containsText("Nenhuma linha se aplica quando");
        Chromium.assertAccessible(page);
        page.locator("#text").fill(text);
        page.locator("main form button[type=submit]").click();
        assertThat(page.locator("main")).containsText("2017");
        assertThat(page.locator("form[action$='/withdraw']")).hasCount(1);
        Chromium.assertAccessible(page);
    }

    @Test
    void anybodyChecksAPaperByKeyboardAndWithoutScript() {
        String place = PagesTest.places().get("/verify/{code}");
        Page page = chromium.phone("ja", false);
        page.navigate(chromium.address("/verify"));
        page.locator("#code").focus();
        page.keyboard().type(place.substring("/verify/".length()));
        page.keyboard().press("Enter");
        assertThat(page.locator(".notice.ok")).isVisible();
        page.navigate(chromium.address("/verify?code=AAAA-BBBB-CCCC"));
        assertThat(page.locator(".notice.error")).isVisible();
        assertThat(page.locator("#code")).isVisible();
    }

    @Test
    void anAuditorFindsAnEntryHasTheLogCheckedAndComparesANotedHash() {
        Page page = chromium.desk("ja", true);
        chromium.signIn(page, "suzuki", "/staff/events?kind=documents.");
        assertThat(page.locator("main tbody tr").first()).containsText("documents.issued");
        Chromium.assertAccessible(page);
        page.locator("form[action$='/verify'] button").click();
        assertThat(page.locator(".notice.info")).isVisible();
        page.locator("main details summary").first().focus();
        page.keyboard().press("Enter");
        page.locator("#noted").fill("1 " + "0".repeat(64));
        page.keyboard().press("Enter");
        assertThat(page.locator(".notice.error")).isVisible();
        Chromium.assertAccessible(page);
    }
}
