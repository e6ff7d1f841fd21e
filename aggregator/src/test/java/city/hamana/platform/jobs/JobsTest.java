package city.hamana.platform.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.hamana.platform.db.Database;
import city.hamana.platform.metrics.Metrics;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One city, two aggregators. */
class JobsTest {
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-22T03:00:00Z"));
    private final Queue<String> seen = new ConcurrentLinkedQueue<>();
    private Database database;
    private Jobs one;
    private Jobs other;

    @BeforeEach
    void open() {
        database = open(NUMBER.incrementAndGet());
        database.migrate(Jobs.SCHEMA);
        one = new Jobs(database, new Metrics(), now::get);
        other = new Jobs(database, new Metrics(), now::get);
    }

    Database open(int number) {
        return Database.open("jdbc:derby:memory:jobs" + number + ";create=true");
    }

    @AfterEach
    void close() {
        one.close();
        other.close();
        database.close();
    }

    @Test
    void aTaskIsDoneIfItsTransactionIsCommitted() {
        one.handle("say", task -> seen.add(task.payload()));
        add("said", now.get());
        assertThrows(
                IllegalStateException.class,
                () -> database.inTransaction(tx -> {
                    one.add(tx, "say", "unsaid", now.get());
                    throw new IllegalStateException("the story failed");
                }));
        one.work();
        assertEquals(List.of("said"), List.copyOf(seen));
        assertEquals(0, one.count(false));
    }

    @Test
    void aTaskIsNotBegunBeforeItIsDue() {
        one.handle("say", task -> seen.add(task.payload()));
        add("later", now.get().plusSeconds(60));
        one.work();
        assertTrue(seen.isEmpty());
        pass(Duration.ofSeconds(60));
        one.work();
        assertEquals(1, seen.size());
    }

    @Test
    void ofTwoAggregatorsEachTaskFindsOne() throws InterruptedException {
        one.handle("say", task -> seen.add(task.payload()));
        other.handle("say", task -> seen.add(task.payload()));
        List<String> all = IntStream.range(0, 60).mapToObj(i -> "task-" + i).toList();
        all.forEach(task -> add(task, now.get()));
        Thread first = Thread.ofVirtual().start(one::work);
        Thread second = Thread.ofVirtual().start(other::work);
        first.join();
        second.join();
        assertEquals(all.stream().sorted().toList(), seen.stream().sorted().toList());
    }

    @Test
    void aTaskWhoseWorkerDiedIsDoneByAnotherOnceItsLeaseHasRunOut() {
        Task task = taken("half-done");
        other.handle("say", t -> seen.add(t.payload() + " by the other, try " + (t.tries() + 1)));
        other.work();
        assertTrue(seen.isEmpty(), "it is still the first one's");
        pass(Jobs.LEASE);
        other.work();
        assertEquals(List.of("half-done by the other, try 2"), List.copyOf(seen));
        assertEquals("half-done", task.payload());
    }

    @Test
    void aTaskThatFailsIsTriedAgainLaterAndLaterAndAtLastKept() {
        one.handle("say", task -> {
            seen.add(task.payload());
            throw new IllegalStateException("no line");
        });
        add("hopeless", now.get());
        List<Long> pauses = new ArrayList<>();
        while (one.count(true) == 0) {
            Instant due = one.tasks().getFirst().due();
            pauses.add(Duration.between(now.get(), due).toSeconds());
            now.set(due);
            one.work();
        }
        assertEquals(List.of(0L, 10L, 20L, 40L, 80L, 160L, 320L, 640L, 1280L, 2560L, 3600L, 3600L), pauses);
        assertEquals(12, seen.size());
        pass(Duration.ofDays(1));
        one.work();
        assertEquals(12, seen.size(), "it is not tried any more by itself");
        assertTrue(one.tasks().getFirst().trouble().contains("no line"));
    }

    @Test
    void staffHaveAFailedTaskRunAgainOrDropIt() {
        one.handle("say", task -> {
            throw new IllegalStateException("no line");
        });
        add("a", now.get());
        long id = fail();
        assertTrue(again(id));
        assertEquals(0, one.count(true));
        assertEquals(1, one.count(false));
        assertFalse(dropped(id), "one that waits is not dropped");
        fail();
        assertTrue(dropped(id));
        assertEquals(0, one.count(true) + one.count(false));
    }

    @Test
    void oneKindThatNobodyDoesHereDoesNotHoldUpTheOthers() {
        one.handle("say", task -> seen.add(task.payload()));
        IntStream.range(0, 30)
                .forEach(i -> database.inTransaction(tx -> {
                    one.add(tx, "unknown", "x", now.get().minusSeconds(100));
                    return i;
                }));
        add("said", now.get());
        one.work();
        assertEquals(List.of("said"), List.copyOf(seen));
    }

    @Test
    void aScheduleRunsOnceInTheWholeCity() throws InterruptedException {
        CountDownLatch first = new CountDownLatch(1);
        CountDownLatch second = new CountDownLatch(2);
        Runnable job = () -> {
            seen.add("turn");
            first.countDown();
            second.countDown();
        };
        one.schedule("sweep", Duration.ofMillis(20), job);
        other.schedule("sweep", Duration.ofMillis(20), job);
        assertTrue(first.await(10, TimeUnit.SECONDS));
        // The clock stands, so no further turn comes due, however often both look.
        assertFalse(second.await(300, TimeUnit.MILLISECONDS));
        pass(Duration.ofMillis(20));
        assertTrue(second.await(10, TimeUnit.SECONDS));
        assertEquals("sweep", one.schedules().getFirst().name());
    }

    private Task taken(String payload) {
        add(payload, now.get());
        Task task = one.tasks().getFirst();
        boolean taken = database.inTransaction(tx -> city.hamana.platform.jobs.Queue.take(
                tx, task, "dead", now.get(), now.get().plus(Jobs.LEASE)));
        assertTrue(taken);
        return task;
    }

    private long fail() {
        while (one.count(true) == 0) {
            now.set(one.tasks().getFirst().due());
            one.work();
        }
        return one.tasks().getFirst().id();
    }

    private boolean again(long id) {
        return database.inTransaction(tx -> one.again(tx, id));
    }

    private boolean dropped(long id) {
        return database.inTransaction(tx -> one.drop(tx, id));
    }

    private void add(String payload, Instant due) {
        database.inTransaction(tx -> {
            one.add(tx, "say", payload, due);
            return payload;
        });
    }

    private void pass(Duration time) {
        now.set(now.get().plus(time));
    }
}
