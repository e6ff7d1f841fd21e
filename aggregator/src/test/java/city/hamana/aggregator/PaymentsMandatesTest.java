package city.hamana.aggregator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.hamana.capability.payments.Creditor;
import city.hamana.capability.payments.Payments;
import city.hamana.platform.events.Entry;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Forms of paper that allow the city to debit an account, as the waterworks' suzuki enters them. */
class PaymentsMandatesTest {
    private static final String PATH = "/staff/payments/mandates";

    private static City city;
    private static Guest hanako;
    private static Guest suzuki;
    private static Guest yamada;
    private static String customer;

    @BeforeAll
    static void open() {
        city = TestCity.open();
        TestCity.module(city, Payments.class).creditor(new Creditor("samples", "suido", "payments.title"));
        String party = TestCity.party(city, "hanako");
        customer = "s-" + party;
        PaymentsVisit.charge(city, party, 5_500, "mandates");
        hanako = Guest.signedIn(city, "hanako");
        hanako.get("/payments");
        suzuki = Guest.signedIn(city, "suzuki");
        assertEquals(200, suzuki.get(PATH).status());
        yamada = Guest.signedIn(city, "yamada");
        yamada.get("/staff");
    }

    @AfterAll
    static void close() {
        city.close();
    }

    private static Map<String, String> form(String... changes) {
        Map<String, String> form = new HashMap<>(
                Map.of("service", "samples", "customer", customer, "bank", "0149", "branch", "123", "kind", "1"));
        form.putAll(Map.of("account", "7654321", "holder", "はかまた ハナコ", "from", "2017-01-05"));
        for (int i = 0; i < changes.length; i += 2) {
            form.put(changes[i], changes[i + 1]);
        }
        return form;
    }

    private static String enter(String... changes) {
        Guest.Answer answer = suzuki.post(PATH, form(changes));
        assertEquals(303, answer.status(), answer.body());
        return answer.location();
    }

    private static long due(String day) {
        String page =
                suzuki.get("/staff/payments/debits?service=samples&day=" + day).body();
        return Long.parseLong(page.replaceFirst("(?s).*まだ依頼していないもの: (\\d+) 件.*", "$1"));
    }

    private static List<String> told() {
        return city
                .database()
                .inTransaction(tx -> city.events().about(tx, "samples:" + customer, 100))
                .reversed()
                .stream()
                .map(Entry::kind)
                .toList();
    }

    @Test
    void nothingIsDebitedBeforeTheBankHasAcceptedAndItsDayHasCome() {
        String place = enter("from", "2017-02-10");
        assertEquals(0, due("2017-02-28"));
        assertEquals(303, suzuki.post(place + "/accept", Map.of()).status());
        assertEquals(0, due("2017-01-31"));
        assertEquals(1, due("2017-02-28"));
        assertTrue(hanako.get("/me/notices").body().contains("口座振替を受け付けました"));
        assertTrue(suzuki.post(place + "/accept", Map.of()).location().endsWith("said=late"));
        suzuki.post(place + "/end", Map.of("reason", "転出"));
        assertEquals(0, due("2017-02-28"));
    }

    @Test
    void whatTheBankRefusesIsToldWithItsReasonAndStaysInTheHistory() {
        String place = enter("account", "1112223");
        assertEquals(400, suzuki.post(place + "/refuse", Map.of("reason", " ")).status());
        assertEquals(
                303, suzuki.post(place + "/refuse", Map.of("reason", "届出印相違")).status());
        assertTrue(suzuki.get(place).body().contains("届出印相違"));
        assertTrue(hanako.get("/me/notices").body().contains("口座振替を受け付けられませんでした"));
        String history =
                suzuki.get(PATH + "?service=samples&customer=" + customer).body();
        assertTrue(history.contains("****223"), history);
        assertFalse(history.contains("1112223"));
    }

    @Test
    void aNewOneTakesTheOldOnesPlaceOnlyWhenItIsAccepted() {
        String first = enter("account", "7400017");
        suzuki.post(first + "/accept", Map.of());
        String second = enter("account", "7400029");
        assertTrue(suzuki.get(first).body().contains("振替中"));
        suzuki.post(second + "/accept", Map.of());
        String ended = suzuki.get(first).body();
        assertTrue(ended.contains("終了"));
        assertFalse(ended.contains("7400017"), "shown no more than work needs it: " + ended);
        suzuki.post(second + "/end", Map.of("reason", "x"));
    }

    @Test
    void theWholeNumberIsForWhoeverWorksWithItAndLeavesATrace() {
        String place = enter("account", "2222345");
        assertFalse(suzuki.get(PATH + "?service=samples").body().contains("2222345"));
        int before = told().size();
        assertTrue(suzuki.get(place).body().contains("2222345"));
        assertEquals("payments.mandate-read", told().getLast());
        assertEquals(before + 1, told().size());
        assertEquals(404, yamada.get(PATH).status());
        assertEquals(404, yamada.get(place).status());
        assertEquals(404, yamada.post(place + "/accept", Map.of()).status());
        suzuki.post(place + "/refuse", Map.of("reason", "x"));
        assertEquals("payments.debit-refused", told().getLast());
    }

    @Test
    void whatNoBankWouldTakeIsSentBackWithWhatWasTyped() {
        for (List<String> wrong : List.of(
                List.of("bank", "14"),
                List.of("branch", "12a"),
                List.of("kind", "9"),
                List.of("account", "12345678"),
                List.of("holder", "袴田 花子"),
                List.of("from", "2019-01-01"),
                List.of("from", "soon"),
                List.of("customer", "no such"))) {
            Guest.Answer answer = suzuki.post(PATH, form(wrong.get(0), wrong.get(1)));
            assertEquals(400, answer.status(), wrong.toString());
            assertTrue(
                    answer.body().contains("value=\"" + wrong.get(1) + "\"") || wrong.contains("9"), wrong.toString());
        }
        assertEquals(404, suzuki.post(PATH, form("service", "no-such-service")).status());
    }

    /** jiro's, so that hanako's others have nothing to do with it. */
    @Test
    void aPersonTakesTheAccountAlongAndItIsDebitedNoMoreWhenThePersonIsErased() {
        String jiro = TestCity.party(city, "jiro");
        PaymentsVisit.charge(city, jiro, 4_400, "jiros");
        String place = enter("customer", "s-" + jiro, "account", "5554321");
        suzuki.post(place + "/accept", Map.of());
        Payments payments = TestCity.module(city, Payments.class);
        String data = city.database()
                .inTransaction(tx -> payments.personalData(tx, jiro))
                .toString();
        assertTrue(data.contains("number=5554321") && data.contains("kept-until=in use"), data);
        Guest himself = Guest.signedIn(city, "jiro");
        assertTrue(himself.get("/me/data").body().contains("5554321"));
        city.database().inTransaction(tx -> {
            payments.erase(tx, jiro);
            return 0;
        });
        String after = suzuki.get(place).body();
        assertTrue(after.contains("終了"));
        String left = city.database()
                .inTransaction(tx -> payments.personalData(tx, jiro))
                .toString();
        assertFalse(left.contains("5554321"), "it never was debited: " + left);
    }

    @Test
    void aCustomerWithoutABillIsAskedAboutOnce() {
        Guest.Answer asked = suzuki.post(PATH, form("customer", "s-newcomer"));
        assertEquals(400, asked.status());
        assertTrue(asked.body().contains("name=\"newcomer\""));
        String place = enter("customer", "s-newcomer", "newcomer", "yes");
        assertTrue(suzuki.get(place).body().contains("s-newcomer"));
    }

    @Test
    void aResidentsOwnEntryWaitsForTheBankToo() {
        long bill = PaymentsVisit.charge(city, TestCity.party(city, "hanako"), 3_300, "own");
        hanako.post(
                "/payments/" + bill + "/debit",
                Map.of("bank", "0149", "branch", "123", "kind", "1", "account", "3333345", "holder", "ハカマタ"));
        assertTrue(hanako.get("/payments/" + bill + "/debit").body().contains("金融機関が確かめています"));
        assertEquals(0, due("2017-01-31"));
        hanako.post("/payments/" + bill + "/debit/end", Map.of());
        assertFalse(hanako.get("/payments/" + bill + "/debit").body().contains("金融機関が確かめています"));
    }
}
