package city.hamana.capability.payments;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.hamana.capability.ledger.Ledger;
import city.hamana.capability.ledger.TrialLine;
import city.hamana.capability.rules.Rules;
import city.hamana.platform.db.Database;
import city.hamana.platform.db.Schema;
import city.hamana.platform.events.Entry;
import city.hamana.platform.events.Events;
import city.hamana.platform.html.Html;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterTry;
import net.jqwik.api.lifecycle.BeforeTry;

/** Charges, what is paid for them, and the books behind both. */
class ChargesTest {
    private static final LocalDate DAY = LocalDate.of(2026, 11, 16);
    private static final Instant NOW = Instant.parse("2026-11-16T00:00:00Z");
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneId.of("Asia/Tokyo"));
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private Database database;
    private Events events;
    private Ledger ledger;
    private Till payments;
    private Rules rules;
    private WriteOffs writeOffs;
    private Credits credits;
    private Refunds refunds;

    Database database() {
        return Database.open("jdbc:derby:memory:charges" + NUMBER.incrementAndGet() + ";create=true");
    }

    @BeforeTry
    void open() {
        database = database();
        events = new Events(database);
        ledger = new Ledger(CLOCK);
        payments = new Till(database, events, ledger, CLOCK);
        payments.creditor(new Creditor("water", "suido", "water.door"));
        database.migrate(Events.SCHEMA);
        database.migrate(ledger.schema());
        database.migrate(new Schema("payments", Payments.class));
        rules = new Rules(database, events, new Html(), CLOCK);
        rules.table(Payments.class, Lapses.TABLE);
        database.migrate(rules.schema());
        database.inTransaction(tx -> {
            rules.begin(tx);
            return 0;
        });
        writeOffs = new WriteOffs(database, events, payments, new Lapses(rules, payments, CLOCK), CLOCK);
        credits = new Credits(database, events, payments, CLOCK);
        refunds = new Refunds(database, events, payments, credits, new NoProvider(), Optional.empty(), CLOCK);
    }

    @AfterTry
    void close() {
        database.close();
    }

    private static Charge charge(String account, long yen, String once) {
        return new Charge(
                "water",
                account,
                "",
                "袴田 花子",
                new Title("water.bill", List.of("2026-10")),
                "2026-09/2026-10",
                List.of(
                        new Item("water-revenue", "water.fee", yen - yen / 11),
                        new Item("consumption-tax", "water.tax", yen / 11)),
                DAY,
                DAY.plusDays(20),
                "/water",
                once);
    }

    private long raise(Charge charge) {
        return database.inTransaction(tx -> payments.charge(tx, List.of(charge)).getFirst());
    }

    private ChargeState state(long id) {
        return database.inTransaction(tx -> payments.state(tx, id)).orElseThrow();
    }

    private Taken pay(long id, long yen, String once) {
        Money money = new Money(id, Channel.CARD, yen, NOW, "p-1", once);
        return database.inTransaction(tx -> payments.take(tx, money, "system"));
    }

    private void reverse(long id) {
        database.inTransaction(tx -> {
            payments.reverse(tx, id, "wrong reading", "person:1");
            return id;
        });
    }

    private long balance(String account, String sub) {
        return database.inTransaction(tx -> ledger.balance(tx, account, sub));
    }

    private long balance(String account) {
        return database.inTransaction(tx -> ledger.balance(tx, account, DAY));
    }

    private List<String> told(long id) {
        return database.inTransaction(tx -> events.about(tx, "charge:" + id, 100)).reversed().stream()
                .map(Entry::kind)
                .toList();
    }

    @Example
    void aChargeIsOpenUntilItIsPaid() {
        long id = raise(charge("w-1", 5_500, "a"));
        assertEquals(5_500, state(id).open());
        assertEquals(5_500, balance("receivable", "charge:" + id));
        assertInstanceOf(Taken.Paid.class, pay(id, 2_000, "p1"));
        assertEquals(State.PARTLY_PAID, state(id).state());
        assertInstanceOf(Taken.Paid.class, pay(id, 3_500, "p2"));
        assertEquals(State.PAID, state(id).state());
        assertEquals(0, balance("receivable", "charge:" + id));
        assertEquals(List.of("payments.charged", "payments.paid", "payments.paid"), told(id));
    }

    @Example
    void theSameMoneyTwiceIsTakenOnce() {
        long id = raise(charge("w-1", 5_500, "a"));
        Taken.Paid first = assertInstanceOf(Taken.Paid.class, pay(id, 5_500, "p1"));
        Taken.Again again = assertInstanceOf(Taken.Again.class, pay(id, 5_500, "p1"));
        assertEquals(first.receipt(), again.receipt());
        assertEquals(5_500, balance("clearing-card"));
    }

    @Example
    void whatIsTooMuchWaitsToBeRefunded() {
        long id = raise(charge("w-1", 5_500, "a"));
        pay(id, 5_500, "p1");
        Taken.TooMuch second = assertInstanceOf(Taken.TooMuch.class, pay(id, 5_500, "p2"));
        assertEquals(5_500, second.extraYen());
        assertEquals(-5_500, balance("refund-payable"));
        assertEquals(List.of("payments.charged", "payments.paid", "payments.overpaid"), told(id));
    }

    @Example
    void aCorrectionCarriesWhatWasPaidOntoTheNewCharge() {
        long wrong = raise(charge("w-1", 8_000, "a"));
        pay(wrong, 8_000, "p1");
        reverse(wrong);
        reverse(wrong);
        assertEquals(State.REVERSED, state(wrong).state());
        assertEquals(-8_000, balance("overpayment", "water:w-1"));
        long right = raise(charge("w-1", 5_500, "b"));
        assertEquals(State.PAID, state(right).state());
        assertEquals(-2_500, balance("overpayment", "water:w-1"));
        long next = raise(charge("w-1", 4_000, "c"));
        assertEquals(1_500, state(next).open());
        assertEquals(0, balance("overpayment", "water:w-1"));
        assertEquals(List.of("payments.charged", "payments.paid", "payments.reversed"), told(wrong));
        assertEquals(List.of("payments.charged", "payments.credited"), told(next));
    }

    @Example
    void moneyForAChargeThatWasTakenBackIsRefunded() {
        long id = raise(charge("w-1", 5_500, "a"));
        reverse(id);
        assertInstanceOf(Taken.TooMuch.class, pay(id, 5_500, "p1"));
        assertInstanceOf(Taken.Unknown.class, pay(4_711, 5_500, "p2"));
    }

    @Example
    void aChargeOfNothingIsPaidAtOnce() {
        long id = raise(charge("w-1", 0, "a"));
        assertEquals(State.PAID, state(id).state());
        reverse(id);
        assertEquals(State.REVERSED, state(id).state());
    }

    @Example
    void onlyAServiceThatTakesMoneyRaisesCharges() {
        Charge water = charge("w-1", 100, "a");
        Charge other = new Charge("library", "l-1", "", "", water.title(), "", water.items(), DAY, DAY, "", "x");
        assertThrows(PaymentsException.class, () -> raise(other));
    }

    @Example
    void aSliceOfARunOfBillsLeavesOneEventAndRepeatsChangeNothing() {
        List<Charge> charges = IntStream.range(0, 1_200)
                .mapToObj(i -> charge("w-" + i, 1_100 + i, "run:" + i))
                .toList();
        List<Long> first = database.inTransaction(tx -> payments.charge(tx, charges));
        List<Long> second = database.inTransaction(tx -> payments.charge(tx, charges));
        assertEquals(first, second);
        assertEquals(1_200, first.stream().distinct().count());
        assertEquals(
                1,
                database.inTransaction(tx -> events.about(tx, "service:water", 10))
                        .size());
        assertEquals(2_299, state(first.getLast()).open());
    }

    @Example
    void manyPayersOfOneChargeAtOncePayItOnce() throws InterruptedException, ExecutionException {
        long id = raise(charge("w-1", 1_000, "a"));
        try (ExecutorService payers = Executors.newFixedThreadPool(5)) {
            List<Future<Taken>> all = IntStream.range(0, 10)
                    .mapToObj(i -> payers.submit(() -> pay(id, 1_000, "p" + i % 5)))
                    .toList();
            List<Taken> taken = new ArrayList<>();
            for (Future<Taken> one : all) {
                taken.add(one.get());
            }
            assertEquals(1, taken.stream().filter(Taken.Paid.class::isInstance).count());
            assertEquals(
                    4, taken.stream().filter(Taken.TooMuch.class::isInstance).count());
        }
        assertEquals(0, balance("receivable", "charge:" + id));
    }

    private boolean writeOff(long id) {
        return database.holds(tx ->
                writeOffs.ask(tx, payments.state(tx, id).orElseThrow(), "waived", "7-12", "person:1")
                                instanceof WriteOffs.Outcome.Asked(var asked)
                        && writeOffs.approve(tx, writeOffs.locked(tx, asked).orElseThrow(), "person:2"));
    }

    private boolean undo(long id) {
        return database.inTransaction(tx -> writeOffs.done(tx, 2026)).stream()
                .filter(w -> w.charge() == id && w.state() == WriteOffState.DONE)
                .anyMatch(w -> database.holds(tx ->
                        writeOffs.undo(tx, writeOffs.locked(tx, w.id()).orElseThrow(), "paid after all", "person:1")));
    }

    /** Whatever the account has to its credit is to go back; one says how, another agrees. */
    private OptionalLong release(String account) {
        return database.inTransaction(tx -> credits.refund(tx, "water", account, "person:1"));
    }

    private boolean keep(long refund) {
        return database.holds(
                tx -> refunds.askAsCredit(tx, refunds.locked(tx, refund).orElseThrow(), "person:1")
                        && refunds.approve(tx, refunds.locked(tx, refund).orElseThrow(), "person:2"));
    }

    private List<Refund> openRefunds() {
        return database.inTransaction(tx -> refunds.list(tx, false));
    }

    @Example
    void aCreditIsGivenBackOrKeptForTheNextCharge() {
        long wrong = raise(charge("w-1", 8_000, "a"));
        pay(wrong, 8_000, "p1");
        reverse(wrong);
        assertEquals(
                NOW,
                database.inTransaction(tx -> credits.list(tx, List.of("water")))
                        .getFirst()
                        .since()
                        .orElseThrow());
        long refund = release("w-1").orElseThrow();
        assertTrue(release("w-1").isEmpty(), "it is there once");
        assertEquals(-8_000, balance("refund-payable", "refund:" + refund));
        assertEquals(0, balance("overpayment", "water:w-1"));
        assertTrue(keep(refund));
        assertEquals(0, balance("refund-payable", "refund:" + refund));
        assertEquals(State.PAID, state(raise(charge("w-1", 5_500, "b"))).state());
        assertEquals(-2_500, balance("overpayment", "water:w-1"));
        assertEquals(2_500, openedAgain());
    }

    private long openedAgain() {
        long second = release("w-1").orElseThrow();
        return openRefunds().stream()
                .filter(r -> r.id() == second)
                .findFirst()
                .orElseThrow()
                .yen();
    }

    @Example
    void whatWasPaidTwiceCanGoOntoTheNextCharge() {
        long id = raise(charge("w-1", 5_500, "a"));
        pay(id, 5_500, "p1");
        pay(id, 5_500, "p2");
        Refund twice = openRefunds().getFirst();
        assertFalse(
                database.holds(tx -> refunds.askAsCredit(tx, twice, "person:1")
                        && refunds.approve(tx, refunds.locked(tx, twice.id()).orElseThrow(), "person:1")),
                "nobody agrees with themselves");
        assertTrue(database.holds(
                tx -> refunds.approve(tx, refunds.locked(tx, twice.id()).orElseThrow(), "person:2")));
        assertEquals(0, balance("refund-payable"));
        assertEquals(State.PAID, state(raise(charge("w-1", 5_500, "b"))).state());
        assertEquals(0, balance("overpayment"));
    }

    @Example
    void aWriteOffTakesTwoPersonsAndIsTakenBackByAnEntryThatNamesIt() {
        long id = raise(charge("w-1", 5_500, "a"));
        pay(id, 500, "p1");
        WriteOffs.Outcome.Asked asked = assertInstanceOf(
                WriteOffs.Outcome.Asked.class,
                database.inTransaction(
                        tx -> writeOffs.ask(tx, payments.state(tx, id).orElseThrow(), "waived", "n", "person:1")));
        assertFalse(database.holds(
                tx -> writeOffs.approve(tx, writeOffs.locked(tx, asked.id()).orElseThrow(), "person:1")));
        assertEquals(5_000, state(id).open());
        assertTrue(database.holds(
                tx -> writeOffs.approve(tx, writeOffs.locked(tx, asked.id()).orElseThrow(), "person:2")));
        assertEquals(State.WRITTEN_OFF, state(id).state());
        assertEquals(5_000, balance("bad-debt"));
        assertEquals(0, balance("receivable", "charge:" + id));
        assertTrue(undo(id));
        assertFalse(undo(id));
        assertEquals(State.PARTLY_PAID, state(id).state());
        assertEquals(0, balance("bad-debt"));
        assertEquals(5_000, balance("receivable", "charge:" + id));
        assertEquals("payments.write-off-undone", told(id).getLast());
        assertInstanceOf(Taken.Paid.class, pay(id, 5_000, "p2"));
    }

    @Example
    void theLawsTimeRunsFromTheDayDueAndAnewFromTheFirstReminderAndAPaymentInPart() {
        Charge old = charge("w-1", 5_500, "a");
        long id = raise(new Charge(
                old.service(),
                old.account(),
                "",
                "",
                old.title(),
                "",
                old.items(),
                LocalDate.of(2020, 5, 1),
                LocalDate.of(2020, 6, 1),
                "",
                "old"));
        assertEquals(LocalDate.of(2025, 6, 2), lapse(id, "time").over());
        assertTrue(lapse(id, "time").holds(DAY));
        assertFalse(lapse(id, "suspended").allowed(), "a claim of private law knows no suspension");
        database.inTransaction(tx -> {
            payments.store().reminded(tx, id, 1, LocalDate.of(2021, 6, 21));
            payments.store().reminded(tx, id, 2, LocalDate.of(2021, 8, 21));
            return 0;
        });
        assertEquals(LocalDate.of(2026, 6, 22), lapse(id, "time").over());
        pay(id, 100, "p1");
        assertEquals(LocalDate.of(2031, 11, 17), lapse(id, "time").over());
        assertInstanceOf(
                WriteOffs.Outcome.NotYet.class,
                database.inTransaction(
                        tx -> writeOffs.ask(tx, payments.state(tx, id).orElseThrow(), "time", "n", "person:1")));
    }

    private Lapse lapse(long id, String reason) {
        return database.inTransaction(tx ->
                new Lapses(rules, payments, CLOCK).of(tx, payments.state(tx, id).orElseThrow(), reason));
    }

    @Example
    void aBillOfWaterAndSewerIsJudgedByBoth() {
        Charge water = charge("w-1", 5_500, "a");
        long id = raise(new Charge(
                "water",
                "w-1",
                "",
                "",
                water.title(),
                "",
                List.of(new Item("water-revenue", "water.fee", 1_000), new Item("sewer-revenue", "water.fee", 1_000)),
                LocalDate.of(2019, 5, 1),
                LocalDate.of(2019, 6, 1),
                "",
                "both"));
        Lapse lapse = lapse(id, "time");
        assertEquals(LocalDate.of(2024, 6, 2), lapse.over(), "five years for sewer, though two for water of that time");
        assertTrue(lapse.law().contains("旧民法第173条") && lapse.law().contains("地方自治法第236条"), lapse.law());
    }

    /** 0 raises, 1 to 4 pay so many hundredths of what was charged, 5 takes back, 6 writes off, 7 undoes, 8 releases, 9 keeps. */
    record Deed(int what, int charge, int hundredths) {}

    @Provide
    Arbitrary<List<Deed>> lives() {
        return Combinators.combine(
                        Arbitraries.integers().between(0, 9),
                        Arbitraries.integers().between(0, 5),
                        Arbitraries.integers().between(1, 130))
                .as(Deed::new)
                .list()
                .ofMinSize(3)
                .ofMaxSize(25);
    }

    @Property(tries = 12)
    void whateverHappensTheBooksAndTheChargesAgree(@ForAll("lives") List<Deed> lives) {
        List<Long> ids = new ArrayList<>();
        int turn = 0;
        for (Deed deed : lives) {
            turn++;
            if (deed.what() == 0 || ids.isEmpty()) {
                ids.add(raise(charge("w-" + deed.charge() % 2, 100L * deed.hundredths(), "c" + turn)));
            } else {
                long id = ids.get(deed.charge() % ids.size());
                switch (deed.what()) {
                    case 5 -> reverse(id);
                    case 6 -> writeOff(id);
                    case 7 -> undo(id);
                    case 8 -> release("w-" + deed.charge() % 2);
                    case 9 -> openRefunds().stream().findFirst().ifPresent(refund -> keep(refund.id()));
                    default ->
                        pay(id, Math.max(1, state(id).yen() * deed.hundredths() / 100), "p" + deed.what() + "-" + id);
                }
            }
        }
        for (long id : ids) {
            assertEquals(state(id).open(), balance("receivable", "charge:" + id));
        }
        long inCredit = database.inTransaction(tx -> tx.createQuery("SELECT COALESCE(SUM(yen), 0) FROM payments_credit")
                .mapTo(Long.class)
                .one());
        long owed = database.inTransaction(
                tx -> tx.createQuery("SELECT COALESCE(SUM(yen), 0) FROM payments_refund WHERE state <> 'paid'")
                        .mapTo(Long.class)
                        .one());
        assertEquals(-inCredit, balance("overpayment"));
        long losses = database.inTransaction(
                tx -> tx.createQuery("SELECT COALESCE(SUM(yen), 0) FROM payments_write_off WHERE state = 'done'")
                        .mapTo(Long.class)
                        .one());
        assertEquals(-owed, balance("refund-payable"));
        assertEquals(losses, balance("bad-debt"));
        assertEquals(
                0,
                database.inTransaction(tx -> ledger.trialBalance(tx, DAY)).stream()
                        .mapToLong(TrialLine::balance)
                        .sum());
        assertTrue(database.inTransaction(events::verify).broken().isEmpty());
    }
}
