package city.hamana.aggregator;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import city.hamana.capability.payments.Channel;
import city.hamana.capability.payments.Creditor;
import city.hamana.capability.payments.Money;
import city.hamana.capability.payments.Payments;
import city.hamana.capability.payments.ProviderSettings;
import city.hamana.simulated.payments.PaymentProviderApp;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.FilePayload;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Paying as a resident does it, through the SIMULATED provider's pages, in a real Chromium. */
class PaymentsBrowserTest {
    private static final String KEY = "sk_simulated_test";
    private static final String SECRET = "whsec_simulated_test";

    private static PaymentProviderApp app;

    @RegisterExtension
    static final Chromium chromium = Chromium.ofThisClass(PaymentsBrowserTest::settings);

    private static Settings settings() {
        int port = freePort();
        HttpClient client = HttpClient.newBuilder()
                .sslContext(TestCity.identity().sslContext())
                .build();
        URI hook = URI.create("https://localhost:" + port + "/api/payments/webhook");
        app = new PaymentProviderApp(0, KEY, SECRET, hook, () -> client);
        return TestCity.paying(port, new ProviderSettings(app.address(), KEY, SECRET));
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @BeforeAll
    static void bills() {
        TestCity.module(chromium.city(), Payments.class).creditor(new Creditor("samples", "suido", "payments.title"));
    }

    @AfterAll
    static void stop() {
        app.close();
    }

    private static void bill(long yen, String once) {
        PaymentsVisit.charge(chromium.city(), TestCity.party(chromium.city(), "hanako"), yen, once);
    }

    private static Page signedIn(String language) {
        Page page = chromium.phone(language, true);
        chromium.signIn(page, "hanako", "/payments");
        return page;
    }

    @Test
    void aBillIsPaidByCardWithTheStepOfSecure() {
        bill(5_500, "card");
        Page page = signedIn("ja");
        Chromium.assertAccessible(page);
        Chromium.picture(page, "payments-list-phone");
        page.locator(".bills a").first().click();
        Chromium.assertAccessible(page);
        Chromium.picture(page, "payments-bill-phone");
        page.locator("button[value=card]").click();
        Chromium.assertAccessible(page);
        Chromium.picture(page, "payments-leave-phone");
        page.locator("main a[rel=external]").click();
        assertThat(page.locator(".label")).containsText("SIMULATED");
        Chromium.assertAccessible(page);
        Chromium.picture(page, "payments-provider-card-phone");
        page.locator("#number").fill("4111 1111 1111 1111");
        page.locator("#expiry").fill("12/30");
        page.locator("#code").fill("123");
        page.locator("button").first().click();
        assertThat(page.locator("h1")).containsText("3-Dセキュア");
        Chromium.assertAccessible(page);
        page.locator("button[value=accept]").click();
        assertThat(page.locator("h1")).hasText("支払いが終わりました");
        Chromium.assertAccessible(page);
        Chromium.picture(page, "payments-paid-phone");
        page.locator("main a.button").first().click();
        assertThat(page.locator("h1")).hasText("領収書");
        assertThat(page.locator(".bill-sum strong")).hasText("5,500円");
        Chromium.assertAccessible(page);
        Chromium.picture(page, "payments-receipt-phone");
    }

    @Test
    void whoDeclinesTheStepOfSecurePaysByQrInstead() {
        bill(3_300, "declined");
        Page page = signedIn("pt");
        page.locator(".bills a").first().click();
        page.locator("button[value=card]").click();
        page.locator("main a[rel=external]").click();
        page.locator("#number").fill("4111111111111111");
        page.locator("#expiry").fill("12/30");
        page.locator("#code").fill("123");
        page.locator("button").first().click();
        page.locator("button[value=decline]").click();
        assertThat(page.locator("h1")).hasText("O pagamento não foi feito");
        Chromium.assertAccessible(page);
        page.locator("main a.button").first().click();
        page.locator("button[value=qr]").click();
        page.locator("main a[rel=external]").click();
        Chromium.assertAccessible(page);
        Chromium.picture(page, "payments-provider-qr-phone");
        page.locator("button[value=accept]").click();
        assertThat(page.locator("h1")).hasText("Pagamento recebido");
    }

    @Test
    void whoLeavesInTheMiddleFindsThePaymentUnderWayAndCancelsIt() {
        bill(2_200, "left");
        Page page = signedIn("en");
        page.locator(".bills a").first().click();
        String home = page.url();
        page.locator("button[value=card]").click();
        page.locator("main a[rel=external]").click();
        page.navigate(home);
        assertThat(page.locator("main .notice")).containsText("under way");
        Chromium.assertAccessible(page);
        page.locator("main .notice a").click();
        page.locator("form button.text").last().click();
        assertThat(page.locator("h1")).hasText("The payment was cancelled");
        Chromium.assertAccessible(page);
    }

    @Test
    void staffSeeWhatCameWhatDidNotMatchAndWhatGoesBack() {
        City city = chromium.city();
        Payments payments = TestCity.module(city, Payments.class);
        String hanako = TestCity.party(city, "hanako");
        long twice = PaymentsVisit.charge(city, hanako, 4_400, "twice");
        for (String once : List.of("one", "two")) {
            Money money = new Money(twice, Channel.STORE, 4_400, TestCity.NOW, "", once);
            city.database().inTransaction(tx -> payments.take(tx, money, "system"));
        }
        Page page = chromium.desk("ja", true);
        chromium.signIn(page, "suzuki", "/staff/payments");
        page.locator("#file")
                .setInputFiles(new FilePayload(
                        "bank.csv",
                        "text/csv",
                        "day,channel,amount,name,reference\r\n2017-01-04,transfer,980,ﾊｶﾏﾀ ﾊﾅｺ,ｽｲﾄﾞｳ\r\n"
                                .getBytes(StandardCharsets.UTF_8)));
        page.locator("form[action$=statements] button").click();
        assertThat(page.locator("#queue ~ div")).containsText("ﾊｶﾏﾀ ﾊﾅｺ");
        chromium.look(page, "/staff/payments", "payments-board-desk");
        chromium.look(page, "/staff/payments/refunds", "payments-refunds-desk");
        chromium.look(page, "/staff/payments/debits", "payments-debits-desk");
        Page phone = chromium.phone("en", true);
        chromium.signIn(phone, "suzuki", "/staff/payments");
        chromium.look(phone, "/staff/payments", "payments-board-phone");
        Page easy = chromium.phone("ja", true);
        chromium.signIn(easy, "hanako", "/payments");
        easy.navigate(chromium.address("/display?language=easy-ja&to=/payments"));
        chromium.look(easy, "/payments/" + twice, "payments-bill-easy-phone");
        chromium.look(easy, "/payments/" + twice + "/debit", "payments-debit-easy-phone");
    }
}
