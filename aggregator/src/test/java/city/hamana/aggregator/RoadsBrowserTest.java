package city.hamana.aggregator;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.FilePayload;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Road reports in a real Chromium: the street, the office, and the inspector without a network. */
class RoadsBrowserTest {
    private static final Pattern PLACE = Pattern.compile(".*/place");

    @RegisterExtension
    static final Chromium chromium = Chromium.ofThisClass();

    @Test
    void aResidentReportsFromAPhotoInJapanese() {
        Page page = chromium.phone("ja", true);
        page.navigate(chromium.address("/roads/new"));
        assertThat(page.locator("h1")).hasText("道路の異状を知らせる");
        Chromium.picture(page, "roads-1-new");
        Chromium.assertAccessible(page);
        page.locator("#photo")
                .setInputFiles(new FilePayload("IMG_1.JPG", "image/jpeg", GeoPhoto.jpeg(34.70500, 137.50000)));
        page.locator("main button").first().click();
        page.waitForURL(PLACE);
        assertThat(page.locator("main .notice")).containsText("写真に記録された場所");
        assertThat(page.locator("#latitude")).hasValue(Pattern.compile("34\\.705.*"));
        assertThat(page.locator(".map .mark.picked")).isVisible();
        Chromium.picture(page, "roads-2-place");
        Chromium.assertAccessible(page);
        next(page);
        Chromium.picture(page, "roads-3-category");
        Chromium.assertAccessible(page);
        page.getByText("カーブミラー", new Page.GetByTextOptions().setExact(true)).click();
        next(page);
        assertThat(page.locator("h1")).hasText("くわしく教えてください");
        Chromium.assertAccessible(page);
        page.getByText("割れた", new Page.GetByTextOptions().setExact(true)).click();
        page.locator("#detail").fill("角のミラーが割れている");
        Chromium.picture(page, "roads-4-detail");
        next(page);
        assertThat(page.locator(".pictures img")).hasCount(1);
        assertThat(page.locator("dl")).containsText("角のミラーが割れている");
        Chromium.picture(page, "roads-5-confirm");
        Chromium.assertAccessible(page);
        next(page);
        assertThat(page.locator("h1")).hasText("お知らせありがとうございます");
        assertThat(page.locator(".big-number strong")).hasText(Pattern.compile("\\d{4}-\\d{6}"));
        assertEquals(true, page.locator(".pictures img").first().evaluate("i => i.complete && i.naturalWidth > 0"));
        Chromium.picture(page, "roads-6-thanks");
        Chromium.assertAccessible(page);
    }

    @Test
    void aTapOnTheMapAndTheKeyboardAloneMarkThePlace() {
        Page page = chromium.desk("pt", true);
        page.navigate(chromium.address("/roads/new"));
        page.getByText("Continuar sem foto").press("Enter");
        page.waitForURL(PLACE);
        Locator map = page.locator(".map .canvas");
        assertThat(map).isVisible();
        map.click();
        assertThat(page.locator("#latitude")).hasValue(Pattern.compile("34\\.\\d{6}"));
        String tapped = page.locator("#longitude").inputValue();
        map.focus();
        page.keyboard().press("ArrowRight");
        page.keyboard().press("ArrowRight");
        page.keyboard().press("Enter");
        assertThat(page.locator("#longitude")).not().hasValue(tapped);
        assertThat(page.locator("[data-locate-status]")).hasText("O lugar foi marcado.");
        Chromium.assertAccessible(page);
    }

    @Test
    void theTelephonesOwnPlaceIsTakenWhenItIsAllowed() {
        Page page = chromium.phone("ja", true);
        page.context().setGeolocation(new com.microsoft.playwright.options.Geolocation(34.7131, 137.5373));
        page.context().grantPermissions(List.of("geolocation"));
        page.navigate(chromium.address("/roads/new"));
        page.getByText("写真なしで次へ").click();
        page.waitForURL(PLACE);
        page.locator("[data-locate]").click();
        assertThat(page.locator("#latitude")).hasValue("34.713100");
        next(page);
        page.locator("input[value=pothole]").check();
        next(page);
        assertThat(page.locator("h1")).hasText("これと同じですか");
        Chromium.picture(page, "roads-near");
        Chromium.assertAccessible(page);
        page.locator("form[action$=support] button").first().click();
        assertThat(page.locator("main [role=status]").first()).isVisible();
        Chromium.picture(page, "roads-report");
        Chromium.assertAccessible(page);
    }

    @Test
    void everyStepWorksWithoutScriptAndWithoutAMap() {
        Page page = chromium.phone("pt", false);
        page.navigate(chromium.address("/roads/new"));
        page.getByText("Continuar sem foto").click();
        page.waitForURL(PLACE);
        page.locator("#landmark").fill("em frente ao mercado de Washizu");
        next(page);
        page.locator("input[value=wire]").check();
        next(page);
        assertThat(page.locator("h1")).hasText("Perigo! Telefone primeiro");
        assertThat(page.locator("a[href='tel:119']")).isVisible();
        page.locator("main a.button.wide").click();
        page.locator("#detail").fill("fio no chão");
        next(page);
        next(page);
        assertThat(page.locator("h1")).hasText("Obrigado por avisar");
        page.locator("main .button.outline").click();
        assertThat(page.locator("main")).not().containsText("fio no chão");
        page.navigate(chromium.address("/roads"));
        assertThat(page.locator(".map svg .mark").first()).isVisible();
        assertThat(page.locator(".pins li").first()).isVisible();
    }

    @Test
    void everybodySeesTheListAndItsMap() {
        Page page = chromium.desk("ja", true);
        page.navigate(chromium.address("/roads"));
        assertThat(page.locator(".map .pin-icon").first()).isVisible();
        Chromium.picture(page, "roads-list-desk");
        Chromium.assertAccessible(page);
        page.locator(".pins a").first().click();
        assertThat(page.locator(".steps-done li").first()).isVisible();
        Chromium.assertAccessible(page);
        page.setViewportSize(390, 844);
        page.navigate(chromium.address("/roads"));
        Chromium.picture(page, "roads-list-phone");
    }

    @Test
    void nothingIsCutOffAt320PixelsEvenWithTheLargestLetters() {
        Page page = chromium.page(320, 640, "pt", true);
        page.navigate(chromium.address("/display?size=largest&to=/roads/new"));
        page.getByText("Continuar sem foto").click();
        page.waitForURL(PLACE);
        String draft = page.url().replaceFirst("https://[^/]+", "").replaceFirst("/place$", "");
        page.locator("#landmark").fill("mercado");
        next(page);
        page.locator("input[value=pothole]").check();
        next(page);
        for (String path : List.of(
                "/roads",
                "/roads/new",
                draft + "/place",
                draft + "/category",
                draft + "/danger",
                draft + "/detail",
                draft + "/confirm")) {
            chromium.assertFits(page, path);
        }
        page.context().clearCookies();
        chromium.signIn(page, "yamada", "/staff/roads");
        String report = page.locator(".pins a").first().getAttribute("href");
        for (String path : List.of("/staff/roads", report, "/staff/roads/inspect")) {
            chromium.assertFits(page, path);
        }
    }

    @Test
    void theDivisionWorksOnAReportAndClosesIt() {
        Page page = chromium.desk("ja", true);
        chromium.signIn(page, "yamada", "/staff/roads");
        Chromium.picture(page, "roads-queue");
        Chromium.assertAccessible(page);
        page.navigate(chromium.address("/staff/roads?category=light"));
        page.locator(".pins a").first().click();
        assertThat(page.locator("h1")).containsText("街灯");
        page.getByText("対応を始める").click();
        assertThat(page.locator(".big-state")).containsText("対応中");
        page.locator("#template").selectOption("planned");
        page.getByText("知らせる", new Page.GetByTextOptions().setExact(true)).click();
        assertThat(page.locator(".steps-done")).containsText("修繕の予定を立てました。");
        Chromium.assertAccessible(page);
        Chromium.picture(page, "roads-staff-report");
        page.locator("summary", new Page.LocatorOptions().setHasText("作業指示")).click();
        page.locator("#to").fill("電気工事(見本)");
        page.locator("#work").fill("電球を替える");
        page.getByText("指示を保存").click();
        page.locator("summary", new Page.LocatorOptions().setHasText("作業指示")).click();
        page.locator("#work-photo").setInputFiles(new FilePayload("a.jpg", "image/jpeg", GeoPhoto.jpeg(34.7, 137.5)));
        page.locator("input[value=after]").check();
        page.getByText("写真を加える").click();
        assertThat(page.locator(".pictures img")).hasCount(2);
        page.locator("summary", new Page.LocatorOptions().setHasText("作業指示")).click();
        page.getByText("作業指示書を印刷").click();
        assertThat(page.locator("main")).containsText("電球を替える");
        Chromium.picture(page, "roads-order");
        Chromium.assertAccessible(page);
        page.goBack();
        page.locator("summary", new Page.LocatorOptions().setHasText("終了する")).click();
        page.locator("#reason").selectOption("fixed");
        page.locator("form[action$=close] button").click();
        assertThat(page.locator(".big-state")).containsText("終了");
        page.navigate(page.url().replace("/staff", ""));
        assertThat(page.locator("main")).not().containsText("電気工事");
        assertThat(page.locator(".big-state")).containsText("直しました");
    }

    @Test
    void anInspectorWritesWithoutANetworkAndItIsSentOnceWhenItIsBack() {
        Page page = chromium.phone("ja", true);
        chromium.signIn(page, "yamada", "/staff/roads/inspect");
        assertThat(page.locator("[data-inspect]")).hasAttribute("data-ready", "yes");
        String id = page.locator("[data-report]").first().getAttribute("data-report");
        page.context().setOffline(true);
        page.reload();
        assertThat(page.locator("[data-status]")).hasText("電波がありません。2017年1月5日 12:00 に保存した一覧です。");
        Locator card = page.locator("[data-report='" + id + "']");
        card.locator("summary").click();
        card.locator("textarea").fill("現場を見た。明日ふさぐ。");
        card.locator("input[type=file]")
                .setInputFiles(new FilePayload("p.jpg", "image/jpeg", GeoPhoto.jpeg(34.7, 137.5)));
        card.locator("input[value=after]").check();
        card.locator("button[type=submit]").click();
        assertThat(page.locator("[data-waiting-note]")).hasCount(1);
        Chromium.picture(page, "roads-inspect-offline");
        page.reload();
        assertThat(page.locator("[data-waiting-note]")).hasCount(1);
        assertEquals(0, said(id));
        page.context().setOffline(false);
        page.evaluate("window.dispatchEvent(new Event('online'))");
        assertThat(page.locator("[data-waiting-note]")).hasCount(0);
        assertEquals(1, said(id));
        page.reload();
        assertThat(page.locator("[data-inspect]")).hasAttribute("data-ready", "yes");
        assertEquals(1, said(id));
        assertEquals(1, photosAfter(id), "the photo made offline stands as one after the work");
        Chromium.assertAccessible(page);
    }

    private static long photosAfter(String report) {
        return chromium.city()
                .database()
                .inTransaction(
                        tx -> tx.createQuery("SELECT COUNT(*) FROM cases_file WHERE about = :about AND field = 'after'")
                                .bind("about", "case:" + report)
                                .mapTo(Long.class)
                                .one());
    }

    @Test
    void theStatesRoadIsToldToItsOwnerWhoAnswersWithoutSigningIn() {
        Page page = chromium.desk("ja", true);
        chromium.signIn(page, "mori", "/staff/roads?category=tree");
        page.locator("main a[href^='/staff/roads/2']").first().click();
        page.locator("summary", new Page.LocatorOptions().setHasText("直す"))
                .first()
                .click();
        page.locator("#owner").selectOption("prefectural");
        page.locator("form[action$=change] button").click();
        String report = page.url().replaceFirst(".*/staff", "");
        page.locator("a[href$='/owner']").click();
        assertThat(page.locator("#facts")).hasValue(Pattern.compile("受付番号.*"));
        Chromium.picture(page, "owner-preview-desk");
        Chromium.assertAccessible(page);
        page.locator("button[value=hand]").focus();
        page.keyboard().press("Enter");
        assertThat(page.locator("#owner-told")).containsText("返事はまだありません");
        Chromium.picture(page, "owner-told-desk");
        Chromium.assertAccessible(page);
        String link = page.locator("#owner-told a[href^='/roads/owner/']").getAttribute("href");
        Page owner = chromium.phone("pt", false);
        owner.navigate(chromium.address(link));
        owner.locator("input[value=planned]").check();
        owner.locator("main form button").click();
        assertThat(owner.locator("[role=status]")).containsText("Resposta registrada");
        Page everybody = chromium.page(320, 640, "pt", true);
        chromium.assertFits(everybody, link);
        Chromium.picture(everybody, "owner-page-320");
        Chromium.assertAccessible(everybody);
        chromium.assertFits(everybody, report);
        assertThat(everybody.locator("main")).containsText("Conserto programado");
        Chromium.assertAccessible(everybody);
    }

    @Test
    void whatOthersChangedMeanwhileIsShownAndNothingIsLost() {
        Page page = chromium.phone("ja", true);
        chromium.signIn(page, "yamada", "/staff/roads/inspect");
        assertThat(page.locator("[data-inspect]")).hasAttribute("data-ready", "yes");
        Locator waiting = page.locator("[data-report]", new Page.LocatorOptions().setHasText("受付済み"));
        String id = waiting.first().getAttribute("data-report");
        page.context().setOffline(true);
        Locator card = page.locator("[data-report='" + id + "']");
        card.locator("summary").click();
        card.locator("textarea").fill("枝を確認");
        card.locator("button[type=submit]").click();
        assertThat(page.locator("[data-waiting-note]")).hasCount(1);
        Guest colleague = Guest.signedIn(chromium.city(), "mori");
        colleague.get("/");
        assertEquals(
                303, colleague.post("/staff/roads/" + id + "/take", Map.of()).status());
        page.context().setOffline(false);
        page.evaluate("window.dispatchEvent(new Event('online'))");
        assertThat(page.locator("[data-waiting-note] .wrong")).containsText("ほかの人が変更しました");
        assertEquals(0, said(id));
        page.getByText("確かめたので送る").click();
        assertThat(page.locator("[data-waiting-note]")).hasCount(0);
        assertEquals(1, said(id));
    }

    @Test
    void afterSigningOutTheTelephoneShowsNothingWithoutANetwork() {
        Page page = chromium.phone("ja", true);
        chromium.signIn(page, "yamada", "/staff/roads/inspect");
        assertThat(page.locator("[data-inspect]")).hasAttribute("data-ready", "yes");
        page.locator("form[action='/sign-out'] button").click();
        page.waitForURL(url -> !url.contains("inspect"));
        page.context().setOffline(true);
        try {
            page.navigate(chromium.address("/staff/roads/inspect"));
        } catch (com.microsoft.playwright.PlaywrightException e) {
            assertTrue(e.getMessage().contains("ERR_"), e.getMessage());
        }
        // Chromium's own page about the missing network may still be on its way: this waits for it.
        assertThat(page.locator("[data-inspect], [data-report]")).hasCount(0);
    }

    private static void next(Page page) {
        page.locator("main form button[type=submit]").last().click();
    }

    private static long said(String report) {
        return chromium.city()
                .database()
                .inTransaction(tx -> tx.createQuery(
                                "SELECT COUNT(*) FROM roads_step WHERE report = :report AND once_key IS NOT NULL")
                        .bind("report", report)
                        .mapTo(Long.class)
                        .one());
    }
}
