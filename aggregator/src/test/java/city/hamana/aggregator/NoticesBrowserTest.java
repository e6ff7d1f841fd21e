package city.hamana.aggregator;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import city.hamana.capability.notices.Notice;
import city.hamana.capability.notices.Notices;
import city.hamana.capability.notices.Recipient;
import city.hamana.capability.notices.Urgency;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.assertions.LocatorAssertions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The city tells, and people read: messages, how one wants to be told, broadcasts and letters in a real Chromium. */
class NoticesBrowserTest {
    private static final double SENT_MS = 20_000;

    @RegisterExtension
    static final Chromium chromium = Chromium.ofThisClass();

    @Test
    void oneWritesAnotherApprovesResidentsReadAndTheReportCounts() {
        Page author = chromium.desk("ja", true);
        chromium.signIn(author, "yamada", "/staff/broadcasts");
        author.locator("a[href='/staff/broadcasts/new']").click();
        write(author, "歩道の工事のお知らせ");
        Chromium.assertAccessible(author);
        press(author, "main form button[type=submit]");
        assertThat(author.locator(".total strong")).not().hasText("0");
        press(author, "form[action$=submit] button");
        assertThat(author.locator(".acts")).containsText("書いた本人は承認できません");
        Chromium.picture(author, "broadcast-waiting-desk");
        Chromium.assertAccessible(author);

        Page manager = chromium.desk("pt", true);
        chromium.signIn(manager, "mori", "/staff/inbox");
        assertThat(manager.locator(".inbox li").first()).containsText("novo");
        manager.locator(".inbox a").first().click();
        manager.locator("main a.button").click();
        assertThat(manager.locator("h1")).hasText("歩道の工事のお知らせ");
        Chromium.assertAccessible(manager);
        press(manager, "form[action$=approve] button");
        // A page that is loaded again in the midst of its way would take the approval back.
        assertThat(manager.locator("form[action$=approve]")).hasCount(0);
        assertReloaded(manager, ".state.ok");

        Page resident = chromium.phone("ja", true);
        chromium.signIn(resident, "hanako", "/me/notices");
        Locator told = resident.locator(".inbox li", new Page.LocatorOptions().setHasText("歩道の工事"));
        assertThat(told.locator(".mark")).hasText("未読");
        Chromium.picture(resident, "inbox-phone");
        Chromium.assertAccessible(resident);
        told.locator("a").click();
        assertThat(resident.locator(".letter")).containsText("本文 ja");
        Chromium.assertAccessible(resident);
        resident.navigate(chromium.address("/me/notices"));
        assertThat(told.locator(".mark")).hasCount(0);
        manager.reload();
        assertThat(manager.locator("main li", new Page.LocatorOptions().setHasText("Lid")))
                .containsText("1");
        Chromium.picture(manager, "broadcast-sent-desk");
    }

    @Test
    void howOneIsToldIsChosenInPortugueseAndAWrongHourIsKeptAndNamed() {
        Page page = chromium.phone("pt", true);
        chromium.signIn(page, "hanako", "/me/notices/settings");
        page.locator("#quiet-from").evaluate("field => { field.type = 'text'; field.value = 'noite'; }");
        page.locator("#quiet-to").fill("07:30");
        press(page, "main form.card-form button[type=submit]");
        assertThat(page.locator("#errors")).isFocused();
        assertEquals("07:30", page.locator("#quiet-to").inputValue());
        Chromium.assertAccessible(page);
        page.locator("#quiet-from").fill("22:00");
        press(page, "main form.card-form button[type=submit]");
        assertThat(page.locator("[role=status]").first()).containsText("Salvo");
        assertEquals("22:00", page.locator("#quiet-from").inputValue());
        page.navigate(chromium.address("/me/topics"));
        page.locator("input[value=culture]").uncheck();
        press(page, "main form button[type=submit]");
        assertThat(page.locator("input[value=culture]")).not().isChecked();
        Chromium.assertAccessible(page);
    }

    @Test
    void withoutScriptOneReadsChoosesAndEndsATopicFromAMailWithoutSigningIn() {
        tell("jiro", "without-script");
        Page page = chromium.phone("ja", false);
        chromium.signIn(page, "jiro", "/me/notices");
        page.locator(".inbox a", new Page.LocatorOptions().setHasText("ようこそ"))
                .first()
                .click();
        assertThat(page.locator(".letter")).containsText("市のお知らせ");
        page.navigate(chromium.address("/me/notices/settings"));
        page.locator("#quiet-to").fill("06:00");
        press(page, "main form.card-form button[type=submit]");
        assertThat(page.locator("#quiet-to")).hasValue("06:00");
        assertThat(page.locator("noscript p")).isVisible();
        String jiro = TestCity.party(chromium.city(), "jiro");
        String token = "B".repeat(22);
        chromium.city()
                .database()
                .inTransaction(tx -> tx.execute(
                        "INSERT INTO broadcasts_stop (token, party, topic) VALUES (?, ?, 'waste')", token, jiro));
        Page anybody = chromium.phone("ja", false);
        anybody.navigate(chromium.address("/stop/" + token));
        anybody.getByText("受け取らない", new Page.GetByTextOptions().setExact(true)).click();
        assertThat(anybody.locator("[role=status]")).containsText("もう届きません");
        page.navigate(chromium.address("/me/topics"));
        assertThat(page.locator("input[value=waste]")).not().isChecked();
    }

    @Test
    void theKeyboardAloneOpensAMessageAndSavesASetting() {
        tell("ichiro", "keyboard");
        Page page = chromium.desk("ja", true);
        chromium.signIn(page, "ichiro", "/me/notices");
        tabTo(page, ".inbox a");
        page.keyboard().press("Enter");
        assertThat(page.locator(".letter")).isVisible();
        page.navigate(chromium.address("/me/notices/settings"));
        tabTo(page, "#quiet-from");
        page.keyboard().press("ArrowUp");
        tabTo(page, "main form.card-form button[type=submit]");
        page.keyboard().press("Enter");
        assertThat(page.locator("[role=status]").first()).containsText("保存しました");
    }

    @Test
    void aDivisionPrintsItsLettersAndMarksThemAndMayTakeTheMarkBack() {
        Page page = chromium.desk("ja", true);
        chromium.signIn(page, "suzuki", "/staff/letters");
        int waiting = page.locator("input[name=letter]").count();
        assertThat(page.locator("main a.button")).containsText(waiting + " 通");
        Chromium.picture(page, "letters-desk");
        Chromium.assertAccessible(page);
        for (Locator box : page.locator("input[name=letter]").all().subList(1, waiting)) {
            box.uncheck();
        }
        page.locator("button[form=posting]").click();
        assertThat(page.locator("[role=status]")).containsText("1 通を「出した」にしました");
        Chromium.assertAccessible(page);
        page.locator("form[action$=unpost] button").first().click();
        page.navigate(chromium.address("/staff/letters"));
        assertThat(page.locator("input[name=letter]")).hasCount(waiting);
        Page other = chromium.desk("pt", true);
        chromium.signIn(other, "ueda", "/staff/letters");
        assertThat(other.locator(".empty")).isVisible();
        Response paper =
                page.waitForResponse("**/staff/letters.pdf", () -> page.evaluate("fetch('/staff/letters.pdf')"));
        assertEquals("application/pdf", paper.headerValue("content-type"));
    }

    @Test
    void aBroadcastIsStoppedBeforeItIsSentAndOneWithoutALanguageIsNotApproved() {
        Page author = chromium.phone("pt", true);
        chromium.signIn(author, "yamada", "/staff/broadcasts/new");
        write(author, "中止になるお知らせ");
        author.locator("#subject-en").fill("");
        author.locator("#text-en").fill("");
        author.locator("#planned").fill("2017-02-01T09:00");
        press(author, "main form button[type=submit]");
        press(author, "form[action$=submit] button");
        assertThat(author.locator("#errors")).isFocused();
        Chromium.assertAccessible(author);
        author.locator("a[href$='/edit']").click();
        author.locator("#subject-en").fill("To be stopped");
        author.locator("#text-en").fill("It will not be sent.");
        press(author, "main form button[type=submit]");
        press(author, "form[action$=submit] button");
        String place = author.url().replaceFirst("^https://[^/]+", "");
        Page manager = chromium.phone("ja", true);
        chromium.signIn(manager, "mori", place);
        press(manager, "form[action$=approve] button");
        Chromium.assertAccessible(manager);
        press(manager, "form[action$=stop] button");
        assertThat(manager.locator(".state.cut")).hasText("中止");
    }

    @Test
    void nothingIsCutOffAt320Pixels() {
        tell("hanako", "narrow");
        Page page = chromium.page(320, 640, "pt", true);
        chromium.signIn(page, "hanako", "/me/notices");
        for (String path : List.of("/me/notices", "/me/notices/settings", "/me/topics")) {
            chromium.assertFits(page, path);
        }
        Page staff = chromium.page(320, 640, "pt", true);
        chromium.signIn(staff, "suzuki", "/staff/inbox");
        for (String path : List.of("/staff/inbox", "/staff/broadcasts", "/staff/broadcasts/new", "/staff/letters")) {
            chromium.assertFits(staff, path);
        }
    }

    private static void write(Page page, String subject) {
        for (String language : List.of("ja", "easy-ja", "pt", "en")) {
            page.locator("#subject-" + language).fill(subject + (language.equals("ja") ? "" : " " + language));
            page.locator("#text-" + language).fill("本文 " + language);
        }
        page.locator("#topic").selectOption("roads");
    }

    private static void press(Page page, String button) {
        page.locator(button).first().click();
    }

    /** As somebody without a mouse comes there; a page has fewer places than that. */
    private static void tabTo(Page page, String place) {
        for (int i = 0; i < 60; i++) {
            page.keyboard().press("Tab");
            if ((Boolean) page.evaluate("place => document.activeElement.matches(place)", place)) {
                return;
            }
        }
        throw new AssertionError(place + " is not reached by the keyboard");
    }

    /** Sending goes on beside; the page says how far when it is opened again. */
    private static void assertReloaded(Page page, String place) {
        page.waitForCondition(
                () -> {
                    page.reload();
                    return page.locator(place).count() > 0;
                },
                new Page.WaitForConditionOptions().setTimeout(SENT_MS));
        assertThat(page.locator(place)).isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout(SENT_MS));
    }

    private static void tell(String name, String once) {
        String party = TestCity.party(chromium.city(), name);
        chromium.city().database().inTransaction(tx -> {
            Notice notice = new Notice(
                    new Recipient.Of(party), "notices.welcome", List.of(), "/accessibility", Urgency.ORDINARY, once);
            TestCity.module(chromium.city(), Notices.class).send(tx, notice);
            return once;
        });
    }
}
