package city.hamana.aggregator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.hamana.capability.ledger.Ledger;
import city.hamana.capability.ledger.TrialLine;
import city.hamana.capability.payments.ChargeState;
import city.hamana.capability.payments.Creditor;
import city.hamana.capability.payments.Payments;
import city.hamana.capability.payments.State;
import city.hamana.platform.events.Entry;
import java.io.IOException;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Cash over the counter: of the waterworks' suzuki, and of the treasury's hoshi. */
class PaymentsCounterTest {
    private static final String PATH = "/staff/payments/counter";
    private static final LocalDate TODAY = LocalDate.of(2017, 1, 5);

    private City city;
    private Payments payments;
    private Ledger ledger;
    private Guest suzuki;
    private String party;

    @BeforeEach
    void open() {
        city = TestCity.open();
        payments = TestCity.module(city, Payments.class);
        ledger = TestCity.module(city, Ledger.class);
        payments.creditor(new Creditor("samples", "suido", "payments.title"));
        party = TestCity.party(city, "hanako");
        suzuki = Guest.signedIn(city, "suzuki");
        assertEquals(200, suzuki.get(PATH).status());
    }

    @AfterEach
    void theBooksAreInBalance() {
        List<TrialLine> trial = city.database().inTransaction(tx -> ledger.trialBalance(tx, TODAY));
        assertEquals(0, trial.stream().mapToLong(TrialLine::balance).sum());
        city.close();
    }

    private long bill(long yen) {
        return PaymentsVisit.charge(city, party, yen, "counter" + yen);
    }

    private ChargeState state(long bill) {
        return city.database().inTransaction(tx -> payments.state(tx, bill)).orElseThrow();
    }

    private long balance(String account) {
        return city.database().inTransaction(tx -> ledger.balance(tx, account, TODAY));
    }

    private static Map<String, String> laid(long bill, String yen, String given, int turn) {
        return Map.of("charge", Long.toString(bill), "yen", yen, "given", given, "turn", Integer.toString(turn));
    }

    private List<String> told(String subject) {
        return city.database().inTransaction(tx -> city.events().about(tx, subject, 100)).reversed().stream()
                .map(Entry::kind)
                .toList();
    }

    private static String place(String body) {
        return body.replaceFirst("(?s).*?href=\"(" + PATH + "/\\d+)/pdf\".*", "$1");
    }

    @Test
    void moneyOverTheCounterIsTakenOnceAndItsReceiptSaysSo() throws IOException {
        long bill = bill(5_500);
        assertTrue(suzuki.get(PATH + "?find=" + bill).body().contains("袴田 花子"));
        Guest.Answer taken = suzuki.post(PATH, laid(bill, "5,500", "１００００円", 0));
        assertTrue(taken.location().endsWith("&change=4500"), taken.location());
        assertTrue(suzuki.get(taken.location()).body().contains("お釣り 4,500円"));
        assertEquals(400, suzuki.post(PATH, laid(bill, "5500", "", 0)).status());
        assertEquals(State.PAID, state(bill).state());
        assertEquals(5_500, balance("cash"));
        byte[] pdf = suzuki.bytes(place(suzuki.get(PATH).body()) + "/pdf");
        try (PDDocument document = Loader.loadPDF(pdf)) {
            String text = new PDFTextStripper().getText(document);
            assertTrue(
                    text.contains("5,500円")
                            && text.contains(state(bill).payments().getFirst().receipt()),
                    text);
            assertTrue(text.contains("現金（窓口）") && text.contains("袴田 花子 様"), text);
        }
        assertTrue(told("charge:" + bill).containsAll(List.of("payments.looked", "payments.receipt-printed")));
    }

    @Test
    void aBillIsFoundByTheBarsOfItsSlip() {
        long bill = bill(6_600);
        String digits = "91912345%015d00000001701250006600".formatted(bill);
        int sum = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = digits.charAt(digits.length() - 1 - i) - '0';
            sum += i % 2 == 0 ? 3 * digit : digit;
        }
        String bars = digits + (10 - sum % 10) % 10;
        assertTrue(suzuki.get(PATH + "?find=" + bars).body().contains("6,600円"));
        assertTrue(suzuki.get(PATH + "?find=]C1" + bars).body().contains("6,600円"));
        String wrong = digits + (11 - sum % 10) % 10;
        assertEquals(400, suzuki.get(PATH + "?find=" + wrong).status());
        assertEquals(400, suzuki.get(PATH + "?find=4711000").status());
    }

    @Test
    void whatIsNotRightIsNotTaken() {
        long bill = bill(5_500);
        for (List<String> wrong : List.of(
                List.of("5501", ""), List.of("0", ""), List.of("-5", ""), List.of("x", ""), List.of("5500", "5000"))) {
            assertEquals(
                    400,
                    suzuki.post(PATH, laid(bill, wrong.get(0), wrong.get(1), 0)).status(),
                    wrong.toString());
        }
        assertEquals(404, suzuki.post(PATH, laid(4_711_000, "5", "", 0)).status());
        assertEquals(0, balance("cash"));
        assertEquals(303, suzuki.post(PATH, laid(bill, "500", "", 0)).status());
        assertEquals(400, suzuki.post(PATH, laid(bill, "500", "", 0)).status(), "the form was made before");
        assertEquals(5_000, state(bill).open());
    }

    @Test
    void aWrongReceiptIsTakenBackOnItsDayAndTheBillIsOpenAgain() {
        long bill = bill(5_500);
        suzuki.post(PATH, laid(bill, "5500", "", 0));
        String place = place(suzuki.get(PATH).body());
        assertTrue(suzuki.post(place + "/reverse", Map.of("reason", " "))
                .location()
                .endsWith("said=late"));
        assertTrue(suzuki.post(place + "/reverse", Map.of("reason", "別の請求だった"))
                .location()
                .endsWith("said=reversed"));
        assertTrue(suzuki.post(place + "/reverse", Map.of("reason", "again"))
                .location()
                .endsWith("said=late"));
        assertEquals(5_500, state(bill).open());
        assertTrue(state(bill).payments().isEmpty());
        assertEquals(0, balance("cash"));
        assertEquals(404, suzuki.get(place + "/pdf").status());
        assertEquals("payments.receipt-reversed", told("charge:" + bill).getLast());
        assertEquals(303, suzuki.post(PATH, laid(bill, "5500", "", 1)).status());
        assertEquals(State.PAID, state(bill).state());
    }

    @Test
    void theDayIsClosedByCountingAndADifferenceIsExplainedAndBooked() {
        long bill = bill(5_500);
        long later = bill(2_200);
        suzuki.post(PATH, laid(bill, "5500", "", 0));
        String place = place(suzuki.get(PATH).body());
        assertEquals(400, close("five", "").status());
        Guest.Answer unexplained = close("5400", "");
        assertEquals(400, unexplained.status());
        assertTrue(unexplained.body().contains("-100円 違います"), unexplained.body());
        assertTrue(close("5400", "釣り銭の渡し間違い").location().endsWith("said=closed"));
        assertTrue(close("5500", "").location().endsWith("said=late"));
        assertEquals(5_400, balance("cash"));
        assertEquals(100, balance("cash-difference"));
        assertEquals(400, suzuki.post(PATH, laid(later, "2200", "", 0)).status());
        assertTrue(suzuki.post(place + "/reverse", Map.of("reason", "x"))
                .location()
                .endsWith("said=late"));
        assertTrue(suzuki.get(PATH + ".csv").body().contains("suido,2017-01-05,1,5500,5400,-100,釣り銭の渡し間違い,"));
        suzuki.post(PATH + "/bank", Map.of("day", "2017-01-05"));
        suzuki.post(PATH + "/bank", Map.of("day", "2017-01-05"));
        assertEquals(0, balance("cash"));
        assertEquals(5_400, balance("bank"));
        assertEquals(List.of("payments.counter-closed", "payments.counter-banked"), told("counter:suido"));
    }

    private Guest.Answer close(String counted, String explanation) {
        return suzuki.post(
                PATH + "/close", Map.of("day", "2017-01-05", "counted", counted, "explanation", explanation));
    }

    @Test
    void everyDivisionHasItsOwnCounterAndOthersHaveNone() {
        long bill = bill(5_500);
        suzuki.post(PATH, laid(bill, "5500", "", 0));
        String place = place(suzuki.get(PATH).body());
        Guest hoshi = Guest.signedIn(city, "hoshi");
        assertFalse(hoshi.get(PATH).body().contains(place));
        assertEquals(404, hoshi.get(place + "/pdf").status());
        assertEquals(404, hoshi.post(place + "/reverse", Map.of("reason", "x")).status());
        Guest yamada = Guest.signedIn(city, "yamada");
        for (String path : List.of(PATH, PATH + ".csv", place + "/pdf")) {
            assertEquals(404, yamada.get(path).status(), path);
        }
        assertEquals(404, yamada.post(PATH, laid(bill, "1", "", 1)).status());
    }
}
