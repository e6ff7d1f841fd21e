package city.hamana.aggregator;

import city.hamana.capability.payments.Channel;
import city.hamana.capability.payments.Charge;
import city.hamana.capability.payments.Creditor;
import city.hamana.capability.payments.Item;
import city.hamana.capability.payments.Money;
import city.hamana.capability.payments.Payments;
import city.hamana.capability.payments.Title;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Bills of hanako's from a service that exists in tests only. */
final class PaymentsVisit {
    private static final LocalDate TODAY = LocalDate.of(2017, 1, 5);
    private static final String ATTEMPT = "B".repeat(22);

    private PaymentsVisit() {}

    /** One bill that is open, one that is being paid, one that is paid. */
    static Map<String, String> places(City city) {
        Payments payments = TestCity.module(city, Payments.class);
        payments.creditor(new Creditor("samples", "suido", "payments.title"));
        String hanako = TestCity.party(city, "hanako");
        long open = charge(city, hanako, 4_400, "open");
        long going = charge(city, hanako, 3_300, "going");
        long paid = charge(city, hanako, 2_200, "paid");
        city.database().inTransaction(tx -> {
            payments.take(tx, new Money(paid, Channel.STORE, 2_200, TestCity.NOW, "", "visit"), "system");
            return tx.execute("""
                    INSERT INTO payments_attempt (code, charge, channel, yen, state, provider_payment, address, actor,
                        begun_ms, changed_ms, asked_ms)
                    VALUES (?, ?, 'card', 3300, 'waiting', 'pay_1', 'https://pay.example/pay/pay_1', 'person:1', ?, ?, 0)
                    """, ATTEMPT, going, TestCity.NOW.toEpochMilli(), TestCity.NOW.toEpochMilli());
        });
        String receipt = city.database()
                .inTransaction(tx -> payments.state(tx, paid).orElseThrow())
                .payments()
                .getFirst()
                .receipt();
        Map<String, String> places = new HashMap<>();
        places.put("/payments/{id}", "/payments/" + open);
        places.put("/payments/{id}/pay/{code}", "/payments/" + going + "/pay/" + ATTEMPT);
        places.put("/payments/{id}/receipts/{number}", "/payments/" + paid + "/receipts/" + receipt);
        places.put("/payments/{id}/receipts/{number}/pdf", "/payments/" + paid + "/receipts/" + receipt + "/pdf");
        places.put("/payments/{id}/slip.pdf", "/payments/" + open + "/slip.pdf");
        places.put("/payments/{id}/debit", "/payments/" + open + "/debit");
        places.put("/staff/payments/mandates/{id}", enrol(city, open));
        places.put("/staff/payments/debits/{run}/file", "/staff/payments/debits/1/file");
        places.put("/staff/payments/counter/{payment}", overTheCounter(city, hanako));
        places.put("/staff/payments/counter/{payment}/pdf", places.get("/staff/payments/counter/{payment}") + "/pdf");
        owed(city, payments);
        return places;
    }

    /** Of ichiro's: something to his credit, a claim that is written off, and one that waits for a second person. */
    private static void owed(City city, Payments payments) {
        String ichiro = TestCity.party(city, "ichiro");
        LocalDate due = LocalDate.of(2013, 6, 1);
        long done = charge(city, ichiro, 4_400, "old, gone", due);
        long asked = charge(city, ichiro, 4_400, "old, asked", due);
        long wrong = charge(city, ichiro, 7_700, "taken back");
        city.database().inTransaction(tx -> {
            payments.take(tx, new Money(wrong, Channel.STORE, 7_700, TestCity.NOW, "", "taken back"), "system");
            payments.reverse(tx, wrong, "wrong reading", "test:1");
            return wrong;
        });
        Guest suzuki = Guest.signedIn(city, "suzuki");
        String place = "/staff/payments/write-offs";
        suzuki.get(place);
        String one = suzuki.post(place, wish(done)).location().replaceFirst(".*#write-off-", place + "/");
        Guest hoshi = Guest.signedIn(city, "hoshi");
        hoshi.get(place);
        hoshi.post(one + "/approve", Map.of());
        suzuki.post(place, wish(asked));
    }

    private static Map<String, String> wish(long bill) {
        return Map.of("charge", Long.toString(bill), "reason", "time", "note", "7-12");
    }

    /** The open bill is to be debited, and the bank was asked to. */
    private static String enrol(City city, long bill) {
        Guest hanako = Guest.signedIn(city, "hanako");
        hanako.get("/payments/" + bill + "/debit");
        hanako.post(
                "/payments/" + bill + "/debit",
                Map.of("bank", "0149", "branch", "123", "kind", "1", "account", "1234567", "holder", "ハカマタ ハナコ"));
        Guest suzuki = Guest.signedIn(city, "suzuki");
        String mandate = accept(city, suzuki);
        suzuki.post("/staff/payments/debits", Map.of("service", "samples", "day", "2017-01-31"));
        return mandate;
    }

    /** Some yen of a bill, taken at suzuki's counter. */
    private static String overTheCounter(City city, String party) {
        long bill = charge(city, party, 1_100, "over the counter");
        Guest suzuki = Guest.signedIn(city, "suzuki");
        suzuki.get("/staff/payments/counter");
        suzuki.post("/staff/payments/counter", Map.of("charge", Long.toString(bill), "yen", "100", "turn", "0"));
        long payment = city.database()
                .inTransaction(tx -> tx.createQuery("SELECT MAX(id) FROM payments_payment WHERE counter <> ''")
                        .mapTo(Long.class)
                        .one());
        return "/staff/payments/counter/" + payment;
    }

    /** The bank has accepted the newest mandate. */
    static String accept(City city, Guest staff) {
        long id = city.database()
                .inTransaction(tx -> tx.createQuery("SELECT MAX(id) FROM payments_debit")
                        .mapTo(Long.class)
                        .one());
        String place = "/staff/payments/mandates/" + id;
        staff.get(place);
        staff.post(place + "/accept", Map.of());
        return place;
    }

    /** A bill of the service "samples", which must be there. */
    static long charge(City city, String party, long yen, String once) {
        return charge(city, party, yen, once, TODAY.plusDays(20));
    }

    /** One that is due on another day. */
    static long charge(City city, String party, long yen, String once, LocalDate due) {
        long tax = yen / 11;
        Charge charge = new Charge(
                "samples",
                "s-" + party,
                party,
                "袴田 花子",
                new Title("payments.title", List.of()),
                "2016-11/2016-12",
                List.of(
                        new Item("water-revenue", "payments.amount", yen - tax),
                        new Item("consumption-tax", "payments.sum", tax)),
                due.minusDays(20),
                due,
                "/water",
                once);
        return city.database()
                .inTransaction(tx -> TestCity.module(city, Payments.class).charge(tx, charge));
    }
}
