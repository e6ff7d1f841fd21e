package city.hamana.aggregator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
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
    void aProvidersSettlementIsMatchedLineByLineAndWhatDoesNotFitIsQueuedWithItsReason() {
        long good = byCard(4_000, "pay_good");
        byCard(3_000, "pay_other");
        long clearing = balance("clearing-card");
        long fees = balance("collection-fee");
        long unmatched = balance("unidentified");
        long bank = balance("bank");
        Guest.Answer read = settlement(
                "pay_good,r1,card,2017-01-04T03:00:00Z,4000,100,3900",
                "pay_good,r1,card,2017-01-04T03:00:00Z,4000,100,3900",
                "pay_other,r2,card,2017-01-04T03:00:00Z,2500,50,2450",
                "pay_nobody,r3,qr,2017-01-04T03:00:00Z,900,0,900");
        assertEquals(303, read.status());
        assertEquals(clearing - 4_000, balance("clearing-card"), "only the line that fits is settled");
        assertEquals(fees + 250, balance("collection-fee"));
        assertEquals(unmatched - 4_000 - 2_500 - 900, balance("unidentified"));
        assertEquals(bank + 3_900 + 3_900 + 2_450 + 900, balance("bank"));
        String queue = suzuki.get("/staff/payments").body();
        assertTrue(queue.matches("(?s).*pay_good</td><td>同じ支払いが二度入金.*"), queue);
        assertTrue(queue.matches("(?s).*pay_other</td><td>金額が請求と合わない.*"));
        assertTrue(queue.matches("(?s).*pay_nobody</td><td>どの請求か分からない.*"));
        assertEquals(1, state(good).payments().size());
    }

    private static long byCard(long yen, String payment) {
        long bill = bill(yen);
        Money money = new Money(bill, Channel.CARD, yen, TestCity.NOW, payment, payment);
        city.database().inTransaction(tx -> payments.take(tx, money, "system"));
        return bill;
    }

    private static Guest.Answer settlement(String... lines) {
        String csv = "payment,reference,method,paid_at,amount,fee,net\r\n" + String.join("\r\n", lines) + "\r\n";
        return upload(suzuki, "/staff/payments/statements", csv.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aSettlementWithALineThatDoesNotSumIsRefusedAsAWhole() {
        byCard(1_500, "pay_whole");
        long before = balance("clearing-card");
        for (String wrong : List.of(
                "pay_x,r,card,2017-01-04T03:00:00Z,4000,100,4000",
                "pay_x,r,card,2017-01-04T03:00:00Z,-1,0,-1",
                "pay_x,r,card,yesterday,4000,100,3900",
                "pay_x,r,shells,2017-01-04T03:00:00Z,4000,100,3900",
                "pay x,r,card,2017-01-04T03:00:00Z,4000,100,3900",
                "pay_x,r,card,2017-01-04T03:00:00Z,4000")) {
            Guest.Answer answer = settlement("pay_whole,r,card,2017-01-04T03:00:00Z,1500,0,1500", wrong);
            assertEquals(400, answer.status(), wrong);
            assertTrue(answer.body().contains("3行目"), wrong);
        }
        assertEquals(before, balance("clearing-card"));
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
    void whatIsLeftOfACorrectionIsListedWithItsAgeAndGivenBackByTwoPersons() {
        long wrong = bill(6_600);
        pay(wrong, 6_600, "credit");
        reverse(wrong);
        String mine = "s-" + TestCity.party(city, "hanako");
        assertTrue(suzuki.get("/staff/payments/credits").body().contains(mine));
        assertTrue(suzuki.get("/staff/payments/credits.csv")
                .body()
                .contains("samples," + mine + ",6600,2017-01-05T03:00:00Z,0"));
        assertTrue(hanako.get("/payments").body().contains("6,600円 をお預かりしています"));
        String place = suzuki.post("/staff/payments/credits", Map.of("service", "samples", "account", mine))
                .location()
                .replaceFirst(".*#refund-", "/staff/payments/refunds/");
        suzuki.post(
                place + "/transfer",
                Map.of("bank", "0149", "branch", "123", "kind", "1", "account", "1234567", "holder", "ハカマタ"));
        suzuki.post(place + "/approve", Map.of());
        assertEquals("", suzuki.post("/staff/payments/transfers", Map.of()).body());
        hoshi.post(place + "/approve", Map.of());
        assertTrue(suzuki.post("/staff/payments/transfers", Map.of()).body().contains("0000006600"));
        assertFalse(hanako.get("/payments").body().contains("お預かりしています"));
    }

    private static void pay(long bill, long yen, String once) {
        Money money = new Money(bill, Channel.STORE, yen, TestCity.NOW, "", once + ":" + bill);
        city.database().inTransaction(tx -> payments.take(tx, money, "system"));
    }

    private static void reverse(long bill) {
        city.database().inTransaction(tx -> {
            payments.reverse(tx, bill, "wrong reading", "test:1");
            return bill;
        });
    }

    @Test
    void whatWasPaidTwiceGoesOntoTheNextBillAsTheCustomerWishes() {
        long first = bill(3_300);
        pay(first, 3_300, "one");
        pay(first, 3_300, "two");
        String place = suzuki.get("/staff/payments/refunds")
                .body()
                .replaceFirst("(?s).*action=\"(/staff/payments/refunds/\\d+)/credit\".*", "$1");
        suzuki.post(place + "/credit", Map.of());
        hoshi.post(place + "/approve", Map.of());
        assertEquals(State.PAID, state(bill(3_300)).state());
        assertEquals(0, balance("refund-payable"));
    }

    @Test
    void aClaimIsWrittenOffByTwoPersonsForALegalReasonAndCanBeThereAgain() {
        String party = TestCity.party(city, "hanako");
        long old = PaymentsVisit.charge(city, party, 8_800, "old claim", LocalDate.of(2014, 6, 1));
        long young = PaymentsVisit.charge(city, party, 8_800, "young claim", LocalDate.of(2015, 6, 1));
        String place = "/staff/payments/write-offs";
        assertTrue(suzuki.get(place).body().contains("旧民法第173条"));
        Guest.Answer early = suzuki.post(place, wish(young, "time"));
        assertEquals(400, early.status());
        assertTrue(early.body().contains("2017年6月2日"), early.body());
        assertEquals(400, suzuki.post(place, wish(old, "suspended")).status());
        assertEquals(400, suzuki.post(place, wish(old, "forgotten")).status());
        assertEquals(400, suzuki.post(place, wish(4_711_000, "time")).status());
        String one = suzuki.post(place, wish(old, "time")).location().replaceFirst(".*#write-off-", place + "/");
        assertEquals(400, suzuki.post(place, wish(old, "time")).status());
        assertTrue(suzuki.post(one + "/approve", Map.of()).location().contains("said=refused"));
        assertEquals(State.OPEN, state(old).state());
        assertTrue(hoshi.post(one + "/approve", Map.of()).location().contains("said=done"));
        assertEquals(State.WRITTEN_OFF, state(old).state());
        assertEquals(8_800, balance("bad-debt"));
        String csv = suzuki.get(place + ".csv?year=2016").body();
        assertTrue(csv.contains("," + old + ",samples,s-" + party + ",8800,time,"), csv);
        assertTrue(csv.contains("2017-01-05,done,,'=1+1"), csv);
        assertTrue(suzuki.get(place + "?year=2016").body().contains("8,800円"));
        assertFalse(suzuki.get(place + ".csv?year=2015").body().contains("time"));
        assertTrue(hoshi.post(one + "/undo", Map.of("reason", "")).location().contains("said=refused"));
        assertTrue(
                hoshi.post(one + "/undo", Map.of("reason", "弁済の申出")).location().contains("said=undone"));
        assertEquals(8_800, state(old).open());
        assertEquals(0, balance("bad-debt"));
    }

    private static Map<String, String> wish(long bill, String reason) {
        return Map.of("charge", Long.toString(bill), "reason", reason, "note", "=1+1");
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
                "/staff/payments",
                "/staff/payments.csv",
                "/staff/payments/debits",
                "/staff/payments/refunds",
                "/staff/payments/credits",
                "/staff/payments/credits.csv",
                "/staff/payments/write-offs",
                "/staff/payments/write-offs.csv")) {
            assertEquals(404, yamada.get(place).status(), place);
        }
        assertEquals(
                404, upload(yamada, "/staff/payments/statements", new byte[10]).status());
    }
}
