package city.hamana.aggregator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.hamana.capability.payments.Channel;
import city.hamana.capability.payments.ChargeState;
import city.hamana.capability.payments.Creditor;
import city.hamana.capability.payments.Money;
import city.hamana.capability.payments.Payments;
import city.hamana.capability.payments.ProviderSettings;
import city.hamana.capability.payments.State;
import city.hamana.platform.events.Entry;
import city.hamana.simulated.payments.Manners;
import city.hamana.simulated.payments.PaymentProviderApp;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A payment provider that tells late, twice, out of order, never or with a foreign signature, over real HTTP. */
class PaymentProviderTest {
    private static final String KEY = "sk_simulated_test";
    private static final String SECRET = "whsec_simulated_test";
    private static final Duration LONGEST = Duration.ofSeconds(30);
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private static PaymentProviderApp app;
    private static Server server;
    private static City city;
    private static Payments payments;
    private static Guest hanako;
    private static URI hook;

    @BeforeAll
    static void open() {
        int port = freePort();
        hook = URI.create("https://localhost:" + port + "/api/payments/webhook");
        app = new PaymentProviderApp(0, KEY, SECRET, hook, PaymentProviderTest::client);
        server = Server.start(
                TestCity.paying(port, new ProviderSettings(app.address(), KEY, SECRET)), TestCity.identity());
        city = server.city();
        payments = TestCity.module(city, Payments.class);
        payments.creditor(new Creditor("samples", "suido", "payments.title"));
        hanako = Guest.signedIn(city, "hanako");
        hanako.get("/payments");
    }

    @AfterAll
    static void close() {
        server.close();
        app.close();
    }

    @AfterEach
    void well() {
        app.behave(Manners.GOOD);
        app.down(false);
    }

    private static HttpClient client() {
        return HttpClient.newBuilder()
                .sslContext(TestCity.identity().sslContext())
                .build();
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A bill, and a payment of it that was begun: its page here, and its name at the provider. */
    private record Begun(long bill, String page, String payment) {}

    private static Begun begin(String by) {
        long bill = PaymentsVisit.charge(city, TestCity.party(city, "hanako"), 5_500, "p" + NUMBER.incrementAndGet());
        String page =
                hanako.post("/payments/" + bill + "/pay", Map.of("by", by)).location();
        String payment = hanako.get(page).body().replaceFirst("(?s).*/pay/(pay_[0-9a-f-]+)\".*", "$1");
        return new Begun(bill, page, payment);
    }

    private static ChargeState state(Begun begun) {
        return city.database()
                .inTransaction(tx -> payments.state(tx, begun.bill()))
                .orElseThrow();
    }

    private static long paidEvents(Begun begun) {
        return events(begun).stream().filter(e -> e.equals("payments.paid")).count();
    }

    private static List<String> events(Begun begun) {
        return city
                .database()
                .inTransaction(tx -> city.events().about(tx, "charge:" + begun.bill(), 100))
                .reversed()
                .stream()
                .map(Entry::kind)
                .toList();
    }

    private static void await(BooleanSupplier condition) {
        Instant end = Instant.now().plus(LONGEST);
        while (!condition.getAsBoolean()) {
            assertTrue(Instant.now().isBefore(end), "it did not come to be within " + LONGEST);
            LockSupport.parkNanos(20_000_000);
        }
    }

    @Test
    void aSignedWebHookPaysTheBill() {
        Begun begun = begin("card");
        app.answer(begun.payment(), "accept");
        await(() -> state(begun).state() == State.PAID);
        assertEquals(1, paidEvents(begun));
        assertTrue(hanako.get(begun.page()).body().contains("/receipts/R-"));
    }

    @Test
    void whatIsToldTwiceIsPaidOnce() {
        app.behave(Manners.GOOD.times(3));
        Begun begun = begin("qr");
        app.answer(begun.payment(), "accept");
        await(() -> app.told(begun.payment()) == 6);
        assertEquals(State.PAID, state(begun).state());
        assertEquals(1, state(begun).payments().size());
        assertEquals(1, paidEvents(begun));
    }

    @Test
    void whatIsToldInTheWrongOrderIsPaidAllTheSame() {
        app.behave(Manners.GOOD.outOfOrder());
        Begun begun = begin("card");
        app.answer(begun.payment(), "accept");
        await(() -> app.told(begun.payment()) == 2);
        assertEquals(State.PAID, state(begun).state());
        assertEquals(
                List.of("payments.charged", "payments.attempt-begun", "payments.attempt-succeeded", "payments.paid"),
                events(begun));
    }

    @Test
    void whatSomebodyElseHasSignedIsNotBelieved() {
        app.behave(Manners.GOOD.withForeignSignature());
        Begun begun = begin("card");
        app.answer(begun.payment(), "accept");
        await(() -> app.refused(begun.payment()) == 2);
        assertEquals(State.OPEN, state(begun).state());
        // Who comes back hears what the provider itself says.
        assertTrue(hanako.get(begun.page() + "?back=yes").body().contains("/receipts/R-"));
        assertEquals(State.PAID, state(begun).state());
    }

    @Test
    void whatIsNeverToldIsAskedFor() {
        app.behave(Manners.GOOD.times(0));
        Begun begun = begin("card");
        app.answer(begun.payment(), "accept");
        payments.look();
        assertEquals(State.PAID, state(begun).state());
    }

    @Test
    void aDeclinedCardCanBeTriedAgain() {
        Begun begun = begin("card");
        app.answer(begun.payment(), "decline");
        await(() -> events(begun).contains("payments.attempt-failed"));
        String again = hanako.post("/payments/" + begun.bill() + "/pay", Map.of("by", "card"))
                .location();
        assertFalse(again.equals(begun.page()));
        assertEquals(State.OPEN, state(begun).state());
    }

    @Test
    void aPaymentThatIsUnderWayIsGoneOnWithAndNotBegunTwice() {
        Begun begun = begin("card");
        assertEquals(
                begun.page(),
                hanako.post("/payments/" + begun.bill() + "/pay", Map.of("by", "qr"))
                        .location());
    }

    @Test
    void aSuccessAfterACancelIsGivenBack() {
        Begun begun = begin("card");
        hanako.post(begun.page() + "/cancel", Map.of());
        app.answer(begun.payment(), "accept");
        await(() -> events(begun).contains("payments.overpaid"));
        assertEquals(State.OPEN, state(begun).state());
        assertEquals(5_500, refunds(begun));
    }

    @Test
    void aSuccessAfterTheBillWasPaidElsewhereIsGivenBack() {
        Begun begun = begin("card");
        city.database()
                .inTransaction(tx -> payments.take(
                        tx,
                        new Money(begun.bill(), Channel.STORE, 5_500, TestCity.NOW, "", "store-" + begun.bill()),
                        "system"));
        app.answer(begun.payment(), "accept");
        await(() -> events(begun).contains("payments.overpaid"));
        assertEquals(State.PAID, state(begun).state());
        assertEquals(5_500, refunds(begun));
    }

    @Test
    void aLateWebHookAfterTheReturnChangesNothing() {
        app.behave(Manners.GOOD.after(Duration.ofMillis(300)));
        Begun begun = begin("card");
        app.answer(begun.payment(), "accept");
        hanako.get(begun.page() + "?back=yes");
        assertEquals(State.PAID, state(begun).state());
        await(() -> app.told(begun.payment()) == 2);
        assertEquals(1, state(begun).payments().size());
    }

    @Test
    void aProviderThatDoesNotAnswerTakesNothing() {
        app.down(true);
        long bill = PaymentsVisit.charge(city, TestCity.party(city, "hanako"), 5_500, "p" + NUMBER.incrementAndGet());
        String page =
                hanako.post("/payments/" + bill + "/pay", Map.of("by", "card")).location();
        assertTrue(hanako.speaking("en").get(page).body().contains("No money was taken"));
        hanako.speaking("ja");
    }

    @Test
    void aWebHookThatIsOldEndlessOrNonsenseIsRefused() throws IOException, InterruptedException {
        assertEquals(401, tell("", "{}"));
        assertEquals(401, tell("t=1,v1=" + "0".repeat(64), "{}"));
        assertEquals(401, tell("t=x", "{}"));
        assertEquals(413, tell("t=1,v1=" + "0".repeat(64), "x".repeat(100_000)));
    }

    private static int tell(String signature, String body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(hook)
                .header("Payment-Signature", signature)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return client().send(request, BodyHandlers.discarding()).statusCode();
    }

    @Test
    void somebodyElsesBillIsAsOneThatIsNotThere() {
        Begun begun = begin("card");
        Guest jiro = Guest.signedIn(city, "jiro");
        jiro.get("/payments");
        assertEquals(404, jiro.get("/payments/" + begun.bill()).status());
        assertEquals(404, jiro.get(begun.page()).status());
        assertEquals(404, jiro.post(begun.page() + "/cancel", Map.of()).status());
        assertEquals(
                404,
                jiro.post("/payments/" + begun.bill() + "/pay", Map.of("by", "card"))
                        .status());
    }

    private static long refunds(Begun begun) {
        return city.database()
                .inTransaction(tx -> tx.createQuery("SELECT SUM(yen) FROM payments_refund WHERE charge = ?")
                        .bind(0, begun.bill())
                        .mapTo(Long.class)
                        .one());
    }
}
