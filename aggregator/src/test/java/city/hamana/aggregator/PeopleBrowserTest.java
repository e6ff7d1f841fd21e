package city.hamana.aggregator;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.Cookie;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Signing in, consenting and looking after people, as residents and staff do it: a real Chromium, over TLS. */
class PeopleBrowserTest {
    @RegisterExtension
    static final Chromium chromium = Chromium.ofThisClass();

    @Test
    void aNewResidentRegistersByMailInPortuguese() {
        Page page = chromium.phone("pt", true);
        page.navigate(chromium.address("/sign-in?to=/me"));
        Chromium.assertAccessible(page);
        page.getByText("Entrar ou cadastrar-se com código por e-mail").click();
        page.locator("#mail").fill("beatriz");
        page.evaluate("document.querySelector('main form').noValidate = true");
        page.locator("main button[type=submit]").click();
        assertThat(page.locator("#errors")).isFocused();
        assertThat(page.locator("#mail")).hasValue("beatriz");
        Chromium.assertAccessible(page);
        page.locator("#mail").fill("Beatriz@example.jp");
        page.locator("main button[type=submit]").click();
        assertThat(page.locator("h1")).hasText("Digite o código recebido");
        Chromium.assertAccessible(page);
        page.locator("#code").fill(chosenCode(page, "beatriz@example.jp"));
        page.locator("main button[type=submit]").click();
        assertThat(page.locator("h1")).hasText("Primeiro cadastro");
        Chromium.assertAccessible(page);
        page.locator("#written").fill("Ana Beatriz Nogueira de Almeida Yamamoto");
        page.locator("#town").selectOption("9028000");
        page.locator("#rest").fill("1234-5");
        page.locator("#agreed").check();
        Chromium.picture(page, "people-register-phone");
        page.locator("main button[type=submit]").click();
        assertThat(page.locator("h1")).hasText("Meus dados");
        assertThat(page.locator(".facts").first()).containsText("湖西市鷲津1234-5");
        assertThat(page.locator(".person")).containsText("Ana Beatriz Nogueira de Almeida Yamamoto");
    }

    @Test
    void aPasskeyIsAddedUsedNamedAndRemoved(@TempDir Path profile) {
        try (BrowserContext context = chromium.trusting(profile)) {
            Page page = context.newPage();
            authenticator(context, page);
            chromium.signIn(page, "hanako", "/account");
            page.locator("#label").fill("花子のスマホ");
            page.locator("[data-passkey-kind=create] [data-passkey-ask]").click();
            assertThat(page.locator(".notice")).containsText("パスキーを加えました");
            Chromium.assertAccessible(page);
            Chromium.picture(page, "people-account-desk");
            page.locator(".who form button").click();
            page.navigate(chromium.address("/sign-in?to=/account"));
            page.locator("[data-passkey-kind=get] [data-passkey-ask]").click();
            page.waitForURL("**/account");
            assertThat(page.locator(".person")).containsText("袴田 花子");
            Locator label = page.locator("input[id^=label-]");
            assertThat(label).hasValue("花子のスマホ");
            label.fill("古いスマホ");
            page.locator("form[action$=rename] button").click();
            assertThat(page.locator("input[id^=label-]")).hasValue("古いスマホ");
            page.getByText("パスキーを消す").click();
            assertThat(page.locator("h1")).hasText("パスキーを消しますか");
            page.locator("main button[type=submit]").click();
            assertThat(page.getByText("パスキーはまだありません。")).isVisible();
            page.locator(".who form button").click();
            page.navigate(chromium.address("/sign-in"));
            page.locator("[data-passkey-kind=get] [data-passkey-ask]").click();
            assertThat(page.locator("#wrong h2")).hasText("パスキーを確認できませんでした");
        }
    }

    @Test
    void staffSetUpAnAppAndSignInWithIt() {
        Page page = chromium.desk("ja", true);
        chromium.signIn(page, "mori", "/account");
        page.getByText("認証アプリを設定する").click();
        Chromium.assertAccessible(page);
        Chromium.picture(page, "people-app-desk");
        String secret = page.locator("code.secret").innerText().replace(" ", "");
        page.locator("#code").fill(OneTimeCode.now(secret));
        page.locator("main button[type=submit]").click();
        assertThat(page.locator(".codes li")).hasCount(10);
        Chromium.assertAccessible(page);
        String recovery = page.locator(".codes li").first().innerText();
        page.locator(".who form button").click();
        page.navigate(chromium.address("/sign-in?to=/staff/people"));
        page.locator("#name").fill("mori");
        page.locator("#password").fill("blue water");
        page.locator("main button[type=submit]").click();
        assertThat(page.locator("h1")).hasText("確認コードの入力");
        Chromium.assertAccessible(page);
        page.locator("#code").fill("000 000");
        page.locator("main button[type=submit]").click();
        assertThat(page.locator("#errors")).isFocused();
        page.locator("#code").fill(recovery);
        page.locator("main button[type=submit]").click();
        assertThat(page.locator("h1")).hasText("住民・事業者をさがす");
    }

    @Test
    void aConsentIsGivenAndWithdrawnByKeyboardAloneInJapaneseAndPortuguese() {
        consentByKeyboard("ja", "jiro", "同意しています", "同意を取り消しました。これから先は使われません。");
        consentByKeyboard("pt", "ichiro", "Consentido", "O consentimento foi retirado. Os dados não serão mais usados");
    }

    private static void consentByKeyboard(String language, String name, String given, String withdrawn) {
        Page page = chromium.phone(language, true);
        chromium.signIn(page, name, "/me/consents");
        Chromium.tabTo(page, "form[action='/me/consents/notices.area/give'] button");
        page.keyboard().press("Enter");
        assertThat(page.locator("main .notice")).isFocused();
        assertThat(page.locator("[id='notices.area'] .state")).hasText(given);
        Chromium.assertAccessible(page);
        Chromium.tabTo(page, "form[action='/me/consents/notices.area/withdraw'] button");
        page.keyboard().press("Enter");
        assertThat(page.locator("main .notice")).containsText(withdrawn);
    }

    @Test
    void everythingButPasskeysWorksWithoutScript() {
        Page page = chromium.phone("ja", false);
        page.navigate(chromium.address("/sign-in"));
        assertThat(page.locator("[data-passkeys]")).isHidden();
        page.getByText("メールの確認コードでログイン・登録").click();
        page.locator("#mail").fill("no-script@example.jp");
        page.locator("main button[type=submit]").click();
        page.locator("#code").fill(chosenCode(page, "no-script@example.jp"));
        page.locator("main button[type=submit]").click();
        page.locator("#written").fill("葛\uDB40\uDD00西 一");
        page.locator("#agreed").check();
        page.locator("main button[type=submit]").click();
        page.navigate(chromium.address("/me/consents"));
        page.locator("form[action='/me/consents/cases.prefill/give'] button").click();
        assertThat(page.locator("[id='cases.prefill'] .state")).hasText("同意しています");
        page.navigate(chromium.address("/me/mandates"));
        page.locator("#until").fill("2017-03-31");
        page.locator("main form[action='/me/mandates'] button").click();
        assertThat(page.locator("code.secret")).containsText("/me/mandates/accept?code=");
        page.navigate(chromium.address("/me"));
        assertThat(page.locator(".facts").first()).containsText("葛\uDB40\uDD00西 一");
    }

    @Test
    void staffFindSomebodyAndThePersonSeesIt() {
        Page staff = chromium.desk("ja", true);
        chromium.signIn(staff, "kato", "/staff/people");
        staff.locator("#purpose").selectOption("people.phone");
        staff.locator("#reference").fill("case:2026-000042");
        staff.locator("#q").fill("はかまた");
        staff.locator("main button[type=submit]").click();
        Chromium.assertAccessible(staff);
        Chromium.picture(staff, "people-search-desk");
        staff.getByText("袴田 花子").click();
        assertThat(staff.locator("h1")).hasText("袴田 花子");
        Chromium.assertAccessible(staff);
        Page resident = chromium.phone("en", true);
        chromium.signIn(resident, "hanako", "/me/readings");
        assertThat(resident.locator("tbody tr").first()).containsText("Citizens Division");
        assertThat(resident.locator("tbody tr").first()).containsText("Answering a call");
        assertThat(resident.locator("tbody tr").first()).containsText("case:2026-000042");
        Chromium.assertAccessible(resident);
    }

    @Test
    void aCounterEntersAProxyWithoutScriptAndTheResidentEndsItByKeyboard() {
        Page staff = chromium.desk("ja", false);
        chromium.signIn(staff, "kato", "/staff/people?q=hikita&purpose=people.counter");
        staff.getByText("疋田 一郎").click();
        staff.getByText("代わりに手続きできる人を加える").click();
        staff.locator("#q").fill("naito");
        staff.locator("main form[method=get] button").click();
        staff.locator("#kind").selectOption("proxy");
        staff.locator("#evidence").selectOption("letter-of-attorney");
        staff.locator("#note").fill("平成29年1月4日 本人持参");
        staff.locator("main form[method=post] button").click();
        assertThat(staff.locator("#errors")).containsText("代理人は1年まで");
        assertThat(staff.locator("#note")).hasValue("平成29年1月4日 本人持参");
        Chromium.picture(staff, "people-grant-wrong-desk");
        staff.locator("#until").fill("2017-12-31");
        staff.locator("main form[method=post] button").click();
        assertThat(staff.locator("main .notice")).containsText("両方の人にお知らせしました");
        Chromium.picture(staff, "people-party-desk");
        Page resident = chromium.phone("pt", true);
        chromium.signIn(resident, "ichiro", "/me/mandates");
        assertThat(resident.locator("main .cards").first()).containsText("内藤 二郎");
        assertThat(resident.locator("main .cards").first()).containsText("Documento: Procuração");
        Chromium.assertAccessible(resident);
        Chromium.picture(resident, "people-mandates-phone");
        Chromium.tabTo(resident, "form[action$='/end'] button");
        resident.keyboard().press("Enter");
        assertThat(resident.locator("main .notice")).isFocused();
        assertThat(resident.locator("form[action$='/end']")).hasCount(0);
    }

    @Test
    void twoOfTheStaffJoinTwoEntriesInEnglish() {
        Page kato = chromium.desk("en", true);
        chromium.signIn(kato, "kato", "/staff/people/new");
        for (int i = 0; i < 2; i++) {
            kato.navigate(chromium.address("/staff/people/new"));
            kato.locator("#written").fill("重複 花子");
            kato.locator("#born").fill("1977-07-07");
            kato.locator("main form button[type=submit]").click();
        }
        kato.navigate(chromium.address("/staff/people/merges"));
        Chromium.assertAccessible(kato);
        Chromium.picture(kato, "people-merges-desk");
        kato.locator("a[href*='/merges/compare']").first().click();
        Chromium.assertAccessible(kato);
        Chromium.picture(kato, "people-merge-desk");
        kato.getByText("Propose to join them").click();
        assertThat(kato.locator("#errors")).isFocused();
        kato.locator("input[name=stays]").first().check();
        kato.getByText("Propose to join them").click();
        assertThat(kato.locator("main .notice")).containsText("It was proposed");
        kato.locator("main .cards a").first().click();
        assertThat(kato.getByText("Another member of staff has to agree")).isVisible();
        String merge = kato.url();
        Page abe = chromium.phone("ja", true);
        chromium.signIn(abe, "abe", merge.replaceFirst("https://[^/]+", ""));
        Chromium.assertAccessible(abe);
        abe.getByText("確かめました。まとめます").click();
        assertThat(abe.locator("main .notice")).containsText("30日間は元に戻せます");
        abe.navigate(merge);
        abe.locator("main summary").click();
        Chromium.picture(abe, "people-merge-done-phone");
        abe.locator("form[action$='/undo'] button").click();
        assertThat(abe.locator("main .notice")).containsText("元に戻しました");
    }

    @Test
    void aPasswordIsChangedByKeyboard() {
        Page page = chromium.phone("ja", true);
        chromium.signIn(page, "ueda", "/account/password");
        Chromium.tabTo(page, "#old");
        page.keyboard().type("blue water");
        page.keyboard().press("Tab");
        page.keyboard().type("password2017");
        page.keyboard().press("Tab");
        page.keyboard().type("password2017");
        page.keyboard().press("Enter");
        assertThat(page.locator("#errors")).isFocused();
        assertThat(page.locator("#errors")).containsText("すぐに破られます");
        Chromium.assertAccessible(page);
        Chromium.picture(page, "people-password-phone");
        page.locator("#old").fill("blue water");
        page.locator("#new").fill("nine lanterns over the lake");
        page.locator("#again").fill("nine lanterns over the lake");
        page.keyboard().press("Enter");
        assertThat(page.locator("main .notice")).containsText("パスワードを変えました");
        assertThat(page.locator("h1")).isVisible();
    }

    @Test
    void everyPageIsAccessibleAndFitsOnASmallTelephone() {
        Page page = chromium.page(320, 640, "pt", true);
        page.navigate(chromium.address("/display?size=largest&to=/"));
        for (String path : List.of("/sign-in", "/sign-in/mail")) {
            chromium.assertFits(page, path);
        }
        chromium.signIn(page, "hanako", "/me");
        for (String path : List.of(
                "/me",
                "/me/facts",
                "/me/consents",
                "/me/readings",
                "/me/mandates",
                "/me/data",
                "/me/erase",
                "/account",
                "/account/second-factor",
                "/account/password",
                "/sign-in/prove")) {
            chromium.assertFits(page, path);
            Chromium.assertAccessible(page);
            Chromium.picture(page, "people" + path.replace('/', '-') + "-phone");
        }
        page.context().clearCookies();
        chromium.signIn(page, "suzuki", "/staff/people");
        for (String path : List.of(
                "/staff/people",
                "/staff/people?q=nakamura&purpose=people.counter",
                "/staff/people/new",
                "/staff/people/erasures",
                "/staff/departments",
                "/staff/accounts",
                "/staff/accounts/new",
                "/staff/accounts/" + id("yamada"))) {
            chromium.assertFits(page, path);
            Chromium.assertAccessible(page);
            Chromium.picture(page, "people" + path.replaceAll("[/?&=.]", "-") + "-phone");
        }
    }

    @Test
    void theCountersPagesAreAccessibleAndFitOnASmallTelephone() {
        Page page = chromium.page(320, 640, "pt", true);
        page.navigate(chromium.address("/display?size=largest&to=/"));
        chromium.signIn(page, "kato", "/staff/people");
        String hanako = id("hanako");
        for (String path : List.of(
                "/staff/people/" + hanako + "?purpose=people.counter",
                "/staff/people/" + hanako + "/mandates",
                "/staff/people/" + hanako + "/mandates?q=naito",
                "/staff/people/merges",
                "/staff/people/merges/compare?one=" + hanako + "&other=" + id("jiro"))) {
            chromium.assertFits(page, path);
            Chromium.assertAccessible(page);
            Chromium.picture(page, "people" + path.replaceAll("[/?&=.]", "-") + "-phone");
        }
    }

    private static String chosenCode(Page page, String mail) {
        assertTrue(page.url().endsWith("/sign-in/mail/code"), page.url());
        String step = page.context().cookies().stream()
                .filter(cookie -> cookie.name.equals("__Host-step"))
                .map((Cookie cookie) -> cookie.value)
                .findFirst()
                .orElseThrow();
        return SignInWalk.chosenCode(chromium.city(), step, mail, "/me");
    }

    /** A telephone that has checked its owner's finger. */
    private static void authenticator(BrowserContext context, Page page) {
        CDPSession session = context.newCDPSession(page);
        session.send("WebAuthn.enable");
        JsonObject options = new JsonObject();
        options.addProperty("protocol", "ctap2");
        options.addProperty("transport", "internal");
        options.addProperty("hasResidentKey", true);
        options.addProperty("hasUserVerification", true);
        options.addProperty("isUserVerified", true);
        options.addProperty("automaticPresenceSimulation", true);
        JsonObject parameters = new JsonObject();
        parameters.add("options", options);
        session.send("WebAuthn.addVirtualAuthenticator", parameters);
    }

    private static String id(String name) {
        return chromium.city()
                .database()
                .inTransaction(tx -> tx.createQuery("SELECT id FROM people_user WHERE name = ?")
                        .bind(0, name)
                        .mapTo(String.class)
                        .one());
    }
}
