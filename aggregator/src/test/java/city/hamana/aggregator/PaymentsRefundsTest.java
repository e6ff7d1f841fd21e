package city.hamana.aggregator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.hamana.capability.payments.Channel;
import city.hamana.capability.payments.Creditor;
import city.hamana.capability.payments.Money;
import city.hamana.capability.payments.Payments;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a resident has paid too much, from the wish to have it back to the transfer. */
class PaymentsRefundsTest {
    private static City city;
    private static Payments payments;
    private static Guest hanako;
    private static Guest suzuki;

    @BeforeAll
    static void open() {
        city = TestCity.open();
        payments = TestCity.module(city, Payments.class);
        payments.creditor(new Creditor("samples", "suido", "payments.title"));
        hanako = at("hanako", "/payments").speaking("en");
        suzuki = at("suzuki", "/staff/payments");
    }

    private static Guest at(String name, String place) {
        Guest guest = Guest.signedIn(city, name);
        assertEquals(200, guest.get(place).status(), name);
        return guest;
    }

    @AfterAll
    static void close() {
        city.close();
    }

    @Test
    void aResidentAsksForWhatWasPaidTooMuchAndAnotherPersonApprovesIt() {
        owed(7_700);
        String page = hanako.get("/payments").body();
        assertTrue(page.contains("/payments/refunds"), page);
        assertTrue(hanako.get("/payments/refunds").body().contains("¥7,700"));
        Guest.Answer wrong = hanako.post("/payments/refunds", bank("12", "はなこ"));
        assertEquals(400, wrong.status());
        assertTrue(wrong.body().contains("href=\"#bank\""), wrong.body());
        assertEquals(0, refunds("asked"));
        assertEquals(
                303, hanako.post("/payments/refunds", bank("0001", "ハマナ ハナコ")).status());
        assertEquals(1, refunds("asked"), "once, however often it is sent");
        assertEquals(
                303, hanako.post("/payments/refunds", bank("0001", "ハマナ ハナコ")).status());
        String asked = hanako.get("/payments/refunds").body();
        assertTrue(asked.contains("waits for approval") && !asked.contains("name=\"bank\""), asked);
        String keep = asked.replaceFirst("(?s).*action=\"(/payments/refunds/\\d+/keep)\".*", "$1");
        Guest jiro = at("jiro", "/payments/refunds");
        assertEquals(404, jiro.post(keep, Map.of()).status(), "it is not his");
        assertEquals(303, hanako.post(keep, Map.of()).status());
        assertTrue(hanako.get("/payments/refunds").body().contains("onto the next bill"));
        assertEquals(404, hanako.post("/payments/refunds/999999/keep", Map.of()).status());
        String staff = keep.replace("/payments", "/staff/payments").replace("/keep", "/approve");
        assertEquals(
                303, suzuki.post(staff.replace("/approve", "/return"), Map.of()).status());
        assertTrue(hanako.get("/payments/refunds").body().contains("name=\"bank\""), "she may think again");
        assertEquals(
                303, hanako.post("/payments/refunds", bank("0001", "ハマナ ハナコ")).status());
        assertEquals(303, suzuki.post(staff, Map.of()).status());
        assertEquals(303, hanako.post(keep, Map.of()).status());
        assertEquals(1, refunds("approved"), "it is on its way");
    }

    /** A bill of hanako's that was paid and then taken back: what was paid is hers. */
    private static void owed(long yen) {
        long wrong = PaymentsVisit.charge(city, TestCity.party(city, "hanako"), yen, "wrong");
        city.database().inTransaction(tx -> {
            payments.take(tx, new Money(wrong, Channel.STORE, yen, TestCity.NOW, "", "owed " + wrong), "system");
            payments.reverse(tx, wrong, "wrong reading", "test:1");
            return wrong;
        });
    }

    private static Map<String, String> bank(String bank, String holder) {
        return Map.of("bank", bank, "branch", "123", "kind", "1", "account", "1234567", "holder", holder);
    }

    private static long refunds(String state) {
        return city.database()
                .inTransaction(
                        tx -> tx.createQuery("SELECT COUNT(*) FROM payments_refund WHERE state = ? AND yen = 7700")
                                .bind(0, state)
                                .mapTo(Long.class)
                                .one());
    }
}
