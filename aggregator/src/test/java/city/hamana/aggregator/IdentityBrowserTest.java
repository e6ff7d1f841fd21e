package city.hamana.aggregator;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import city.hamana.capability.people.SignInSettings;
import city.hamana.capability.people.TestPeople;
import city.hamana.link.Pem;
import city.hamana.simulated.identity.IdentityApp;
import com.microsoft.playwright.Page;
import com.nimbusds.jose.jwk.ECKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Proving who one is with the SIMULATED identity app, as a visitor of the demonstration does: a real Chromium, real OIDC. */
class IdentityBrowserTest {
    private static final List<IdentityApp.Person> PEOPLE = List.of(
            new IdentityApp.Person("p-1", "袴田 花子", "1990-05-05"),
            new IdentityApp.Person("p-2", "Ana Beatriz Nogueira", "1991-09-30"));

    private static IdentityApp app;

    @RegisterExtension
    static final Chromium chromium = Chromium.ofThisClass(IdentityBrowserTest::settings);

    private static Settings settings() {
        int port = freePort();
        ECKey key = IdentityApp.newKey();
        app = new IdentityApp(0, key, "https://localhost:" + port + "/sign-in/provider/back", PEOPLE);
        Path file = TestPeople.keysFile().resolveSibling("oidc.pem");
        file.toFile().deleteOnExit();
        Pem.replaceSecret(file, IdentityApp.pem(key));
        return TestCity.at(new SignInSettings(
                URI.create("https://localhost:" + port),
                SignInSettings.SecondFactor.OFFERED,
                Optional.of(new SignInSettings.Provider(app.issuer(), IdentityApp.CLIENT, file)),
                TestPeople.keysFile(),
                Optional.empty()));
    }

    @AfterAll
    static void stop() {
        app.close();
    }

    @Test
    void fromTheMiddleOfAFormOneProvesWhoOneIsAndGoesOnThere() {
        Page page = chromium.phone("ja", true);
        chromium.signIn(page, "hanako", "/procedures/residence-copy");
        page.locator("main form button.wide, main a.button.wide").first().click();
        page.locator("#name").fill("袴田 花子");
        page.locator("#born").fill("平成2年5月5日");
        page.locator("#address-town").selectOption("9028000");
        page.locator("#address-rest").fill("1番地");
        page.locator("#phone").fill("053-000-0001");
        next(page);
        page.locator("input[name=scope][value=myself]").check();
        page.locator("#copies").fill("2");
        page.locator("input[name=purpose][value=other]").check();
        page.locator("#purpose-other").fill("市の奨学金");
        next(page);
        page.locator("input[name=delivery][value=post]").check();
        next(page);
        assertThat(page.locator("h1")).hasText("本人確認");
        page.locator("main a[href^='/sign-in/prove']").click();
        Chromium.assertAccessible(page);
        Chromium.picture(page, "identity-prove-phone");
        page.locator("main a[href^='/sign-in/provider']").click();
        assertThat(page.locator(".label")).containsText("SIMULATED");
        Chromium.assertAccessible(page);
        Chromium.picture(page, "identity-app-phone");
        page.getByText("袴田 花子").click();
        assertThat(page.locator("h1")).hasText("内容の確認");
        assertThat(page.locator("main")).containsText("市の奨学金");
        page.locator("main form button[type=submit]").click();
        assertThat(page.locator("[role=status]")).containsText("受け付けました");
    }

    @Test
    void aVisitorDeclinesAndThenSignsInAsSomebodyNewWithoutScript() {
        Page page = chromium.page(320, 640, "pt", false);
        page.navigate(chromium.address("/sign-in"));
        page.locator("a[href^='/sign-in/provider']").click();
        page.getByText("Cancel").click();
        assertThat(page.locator("h1")).isVisible();
        assertThat(page.locator(".who")).not().containsText("Ana Beatriz");
        page.navigate(chromium.address("/sign-in/provider?to=/me"));
        page.getByText("Ana Beatriz Nogueira").click();
        assertThat(page.locator("#written")).hasValue("Ana Beatriz Nogueira");
        page.locator("#agreed").check();
        page.locator("main button[type=submit]").click();
        assertThat(page.locator("h1")).hasText("Meus dados");
    }

    private static void next(Page page) {
        page.locator(".buttons button[value=next]").click();
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
