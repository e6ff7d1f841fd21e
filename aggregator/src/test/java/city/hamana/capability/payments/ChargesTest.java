package city.hamana.capability.payments;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.hamana.capability.ledger.Ledger;
import city.hamana.capability.ledger.TrialLine;
import city.hamana.platform.db.Database;
import city.hamana.platform.db.Schema;
import city.hamana.platform.events.Entry;
import city.hamana.platform.events.Events;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
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

    /** 0 raises, 1 to 4 pay so many hundredths of what was charged, 5 takes back. */
    record Deed(int what, int charge, int hundredths) {}

    @Provide
    Arbitrary<List<Deed>> lives() {
        return Combinators.combine(
                        Arbitraries.integers().between(0, 5),
                        Arbitraries.integers().between(0, 5),
                        Arbitraries.integers().between(1, 130))
                .as(Deed::new)
                .list()
                .ofMinSize(3)
                .ofMaxSize(20);
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
                if (deed.what() == 5) {
                    reverse(id);
                } else {
                    pay(id, Math.max(1, state(id).yen() * deed.hundredths() / 100), "p" + deed.what() + "-" + id);
                }
            }
        }
        for (long id : ids) {
            assertEquals(state(id).open(), balance("receivable", "charge:" + id));
        }
        long credits = database.inTransaction(tx -> tx.createQuery("SELECT COALESCE(SUM(yen), 0) FROM payments_credit")
                .mapTo(Long.class)
                .one());
        long refunds = database.inTransaction(tx -> tx.createQuery("SELECT COALESCE(SUM(yen), 0) FROM payments_refund")
                .mapTo(Long.class)
                .one());
        assertEquals(-credits, balance("overpayment"));
        assertEquals(-refunds, balance("refund-payable"));
        assertEquals(
                0,
                database.inTransaction(tx -> ledger.trialBalance(tx, DAY)).stream()
                        .mapToLong(TrialLine::balance)
                        .sum());
        assertTrue(database.inTransaction(events::verify).broken().isEmpty());
    }
}
