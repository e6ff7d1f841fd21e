package city.hamana.aggregator;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A message to many, from the desk of one who writes it to the telephone of one who has had enough of it. */
class BroadcastsBrowserTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @RegisterExtension
    static final Chromium chromium = Chromium.ofThisClass();

    @Test
    void aMessageIsWrittenInJapaneseApprovedByAnotherAndRead() {
        Page author = chromium.desk("ja", true);
        chromium.signIn(author, "yamada", "/staff/broadcasts");
        Chromium.assertAccessible(author);
        Chromium.picture(author, "broadcasts-list-desk");
        author.locator("main a[href$='/new']").click();
        write(author, "駅前通りの通行止め");
        author.locator("#urgency").selectOption("EMERGENCY");
        author.locator("#letters").check();
        author.locator("main form button[type=submit]").click();
        assertThat(author.locator("#errors")).isFocused();
        assertThat(author.locator("#subject-ja")).hasValue("駅前通りの通行止め");
        Chromium.assertAccessible(author);
        author.locator("#urgency").selectOption("PROMPT");
        author.locator("main form button[type=submit]").click();
        assertThat(author.locator("h1")).hasText("駅前通りの通行止め");
        Chromium.assertAccessible(author);
        Chromium.picture(author, "broadcasts-draft-desk");
        author.locator("form[action$='/submit'] button").click();
        assertThat(author.locator("form[action$='/approve']")).hasCount(0);
        String place = author.url().replaceFirst("^https://[^/]+", "");

        Page manager = chromium.desk("ja", true);
        chromium.signIn(manager, "mori", "/");
        assertThat(manager.locator(".news")).isVisible();
        manager.navigate(chromium.address(place));
        Chromium.assertAccessible(manager);
        Chromium.tabTo(manager, "form[action$='/approve'] button");
        manager.keyboard().press("Enter");
        assertThat(manager.locator("form[action$='/approve']")).hasCount(0);

        Page resident = chromium.phone("ja", true);
        chromium.signIn(resident, "jiro", "/me/notices");
        comes(resident, "li.new .subject", "駅前通りの通行止め");
        Chromium.assertAccessible(resident);
        comes(manager, ".state", "送信済み");
        Chromium.assertAccessible(manager);
        Chromium.picture(manager, "broadcasts-report-desk");
    }

    @Test
    void aManagerReturnsAMessageInEnglishWithAReason() {
        Page author = chromium.desk("en", true);
        chromium.signIn(author, "yamada", "/staff/broadcasts/new");
        write(author, "道路清掃のお知らせ");
        author.locator("main form button[type=submit]").click();
        String place = author.url().replaceFirst("^https://[^/]+", "");
        author.locator("form[action$='/submit'] button").click();
        Page manager = chromium.desk("en", true);
        chromium.signIn(manager, "mori", place);
        manager.locator("#remark").fill("Which street?");
        manager.locator("form[action$='/return'] button").click();
        Chromium.assertAccessible(manager);
        author.navigate(chromium.address(place));
        assertThat(author.locator("dl.facts")).containsText("Which street?");
        author.locator("form[action$='/test'] button").click();
        assertThat(author.locator(".notice.ok")).isVisible();
        Chromium.assertAccessible(author);
    }

    @Test
    void aResidentSaysNoToATopicByKeyboardInPortugueseAndJapanese() {
        for (String language : List.of("pt", "ja")) {
            Page page = chromium.phone(language, true);
            chromium.signIn(page, "ichiro", "/me/topics");
            Chromium.assertAccessible(page);
            boolean before = page.locator("input[value=culture]").isChecked();
            Chromium.tabTo(page, "input[value=culture]");
            page.keyboard().press("Space");
            Chromium.tabTo(page, "main form button");
            page.keyboard().press("Enter");
            assertThat(page.locator(".notice.ok")).isVisible();
            assertThat(page.locator("input[value=culture]"))
                    .isChecked(new LocatorAssertions.IsCheckedOptions().setChecked(!before));
            Chromium.assertAccessible(page);
        }
    }

    @Test
    void everyPageFitsIntoTheSmallestTelephoneAndWorksWithoutScript() {
        Page staff = chromium.page(320, 640, "pt", false);
        chromium.signIn(staff, "yamada", "/staff/broadcasts");
        chromium.assertFitsWithoutScript(staff, "/staff/broadcasts");
        chromium.assertFitsWithoutScript(staff, "/staff/broadcasts/new");
        write(staff, "夜間工事のお知らせ");
        staff.locator("main form button[type=submit]").click();
        assertThat(staff.locator("h1")).hasText("夜間工事のお知らせ");
        chromium.assertFitsWithoutScript(staff, staff.url().replaceFirst("^https://[^/]+", ""));
        staff.locator("form[action$='/submit'] button").click();
        assertThat(staff.locator("form[action$='/submit']")).hasCount(0);
        String token = "B".repeat(22);
        chromium.city()
                .database()
                .inTransaction(tx -> tx.execute(
                        "INSERT INTO broadcasts_stop (token, party, topic) VALUES (?, '1', 'roads')", token));
        Page anybody = chromium.page(320, 640, "pt", false);
        chromium.assertFitsWithoutScript(anybody, "/stop/" + token);
        anybody.locator("main button").click();
        assertThat(anybody.locator(".notice.ok")).isVisible();
        Page resident = chromium.page(320, 640, "ja", false);
        chromium.signIn(resident, "hanako", "/me/topics");
        chromium.assertFitsWithoutScript(resident, "/me/topics");
        resident.locator("main form button").click();
        assertThat(resident.locator(".notice.ok")).isVisible();
    }

    private static void write(Page page, String subject) {
        for (String language : List.of("ja", "easy-ja", "pt", "en")) {
            page.locator("#subject-" + language).fill(subject);
            page.locator("#text-" + language).fill("12月1日 9時から17時まで");
        }
        page.locator("#topic").selectOption("roads");
    }

    /** What the queue brings, page by page. */
    private static void comes(Page page, String selector, String text) {
        long end = System.nanoTime() + LIMIT.toNanos();
        while (!page.locator(selector).allInnerTexts().contains(text) && System.nanoTime() < end) {
            page.waitForTimeout(500);
            page.reload();
        }
        assertThat(page.locator(selector).filter(new Locator.FilterOptions().setHasText(text)))
                .hasCount(1);
    }
}
