package city.hamana.capability.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.hamana.platform.db.Database;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** Whatever is done to the books, they stay in balance. */
class LedgerTest {
    private static final LocalDate DAY = LocalDate.of(2026, 11, 16);
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-16T00:00:00Z"), ZoneId.of("Asia/Tokyo"));
    private static final List<String> ACCOUNTS =
            List.of("receivable", "water-revenue", "consumption-tax", "clearing-card", "overpayment");
    private static final AtomicInteger RUN = new AtomicInteger();

    private static Database database;

    private final Ledger ledger = new Ledger(CLOCK);

    @BeforeContainer
    static void open() {
        database = Database.open("jdbc:derby:memory:ledger;create=true");
        database.migrate(new Ledger(CLOCK).schema());
    }

    @AfterContainer
    static void close() {
        database.close();
    }

    /** What can be done: write one of a few keys, or take back what one of them stands for. */
    sealed interface Step {
        record Write(int key, int from, int to, long yen) implements Step {}

        record TakeBack(int key, int by) implements Step {}
    }

    @Provide
    Arbitrary<List<Step>> histories() {
        Arbitrary<Integer> keys = Arbitraries.integers().between(0, 5);
        Arbitrary<Integer> accounts = Arbitraries.integers().between(0, ACCOUNTS.size() - 1);
        Arbitrary<Step> writes = Combinators.combine(
                        keys, accounts, accounts, Arbitraries.longs().between(1, 9_999_999))
                .as(Step.Write::new);
        Arbitrary<Step> backs =
                Combinators.combine(keys, Arbitraries.integers().between(0, 1)).as(Step.TakeBack::new);
        return Arbitraries.frequencyOf(Tuple.of(3, writes), Tuple.of(2, backs))
                .list()
                .ofMaxSize(25);
    }

    @Property(tries = 60)
    void everyHistoryKeepsTheBooksInBalance(@ForAll("histories") List<Step> history) {
        String run = "run" + RUN.incrementAndGet();
        Map<String, Long> expected = new HashMap<>();
        Map<Integer, Step.Write> written = new HashMap<>();
        Map<Integer, Integer> back = new HashMap<>();
        for (Step step : history) {
            switch (step) {
                case Step.Write write -> {
                    Step.Write before = written.get(write.key());
                    if (before == null) {
                        written.put(write.key(), write);
                        write(run, write);
                        add(expected, write, 1);
                    } else if (before.equals(write)) {
                        write(run, write);
                    } else {
                        assertThrows(LedgerException.class, () -> write(run, write));
                    }
                }
                case Step.TakeBack(int key, int by) -> {
                    if (written.containsKey(key)) {
                        OptionalLong reversal = takeBack(run, key, by);
                        boolean first = back.putIfAbsent(key, by) == null;
                        assertEquals(first || back.get(key) == by, reversal.isPresent());
                        if (first) {
                            add(expected, written.get(key), -1);
                        }
                    }
                }
            }
        }
        for (String account : ACCOUNTS) {
            assertEquals(expected.getOrDefault(account, 0L).longValue(), balance(account, run), account);
        }
        List<TrialLine> trial = database.inTransaction(tx -> ledger.trialBalance(tx, DAY));
        assertEquals(0, trial.stream().mapToLong(TrialLine::balance).sum());
        assertEquals(
                trial.stream().mapToLong(TrialLine::debit).sum(),
                trial.stream().mapToLong(TrialLine::credit).sum());
        for (TrialLine line : trial) {
            String account = line.account().code();
            long whole = database.inTransaction(tx -> ledger.balance(tx, account, DAY));
            assertEquals(line.balance(), whole);
        }
    }

    @Property(tries = 30)
    void takingBackRestoresEveryBalance(@ForAll("histories") List<Step> history) {
        String run = "back" + RUN.incrementAndGet();
        history.stream()
                .filter(Step.Write.class::isInstance)
                .map(Step.Write.class::cast)
                .forEach(step -> {
                    Step.Write write = new Step.Write(RUN.incrementAndGet(), step.from(), step.to(), step.yen());
                    long before = balance(ACCOUNTS.get(write.from()), run);
                    write(run, write);
                    assertTrue(takeBack(run, write.key(), 0).isPresent());
                    assertEquals(before, balance(ACCOUNTS.get(write.from()), run));
                });
    }

    private long balance(String account, String sub) {
        return database.inTransaction(tx -> ledger.balance(tx, account, sub));
    }

    private void write(String run, Step.Write write) {
        database.inTransaction(tx -> ledger.post(tx, entry(run, write)));
    }

    private OptionalLong takeBack(String run, int key, int by) {
        return database.inTransaction(tx -> {
            long entry = ledger.find(tx, run + ":" + key).orElseThrow();
            return ledger.reverse(tx, entry, DAY, "wrong", "system", run + ":" + key + ":back" + by);
        });
    }

    private static NewEntry entry(String run, Step.Write write) {
        List<Posting> postings = List.of(
                new Posting(ACCOUNTS.get(write.from()), run, write.yen()),
                new Posting(ACCOUNTS.get(write.to()), run, -write.yen()));
        return new NewEntry("test.written", DAY, "system", "", postings, run + ":" + write.key());
    }

    private static void add(Map<String, Long> balances, Step.Write write, int sign) {
        balances.merge(ACCOUNTS.get(write.from()), sign * write.yen(), Long::sum);
        balances.merge(ACCOUNTS.get(write.to()), -sign * write.yen(), Long::sum);
    }

    @Property
    void whatDoesNotSumToZeroIsNoEntry(@ForAll("amounts") long debit, @ForAll("amounts") long credit) {
        List<Posting> postings =
                List.of(new Posting("receivable", "", debit), new Posting("water-revenue", "", -credit));
        if (debit == credit) {
            assertEquals(
                    2,
                    new NewEntry("test.x", DAY, "system", "", postings, "k")
                            .postings()
                            .size());
        } else {
            assertThrows(LedgerException.class, () -> new NewEntry("test.x", DAY, "system", "", postings, "k"));
        }
    }

    @Provide
    Arbitrary<Long> amounts() {
        return Arbitraries.longs().between(1, 20);
    }

    @Example
    void writersOfOneKeyAtOnceWriteOneEntry() throws InterruptedException, ExecutionException {
        String run = "race" + RUN.incrementAndGet();
        try (ExecutorService writers = Executors.newFixedThreadPool(6)) {
            List<Future<Long>> numbers = IntStream.range(0, 24)
                    .mapToObj(i -> writers.submit(() -> database.inTransaction(tx ->
                            ledger.post(tx, entry(run, new Step.Write(i % 4, 0, 1, 100 + i % 4))))))
                    .toList();
            List<Long> seen = new ArrayList<>();
            for (Future<Long> number : numbers) {
                seen.add(number.get());
            }
            assertEquals(4, seen.stream().distinct().count());
        }
        assertEquals(406, balance("receivable", run));
    }

    @Example
    void oneEntryIsTakenBackOnceByManyAtOnce() throws InterruptedException, ExecutionException {
        String run = "backs" + RUN.incrementAndGet();
        write(run, new Step.Write(0, 0, 1, 500));
        try (ExecutorService writers = Executors.newFixedThreadPool(4)) {
            List<Future<OptionalLong>> reversals = IntStream.range(0, 4)
                    .mapToObj(i -> writers.submit(() -> takeBack(run, 0, i)))
                    .toList();
            int done = 0;
            for (Future<OptionalLong> reversal : reversals) {
                done += reversal.get().isPresent() ? 1 : 0;
            }
            assertEquals(1, done);
        }
        assertEquals(0, balance("receivable", run));
    }

    @Example
    void anEntryTellsWhatItTakesBackAndByWhatItWasTakenBack() {
        String run = "pair" + RUN.incrementAndGet();
        write(run, new Step.Write(0, 0, 1, 500));
        long back = takeBack(run, 0, 0).orElseThrow();
        Entry reversal = database.inTransaction(tx -> ledger.entry(tx, back)).orElseThrow();
        Entry wrong = database.inTransaction(
                        tx -> ledger.entry(tx, reversal.reverses().orElseThrow()))
                .orElseThrow();
        assertEquals(OptionalLong.of(back), wrong.reversedBy());
        assertEquals(wrong.postings().stream().map(Posting::opposite).toList(), reversal.postings());
        assertFalse(database.inTransaction(tx -> ledger.reverse(tx, back, DAY, "", "system", run + "again"))
                .isPresent());
        List<Entry> listed = database.inTransaction(
                tx -> ledger.entries(tx, new EntryQuery("receivable", run, DAY, DAY, Long.MAX_VALUE), 10));
        assertEquals(List.of(reversal, wrong), listed);
    }

    @Example
    void anAccountThatTheChartLacksIsAFault() {
        List<Posting> postings = List.of(new Posting("nowhere", "", 1), new Posting("bank", "", -1));
        NewEntry entry = new NewEntry("test.x", DAY, "system", "", postings, "nowhere");
        assertThrows(LedgerException.class, () -> database.inTransaction(tx -> ledger.post(tx, entry)));
    }

    @Example
    void noStatementChangesOrTakesOutWhatIsWritten() throws IOException {
        Path here = Path.of("src/main/java/city/hamana/capability/ledger");
        try (Stream<Path> files = Files.list(here)) {
            for (Path file : files.toList()) {
                String source = Files.readString(file);
                assertFalse(source.contains("UPDATE ledger") || source.contains("DELETE FROM"), file.toString());
            }
        }
    }
}
