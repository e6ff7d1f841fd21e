package city.hamana.aggregator;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.FilePayload;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import javax.imageio.ImageIO;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Procedures as residents and staff go through them. */
class CasesBrowserTest {
    @RegisterExtension
    static final Chromium chromium = Chromium.ofThisClass();

    @Test
    void aResidenceCopyIsAskedForCorrectedDecidedAndVerified() throws IOException {
        Page page = chromium.phone("ja", true);
        chromium.signIn(page, "hanako", "/procedures/residence-copy");
        Chromium.picture(page, "procedure-phone");
        Chromium.assertAccessible(page);
        begin(page);
        page.locator("#name").fill("湖西 花子");
        page.locator("#born").fill("昭和60年4月1日");
        page.locator("#address-town").selectOption("9028000");
        page.locator("#address-rest").fill("1番地");
        page.locator("#phone").fill("053-000-0001");
        Chromium.picture(page, "form-phone");
        Chromium.assertAccessible(page);
        next(page);
        page.locator("input[name=scope][value=myself]").check();
        page.locator("#copies").fill("2");
        assertThat(page.locator("#purpose-other")).isHidden();
        page.locator("input[name=purpose][value=other]").check();
        page.locator("#purpose-other").fill("奨学金");
        next(page);
        page.locator("input[name=delivery][value=post]").check();
        next(page);
        assertThat(page.locator("h1")).hasText("本人確認");
        next(page);
        assertThat(page.locator("#errors")).isFocused();
        page.locator("#identity-document").setInputFiles(photo("licence.jpg"));
        next(page);
        assertThat(page.locator("h1")).hasText("内容の確認");
        assertThat(page.locator(".sum")).containsText("600円");
        Chromium.picture(page, "confirm-phone");
        Chromium.assertAccessible(page);
        page.locator("main form button[type=submit]").click();
        assertThat(page.locator("[role=status]")).containsText("受け付けました");
        String id = page.url().replaceFirst(".*/cases/([0-9-]+).*", "$1");

        Page office = chromium.desk("ja", true);
        chromium.signIn(office, "kato", "/staff/cases");
        Chromium.picture(office, "queue-desk");
        Chromium.assertAccessible(office);
        office.locator("a[href='/staff/cases/" + id + "']").click();
        assertThat(office.locator(".facts").first()).containsText("書類の写真(要確認)");
        act(office, "take");
        office.locator("summary:has-text('補正を求める')").click();
        office.locator("input[name=fields][value=purpose-other]").check();
        office.locator("#return-note").fill("奨学金の名前を書いてください。");
        act(office, "return");
        Chromium.picture(office, "office-returned-desk");
        Chromium.assertAccessible(office);

        page.navigate(chromium.address("/cases/" + id));
        Chromium.picture(page, "case-returned-phone");
        Chromium.assertAccessible(page);
        page.locator("a.button[href$='/correct']").click();
        assertThat(page.locator("#purpose-other")).hasValue("奨学金");
        page.locator("#purpose-other").fill("市の奨学金");
        page.locator("main form button[type=submit]").last().click();
        assertThat(page.locator(".big-state")).containsText("審査中");

        office.navigate(chromium.address("/staff/cases/" + id));
        assertThat(office.locator("main")).containsText("市の奨学金");
        propose(office, "grant");
        Chromium.picture(office, "office-proposed-desk");
        act(office, "decide");
        act(office, "deliver");
        page.reload();
        assertThat(page.locator(".decision")).containsText("交付する");
        Download document =
                page.waitForDownload(() -> page.locator(".decision a.button").click());
        assertTrue(new String(Files.readAllBytes(document.path()), 0, 5, StandardCharsets.US_ASCII).startsWith("%PDF"));
        Chromium.picture(page, "case-decided-phone");
        Chromium.assertAccessible(page);
        page.locator("a[href^='/verify/']").click();
        assertThat(page.locator("main")).containsText("住民票の写し交付決定通知書");
    }

    @Test
    void aBusinessAppliesForAGrantInPortugueseAndASecondPersonDecides() throws IOException {
        Page page = chromium.phone("pt", true);
        chromium.signIn(page, "hanako", "/procedures/dx-grant");
        begin(page);
        for (String yes : List.of("in-city", "one-year", "tax-paid")) {
            page.locator("input[name=" + yes + "][value=yes]").check();
        }
        for (String no : List.of("excluded", "other-grant", "begun")) {
            page.locator("input[name=" + no + "][value=no]").check();
        }
        next(page);
        page.locator("#representative").fill("João Alves");
        page.locator("#phone").fill("");
        page.locator("#mail").fill("");
        next(page);
        assertThat(page.locator("[data-said=phone]")).hasText("Preencha o telefone ou o e-mail.");
        assertThat(page.locator("#phone")).isFocused();
        Chromium.assertAccessible(page);
        page.locator("#mail").fill("joao@example.jp");
        page.locator("#representative").click();
        assertThat(page.locator("[data-said]")).hasCount(0);
        next(page);
        page.locator("input[name=kind][value=software]").check();
        page.locator("#project-title").fill("Pedidos na nuvem");
        page.locator("#plan").fill("Menos telefone e fax.");
        page.locator("#begin").fill("2017-06-30");
        page.locator("#end").fill("H29.3.1");
        page.locator("[name='costs.0.item']").fill("Pedidos na nuvem");
        page.locator("[name='costs.0.amount']").fill("１００，０００");
        page.locator("[data-add]").focus();
        page.keyboard().press("Enter");
        assertThat(page.locator(".row")).hasCount(2);
        page.keyboard().type("Treinamento");
        page.keyboard().press("Tab");
        page.keyboard().type("23456");
        page.locator("[data-add]").click();
        page.locator(".row").nth(2).locator("[data-drop]").click();
        assertThat(page.locator(".row")).hasCount(2);
        assertThat(page.locator("[data-sum]")).hasText("123.456");
        Chromium.picture(page, "rows-phone");
        Chromium.assertAccessible(page);
        next(page);
        assertThat(page.locator("[data-said=end]")).isVisible();
        page.locator("#begin").fill("2017-03-01");
        page.locator("#end").fill("2017-06-30");
        next(page);
        page.locator("#estimate").setInputFiles(new FilePayload("orcamento.pdf", "application/pdf", pdf()));
        page.locator("input[name=tax-consent][value=yes]").check();
        next(page);
        assertThat(page.locator("main")).containsText("61.000 ienes");
        assertThat(page.locator("main")).containsText("orcamento.pdf");
        Chromium.assertAccessible(page);
        page.locator("main form button[type=submit]").click();
        assertThat(page.locator("[role=status]")).containsText("Recebido");
        String id = page.url().replaceFirst(".*/cases/([0-9-]+).*", "$1");

        Page officer = chromium.desk("ja", true);
        chromium.signIn(officer, "ono", "/staff/cases/" + id);
        act(officer, "take");
        propose(officer, "grant");
        assertThat(officer.locator("form:has(input[value=decide])")).hasCount(0);
        assertThat(officer.locator(".acts")).containsText("総務課の課長以上の合議を待っています");
        page.reload();
        assertThat(page.locator(".stages [aria-current=step]")).containsText("Confirmação do orçamento");
        Chromium.picture(page, "stages-phone");
        Chromium.assertAccessible(page);
        Page budget = chromium.desk("ja", true);
        chromium.signIn(budget, "hara", "/staff/cases");
        budget.locator("a[href='/staff/cases/" + id + "']").click();
        Chromium.picture(budget, "office-agree-desk");
        Chromium.assertAccessible(budget);
        act(budget, "agree");
        assertThat(budget.locator(".way")).containsText("原 直樹");
        Page manager = chromium.desk("ja", true);
        chromium.signIn(manager, "ueda", "/staff/cases/" + id);
        Chromium.picture(manager, "office-decide-desk");
        Chromium.assertAccessible(manager);
        act(manager, "decide");
        page.reload();
        assertThat(page.locator(".decision")).containsText("61.000 ienes");
        page.navigate(chromium.address("/procedures/dx-grant"));
        Chromium.assertAccessible(page);
    }

    @Test
    void aHouseholdIsListedRowByRowWithoutScript() {
        Page page = chromium.phone("ja", false);
        chromium.signIn(page, "hanako", "/procedures/disaster-certificate");
        begin(page);
        page.locator("input[name=dwelling][value=yes]").check();
        page.locator("input[name=cause][value=wind]").check();
        page.locator("#day").fill("2017-01-02");
        page.locator("#place-town").selectOption("9028000");
        page.locator("#place-rest").fill("1番地");
        page.locator("input[name=parts][value=roof]").check();
        next(page);
        assertThat(page.locator(".row")).hasCount(0);
        page.locator("[data-add]").click();
        page.locator("[name='members.0.member-name']").fill("袴田 太郎");
        page.locator("[data-add]").click();
        assertThat(page.locator("[name='members.0.member-name']")).hasValue("袴田 太郎");
        page.locator("[name='members.1.member-name']").fill("袴田 葵");
        next(page);
        assertThat(page.locator(".row")).hasCount(2);
        page.locator("[name='members.1.member-relation'][value=child]").check();
        page.locator(".row").first().locator("[data-drop]").click();
        assertThat(page.locator("[name='members.0.member-name']")).hasValue("袴田 葵");
        page.locator("[data-drop]").click();
        assertThat(page.locator(".row")).hasCount(0);
        next(page);
        assertThat(page.locator("#photos")).isVisible();
    }

    @Test
    void atTheVisitTheProceduresThatApplyAreOpenedAndTheResidentSeesThemAsOneList() {
        Page page = chromium.phone("pt", true);
        chromium.signIn(page, "hanako", "/procedures/bereavement-desk");
        begin(page);
        page.locator("#deceased-name").fill("袴田 太郎");
        page.locator("#died").fill("2017-01-02");
        page.locator("#deceased-address-town").selectOption("9028000");
        page.locator("#deceased-address-rest").fill("1番地");
        next(page);
        page.locator("input[value=house]").check();
        page.locator("input[value=insurance]").check();
        next(page);
        page.locator("#first-day").fill("2017-01-10");
        page.locator("input[name=first-time][value=t0900]").check();
        page.locator("#second-day").fill("2017-01-11");
        page.locator("input[name=second-time][value=t0900]").check();
        next(page);
        page.locator("#name").fill("袴田 花子");
        page.locator("input[name=relation][value=child]").check();
        page.locator("input[name=interpreter][value=pt]").check();
        page.locator("#phone").fill("053-000-0002");
        next(page);
        page.locator("main form button[type=submit]").click();
        String id = page.url().replaceFirst(".*/cases/([0-9-]+).*", "$1");

        Page office = chromium.desk("ja", true);
        chromium.signIn(office, "kato", "/staff/cases?kind=bereavement-desk&sort=first-day");
        Chromium.picture(office, "queue-columns-desk");
        Chromium.assertAccessible(office);
        office.locator("a[href='/staff/cases/" + id + "']").click();
        office.locator("summary:has-text('この来庁で手続きを始める')").click();
        assertThat(office.locator("input[value=property-heir]")).isChecked();
        assertThat(office.locator("input[value=funeral-allowance]")).isChecked();
        assertThat(office.locator("input[value=water-start-stop]")).not().isChecked();
        office.locator("#document").selectOption("residence-card");
        Chromium.assertAccessible(office);
        office.locator("form[action$='/open'] button").click();
        assertThat(office.locator("[role=status]")).containsText("選んだ手続きを始めました");
        assertThat(office.locator("#others + ul li")).hasCount(2);
        Chromium.picture(office, "opened-desk");
        Chromium.assertAccessible(office);

        page.navigate(chromium.address("/cases/" + id));
        assertThat(page.locator("#others + ul li")).hasCount(2);
        Chromium.picture(page, "opened-phone");
        Chromium.assertAccessible(page);
        page.locator("#others + ul a:has-text('Auxílio-funeral')").click();
        page.locator("a.button[href$='/correct']").click();
        assertThat(page.locator("#bank")).isVisible();
        assertThat(page.locator("#deceased-name")).hasCount(0);
        Chromium.picture(page, "missing-phone");
        Chromium.assertAccessible(page);
        Page narrow = chromium.page(320, 640, "pt", true);
        chromium.signIn(narrow, "hanako", "/cases/" + id);
        chromium.assertFits(narrow, "/cases/" + id);
        chromium.assertFits(narrow, page.url().replaceFirst("https://[^/]+", ""));
    }

    @Test
    void whoStopsInTheMiddleGoesOnLaterWithoutScript() {
        Page page = chromium.phone("pt", false);
        chromium.signIn(page, "hanako", "/procedures/water-start-stop");
        begin(page);
        page.locator("input[name=kind][value=start]").check();
        page.locator("#place-town").selectOption("9028000");
        page.locator("#place-rest").fill("1");
        page.locator("button[value=later]").click();
        assertThat(page.locator("[role=status]")).containsText("Salvo");
        Page other = chromium.phone("pt", false);
        chromium.signIn(other, "hanako", "/cases");
        other.locator(".procedures a[href^='/forms/']:has-text('água')").click();
        other.locator("a.button.wide").click();
        other.locator("#day").fill("2017-01-08");
        other.locator("input[name=present][value=no]").check();
        next(other);
        assertThat(other.locator("#errors")).containsText("prefeitura abre");
        other.locator("#day").fill("2017-01-10");
        next(other);
        other.locator("#name").fill("Hanako");
        other.locator("#phone").fill("053-000-0001");
        next(other);
        other.locator("main form button[type=submit]").click();
        assertThat(other.locator("main")).containsText("Recebido");
    }

    @Test
    void counterStaffFindSomebodyAndFileForThemByKeyboard() {
        Page page = chromium.desk("ja", true);
        chromium.signIn(page, "suzuki", "/staff/procedures");
        Chromium.assertAccessible(page);
        page.locator("a[href='/staff/procedures/water-start-stop']").focus();
        page.keyboard().press("Enter");
        page.locator("#q").focus();
        page.keyboard().type("ヒキタ ミナト");
        page.keyboard().press("Enter");
        Locator who = page.locator("input[name=party]").first();
        who.focus();
        page.keyboard().press("Space");
        page.keyboard().press("Tab");
        page.keyboard().press("Space");
        Chromium.picture(page, "counter-person-desk");
        Chromium.assertAccessible(page);
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("この人の申請を始める"))
                .focus();
        page.keyboard().press("Enter");
        assertThat(page.locator("#place-town")).not().hasValue("");
        page.locator("input[name=kind][value=start]").focus();
        page.keyboard().press("Space");
        page.keyboard().press("Enter");
        assertThat(page.locator("#day")).isVisible();
        page.locator("#day").fill("H29.1.11");
        page.locator("input[name=present][value=no]").check();
        next(page);
        next(page);
        page.locator("main form button[type=submit]").click();
        assertThat(page.locator("main")).containsText("窓口で確認済み");
    }

    @Test
    void theQueueIsWalkedByKeyboard() {
        Page page = chromium.desk("ja", true);
        chromium.signIn(page, "suzuki", "/staff/cases?kind=water-start-stop");
        page.keyboard().press("j");
        assertThat(page.locator(".queue tbody tr").first().locator("a")).isFocused();
        page.keyboard().press("j");
        page.keyboard().press("k");
        page.keyboard().press("Enter");
        assertThat(page.locator("h1")).containsText("水道の使用開始・中止");
    }

    @Test
    void nothingIsCutOffAt320Pixels() {
        Page page = chromium.page(320, 640, "pt", true);
        for (String path : List.of("/procedures", "/procedures/find", "/procedures/bereavement-desk")) {
            chromium.assertFits(page, path);
        }
        chromium.signIn(page, "hanako", "/cases");
        page.navigate(chromium.address("/display?size=largest&to=/cases"));
        chromium.assertFits(page, "/cases");
        chromium.assertFits(page, "/procedures/dx-grant");
        page.navigate(chromium.address("/procedures/bereavement-desk"));
        begin(page);
        String draft = page.url().replaceFirst("https://[^/]+(/forms/[^/]+)/.*", "$1");
        for (String part : List.of("deceased", "attributes-page", "time", "who", "confirm", "discard")) {
            chromium.assertFits(page, draft + "/" + part);
        }
        page.navigate(chromium.address("/procedures/dx-grant"));
        begin(page);
        String grant = page.url().replaceFirst("https://[^/]+(/forms/[^/]+)/.*", "$1");
        chromium.assertFits(page, grant + "/project");
        Page staff = chromium.page(320, 640, "ja", true);
        chromium.signIn(staff, "suzuki", "/staff/cases");
        for (String path : List.of("/staff/cases", "/staff/procedures", "/staff/procedures/water-start-stop")) {
            chromium.assertFits(staff, path);
        }
        staff.navigate(chromium.address("/staff/cases"));
        staff.locator(".queue a").first().click();
        chromium.assertFits(staff, staff.url().replaceFirst("https://[^/]+", ""));
    }

    @Test
    void theCatalogueIsReadInEasyJapanese() {
        Page page = chromium.phone("ja", true);
        page.navigate(chromium.address("/display?language=easy-ja&to=/procedures"));
        assertThat(page.locator("ruby").first()).isVisible();
        Chromium.picture(page, "procedures-easy-phone");
        Chromium.assertAccessible(page);
        chromium.look(page, "/procedures/find?asked=1&is=died", "find-easy-phone");
        chromium.look(page, "/procedures/disaster-certificate", "procedure-easy-phone");
    }

    private static void begin(Page page) {
        page.locator("main form button.wide, main a.button.wide").first().click();
    }

    private static void next(Page page) {
        page.locator(".buttons button[value=next]").click();
    }

    private static void act(Page page, String act) {
        page.locator("form:has(input[name=act][value=" + act + "]) button[type=submit]")
                .click();
        assertThat(page.locator("[role=status]")).isVisible();
    }

    private static void propose(Page page, String outcome) {
        page.locator("summary:has-text('起案')").click();
        page.locator("input[name=outcome][value=" + outcome + "]").check();
        act(page, "propose");
    }

    private static FilePayload photo(String name) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(640, 480, BufferedImage.TYPE_INT_RGB), "jpeg", bytes);
        return new FilePayload(name, "image/jpeg", bytes.toByteArray());
    }

    private static byte[] pdf() throws IOException {
        try (PDDocument document = new PDDocument()) {
            document.addPage(new PDPage());
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            document.save(bytes);
            return bytes.toByteArray();
        }
    }
}
