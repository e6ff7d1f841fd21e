package city.hamana.aggregator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.hamana.capability.ledger.Ledger;
import city.hamana.capability.ledger.TrialLine;
import city.hamana.capability.payments.Channel;
import city.hamana.capability.payments.ChargeState;
import city.hamana.capability.payments.Creditor;
import city.hamana.capability.payments.Money;
import city.hamana.capability.payments.Payments;
import city.hamana.capability.payments.State;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The desk of those who take the city's money: the waterworks' suzuki and the treasury's hoshi. */
class PaymentsDeskTest {
    private static final Charset JIS = Charset.forName("JIS_X0201");
    private static final LocalDate TODAY = LocalDate.of(2017, 1, 5);
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private static City city;
    private static Payments payments;
    private static Ledger ledger;
    private static Guest hanako;
    private static Guest suzuki;
    private static Guest hoshi;

    @BeforeAll
    static void open() {
        city = TestCity.open();
        payments = TestCity.module(city, Payments.class);
        ledger = TestCity.module(city, Ledger.class);
        payments.creditor(new Creditor("samples", "suido", "payments.title"));
        hanako = at("hanako", "/payments");
        suzuki = at("suzuki", "/staff/payments");
        hoshi = at("hoshi", "/staff/payments");
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

    @AfterEach
    void theBooksAreInBalance() {
        List<TrialLine> trial = city.database().inTransaction(tx -> ledger.trialBalance(tx, TODAY));
        assertEquals(0, trial.stream().mapToLong(TrialLine::balance).sum());
    }

    private static long bill(long yen) {
        return PaymentsVisit.charge(city, TestCity.party(city, "hanako"), yen, "desk" + NUMBER.incrementAndGet());
    }

    private static ChargeState state(long bill) {
        return city.database().inTransaction(tx -> payments.state(tx, bill)).orElseThrow();
    }

    private static long balance(String account) {
        return city.database().inTransaction(tx -> ledger.balance(tx, account, TODAY));
    }

    private static Guest.Answer upload(Guest guest, String path, byte[] file) {
        return guest.post(path, Map.of(), Map.of("file", file));
    }

    @Test
    void whatTheBankDebitedIsPaidAndWhatItDidNotIsTold() {
        long first = bill(5_500);
        long second = bill(3_300);
        hanako.post("/payments/" + first + "/debit", Map.of("bank", "x"));
        assertEquals(
                400,
                hanako.post("/payments/" + first + "/debit", Map.of("bank", "x"))
                        .status());
        hanako.post(
                "/payments/" + first + "/debit",
                Map.of("bank", "０１４９", "branch", "123", "kind", "1", "account", "42", "holder", "はかまた はなこ"));
        PaymentsVisit.accept(city, suzuki);
        String run = suzuki.post("/staff/payments/debits", Map.of("service", "samples", "day", "2017-01-31"))
                .location();
        assertEquals("/staff/payments/debits?service=samples", run);
        String number = suzuki.get("/staff/payments/debits").body().replaceFirst("(?s).*?/debits/(\\d+)/file.*", "$1");
        byte[] asked = suzuki.bytes("/staff/payments/debits/" + number + "/file");
        String place = "/staff/payments/debits/" + number + "/answer";
        assertEquals(400, upload(suzuki, place, asked).status());
        byte[] answer = answered(asked, Map.of(first, "0", second, "1"));
        byte[] cut = Arrays.copyOf(answer, answer.length - 40);
        assertEquals(400, upload(suzuki, place, cut).status());
        assertEquals(State.OPEN, state(first).state());
        assertEquals(303, upload(suzuki, place, answer).status());
        assertEquals(State.PAID, state(first).state());
        assertEquals(State.OPEN, state(second).state());
        assertEquals(400, upload(suzuki, place, answer).status());
        assertEquals(1, state(first).payments().size());
        assertTrue(hanako.get("/me/notices").body().contains("口座振替ができませんでした"));
    }

    /** The bank's answer: the result on every line, and its sums. */
    private static byte[] answered(byte[] asked, Map<Long, String> results) {
        String[] records = new String(asked, JIS).split("\r\n");
        long[] sums = new long[4];
        for (int i = 1; i < records.length - 2; i++) {
            long bill = Long.parseLong(records[i].substring(91, 111));
            String result = results.getOrDefault(bill, "2");
            records[i] = records[i].substring(0, 111) + result + " ".repeat(8);
            int place = result.equals("0") ? 0 : 2;
            sums[place]++;
            sums[place + 1] += Long.parseLong(records[i].substring(80, 90));
        }
        int last = records.length - 2;
        records[last] = records[last].substring(0, 19)
                + "%06d%012d%06d%012d".formatted(sums[0], sums[1], sums[2], sums[3])
                + " ".repeat(65);
        return (String.join("\r\n", records) + "\r\n").getBytes(JIS);
    }

    @Test
    void whatArrivesWithABillsNumberIsMatched() {
        long bill = bill(7_700);
        assertEquals(303, statement("2017-01-04,transfer,7700,ﾊｶﾏﾀ ﾊﾅｺ," + bill).status());
        assertEquals(State.PAID, state(bill).state());
        assertEquals(0, balance("clearing-transfer"));
        assertEquals(400, statement("2017-01-04,transfer,7700,ﾊｶﾏﾀ ﾊﾅｺ," + bill).status());
        assertEquals(400, statement("2017-13-04,transfer,7700,x," + bill).status());
    }

    private static Guest.Answer statement(String line) {
        String csv = "day,channel,amount,name,reference\r\n" + line + "\r\n";
        return upload(suzuki, "/staff/payments/statements", csv.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void whatDoesNotMatchIsAssignedByTwoPersons() {
        long bill = bill(1_100);
        long before = balance("unidentified");
        statement("2017-01-03,transfer,1100,ﾊｶﾏﾀ,no-such-number-" + bill);
        assertEquals(before - 1_100, balance("unidentified"));
        String place = suzuki.get("/staff/payments")
                .body()
                .replaceFirst("(?s).*no-such-number-" + bill + ".*?(/staff/payments/arrivals/\\d+)/propose.*", "$1");
        suzuki.post(place + "/propose", Map.of("charge", String.valueOf(bill)));
        assertTrue(suzuki.post(place + "/confirm", Map.of()).location().contains("refused"));
        assertEquals(State.OPEN, state(bill).state());
        assertTrue(hoshi.post(place + "/confirm", Map.of()).location().contains("assigned"));
        assertEquals(State.PAID, state(bill).state());
        assertEquals(before, balance("unidentified"));
    }

    @Test
    void whatWasTooMuchGoesBackWhenTwoPersonsSaySo() {
        long bill = bill(2_200);
        for (String once : List.of("a", "b")) {
            Money money = new Money(bill, Channel.STORE, 2_200, TestCity.NOW, "", "twice-" + once);
            city.database().inTransaction(tx -> payments.take(tx, money, "system"));
        }
        assertEquals(-2_200, balance("refund-payable"));
        String page = suzuki.get("/staff/payments/refunds").body();
        String place = page.replaceFirst("(?s).*action=\"(/staff/payments/refunds/\\d+)/transfer\".*", "$1");
        Map<String, String> bank =
                Map.of("bank", "0149", "branch", "123", "kind", "1", "account", "1234567", "holder", "ハカマタ ハナコ");
        assertEquals(400, suzuki.post(place + "/transfer", Map.of("bank", "1")).status());
        assertEquals(303, suzuki.post(place + "/transfer", bank).status());
        suzuki.post(place + "/approve", Map.of());
        assertEquals("", suzuki.post("/staff/payments/transfers", Map.of()).body(), "nobody approves their own");
        hoshi.post(place + "/approve", Map.of());
        String file = suzuki.post("/staff/payments/transfers", Map.of()).body();
        assertTrue(file.startsWith("12101234567890"), file);
        assertTrue(file.contains("0000002200"), file);
        assertEquals(0, balance("refund-payable"));
    }

    @Test
    void aReminderGoesOutOnceWhenItsTimeHasCome() {
        long late =
                PaymentsVisit.charge(city, TestCity.party(city, "hanako"), 4_400, "late", LocalDate.of(2016, 12, 1));
        long notYet = bill(4_400);
        suzuki.post("/staff/payments/reminders", Map.of());
        suzuki.post("/staff/payments/reminders", Map.of());
        assertEquals(1, state(late).reminders());
        assertEquals(0, state(notYet).reminders());
        assertTrue(hanako.get("/me/notices").body().contains("督促"));
    }

    @Test
    void theTreasuryClosesADayAndSeesWhatCameAfter() {
        assertEquals(
                404,
                suzuki.post("/staff/payments/close", Map.of("day", "2017-01-05"))
                        .status());
        assertEquals(
                303,
                hoshi.post("/staff/payments/close", Map.of("day", "2017-01-05")).status());
        long bill = bill(9_900);
        Money money = new Money(bill, Channel.CASH, 9_900, TestCity.NOW, "", "after-close");
        city.database().inTransaction(tx -> payments.take(tx, money, "system"));
        assertTrue(hoshi.get("/staff/payments?day=2017-01-05").body().contains("締めた後に記録が変わりました"));
        assertTrue(hoshi.get("/staff/payments.csv?day=2017-01-05").body().contains("2017-01-05,cash,"));
    }

    @Test
    void anotherDivisionSeesNothingOfIt() {
        Guest yamada = Guest.signedIn(city, "yamada");
        for (String place : List.of(
                "/staff/payments", "/staff/payments.csv", "/staff/payments/debits", "/staff/payments/refunds")) {
            assertEquals(404, yamada.get(place).status(), place);
        }
        assertEquals(
                404, upload(yamada, "/staff/payments/statements", new byte[10]).status());
    }
}
