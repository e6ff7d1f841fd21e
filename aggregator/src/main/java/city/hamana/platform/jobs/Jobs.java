package city.hamana.platform.jobs;

import city.hamana.platform.metrics.Metrics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The running jobs. A job that fails is logged, counted and run again at its next turn. */
public final class Jobs implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Jobs.class);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final List<Thread> threads = new ArrayList<>();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final LongAdder failures;

    public Jobs(Metrics metrics) {
        failures = metrics.counter("hamana_job_failures_total", "Turns of jobs that ended in an exception.");
    }

    /** Runs the job now and then after every pause, until closed. */
    public synchronized void every(Duration pause, String name, Runnable job) {
        threads.add(Thread.ofVirtual().name("job-" + name).start(() -> loop(pause, name, job)));
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
