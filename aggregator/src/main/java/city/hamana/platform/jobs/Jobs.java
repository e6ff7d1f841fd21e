package city.hamana.platform.jobs;

import city.hamana.platform.db.Database;
import city.hamana.platform.db.Schema;
import city.hamana.platform.metrics.Metrics;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The running jobs of one process, and the city's queue and schedules. A job that fails is logged and counted. */
public final class Jobs implements AutoCloseable {
    public static final Schema SCHEMA = new Schema("jobs", Jobs.class);

    /** How long a worker may take. One that takes longer may meet another at the same task. */
    public static final Duration LEASE = Duration.ofMinutes(10);

    private static final Logger LOG = LoggerFactory.getLogger(Jobs.class);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration LOOK_EVERY = Duration.ofMillis(500);
    private static final int AT_A_TIME = 20;
    private static final int MOST_LISTED = 200;

    private final List<Thread> threads = new ArrayList<>();
    private final Map<String, Consumer<Task>> workers = new ConcurrentHashMap<>();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final String owner = UUID.randomUUID().toString();
    private final Database database;
    private final InstantSource real;
    private final LongAdder failures;
    private final LongAdder done;

    /** @param real real time; the city's clock may be a demonstration's */
    public Jobs(Database database, Metrics metrics, InstantSource real) {
        this.database = database;
        this.real = real;
        failures = metrics.counter("hamana_job_failures_total", "Turns of jobs that ended in an exception.");
        done = metrics.counter("hamana_tasks_done_total", "Tasks of the queue that were done.");
    }

    /** Runs the job now and then after every pause, in this process, until closed. */
    public synchronized void every(Duration pause, String name, Runnable job) {
        threads.add(Thread.ofVirtual().name("job-" + name).start(() -> loop(pause, name, job)));
    }

    /** Runs the job once in the whole city in every {@code every}; the first time at once. */
    public void schedule(String name, Duration every, Runnable job) {
        database.inTransaction(tx -> {
            Queue.schedule(tx, name, every, real.instant());
            return name;
        });
        Duration pause = every.compareTo(Duration.ofSeconds(10)) < 0 ? every : Duration.ofSeconds(10);
        every(pause, name, () -> turnOfCity(name, every, job));
    }

    /** Names who does the tasks of a kind; once for each kind. What it throws has the task tried again. */
    public void handle(String kind, Consumer<Task> worker) {
        if (workers.put(kind, worker) != null) {
            throw new IllegalStateException("two workers for " + kind);
        }
    }

    /**
     * Puts a task into the queue, in the caller's transaction.
     *
     * @param payload JSON of at most 4,000 characters
     * @param due not begun before, by real time
     */
    public void add(Handle tx, String kind, String payload, Instant due) {
        Queue.add(tx, kind, payload, due);
    }

    /** Begins to look for tasks; called once, when every module has named its workers. */
    public void start() {
        every(LOOK_EVERY, "queue", this::work);
    }

    /** Failed tasks first, then the next ones, at most 200. */
    public List<Task> tasks() {
        return database.inTransaction(tx -> Queue.list(tx, MOST_LISTED));
    }

    /** How many tasks wait, or have failed. */
    public long count(boolean failed) {
        return database.inTransaction(tx -> Queue.count(tx, failed));
    }

    public List<Scheduled> schedules() {
        return database.inTransaction(Queue::schedules);
    }

    /** Has a failed task tried again; false when it is not there any more. */
    public boolean again(Handle tx, long id) {
        return Queue.again(tx, id, real.instant());
    }

    /** Gives up a failed task; false when it is not there any more. */
    public boolean drop(Handle tx, long id) {
        return Queue.drop(tx, id);
    }

    /** Ends every job after its running turn. Jobs are not interrupted: an interrupt in mid-write upsets Derby. */
    @Override
    public synchronized void close() {
        closing.countDown();
        try {
            for (Thread thread : threads) {
                if (!thread.join(PATIENCE)) {
                    LOG.warn("{} did not end within {}", thread.getName(), PATIENCE);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Does what is due, one after another, until nothing is. */
    void work() {
        List<Task> due = List.of();
        do {
            if (!workers.isEmpty()) {
                due = database.inTransaction(tx -> Queue.due(tx, workers.keySet(), real.instant(), AT_A_TIME));
            }
            due.forEach(this::work);
        } while (!due.isEmpty() && closing.getCount() > 0);
    }

    /** The top of a loop: whatever a worker throws belongs to its task. */
    private void work(Task task) {
        Instant now = real.instant();
        if (closing.getCount() == 0
                || !database.inTransaction(tx -> Queue.take(tx, task, owner, now, now.plus(LEASE)))) {
            return;
        }
        try {
            workers.get(task.kind()).accept(task);
            database.inTransaction(tx -> {
                Queue.done(tx, task, owner);
                return task;
            });
            done.increment();
        } catch (RuntimeException e) {
            failures.increment();
            LOG.warn("task {} of {} failed", task.id(), task.kind(), e);
            settle(tx -> Queue.failed(tx, task, task.tries() + 1, owner, e.toString(), real.instant()));
        }
    }

    private void turnOfCity(String name, Duration every, Runnable job) {
        Instant now = real.instant();
        if (!database.inTransaction(tx -> Queue.takeTurn(tx, name, owner, now, now.plus(LEASE)))) {
            return;
        }
        String trouble = "";
        try {
            job.run();
        } catch (RuntimeException e) {
            trouble = e.toString();
            throw e;
        } finally {
            String said = trouble;
            settle(tx -> Queue.turned(tx, name, every, owner, said, real.instant()));
        }
    }

    /** Where even this cannot be written, the lease runs out and the work is done again. */
    private void settle(Consumer<Handle> story) {
        try {
            database.inTransaction(tx -> {
                story.accept(tx);
                return owner;
            });
        } catch (JdbiException e) {
            LOG.warn("how a job ended could not be written", e);
        }
    }

    private void loop(Duration pause, String name, Runnable job) {
        try {
            do {
                turn(name, job);
            } while (!closing.await(pause.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The top of a loop: whatever a job throws must not end the loop. */
    private void turn(String name, Runnable job) {
        try {
            job.run();
        } catch (RuntimeException e) {
            failures.increment();
            LOG.warn("job {} failed, it is tried again at its next turn", name, e);
        }
    }
}
