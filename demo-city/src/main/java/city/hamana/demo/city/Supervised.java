package city.hamana.demo.city;

import city.hamana.link.Backoff;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * One program as a child process that is kept running: when it ends by itself that is reported, and it starts again
 * after a wait that grows. Its standard input stays open as long as this program lives, so that it can notice our end.
 */
public final class Supervised implements AutoCloseable {
    /** How the wait grows, and how long a program has to live for it to shrink again. */
    public record Patience(Duration first, Duration most, Duration steady) {
        public static final Patience USUAL =
                new Patience(Duration.ofSeconds(1), Duration.ofMinutes(1), Duration.ofMinutes(1));
    }

    private static final Duration POLITE = Duration.ofSeconds(15);
    private static final Duration OUR_OWN_END = Duration.ofMillis(500);

    private final String name;
    private final List<String> command;
    private final Path folder;
    private final ChildLog log;
    private final Consumer<String> report;
    private final Patience patience;
    private final Backoff backoff;
    private volatile CountDownLatch held = new CountDownLatch(0);
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final Thread watcher;
    private final AtomicInteger failures = new AtomicInteger();
    private volatile Process process;

    /** Starts the program at once. */
    Supervised(
            String name, List<String> command, Path folder, ChildLog log, Consumer<String> report, Patience patience) {
        this.name = name;
        this.command = List.copyOf(command);
        this.folder = folder;
        this.log = log;
        this.report = report;
        this.patience = patience;
        this.backoff = new Backoff(patience.first(), patience.most(), RandomGenerator.getDefault());
        this.process = launch();
        this.watcher = Thread.ofPlatform().name("watch-" + name).daemon().start(this::watch);
    }

    String name() {
        return name;
    }

    /** How often it has ended by itself. */
    int failures() {
        return failures.get();
    }

    String lastLine() {
        return log.lastLine();
    }

    long pid() {
        return process.pid();
    }

    /** Ends the program at once, as the pulled plug would, and keeps it down until {@link #release}. */
    void hold() throws InterruptedException {
        Process ended;
        synchronized (this) {
            held = new CountDownLatch(1);
            ended = process.destroyForcibly();
        }
        ended.waitFor();
    }

    /** Lets a program come back that was held down. */
    void release() {
        held.countDown();
    }

    /** Asks the program to end, waits, and ends it if it does not. */
    @Override
    public void close() {
        stopping.countDown();
        held.countDown();
        try {
            synchronized (this) {
                process.destroy();
            }
            if (!process.waitFor(POLITE.toSeconds(), TimeUnit.SECONDS)) {
                report.accept(name + " did not stop in " + POLITE.toSeconds() + " s and was ended");
                process.destroyForcibly().waitFor();
            }
            watcher.join();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private void watch() {
        try {
            while (true) {
                long started = System.nanoTime();
                int code = process.waitFor();
                // An interrupt from the keyboard reaches the children first; then their end is ours and no failure.
                if (stopping.await(OUR_OWN_END.toMillis(), TimeUnit.MILLISECONDS)) {
                    return;
                }
                if (System.nanoTime() - started > patience.steady().toNanos()) {
                    backoff.succeeded();
                }
                failures.incrementAndGet();
                if (!startAgain(code)) {
                    return;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean startAgain(int code) throws InterruptedException {
        Duration wait = backoff.failed();
        report.accept(name + " ended with code " + code + " (" + log.lastLine() + "); it starts again in "
                + Math.max(1, wait.toSeconds()) + " s");
        if (stopping.await(wait.toMillis(), TimeUnit.MILLISECONDS)) {
            return false;
        }
        while (!launchedAgain()) {
            held.await();
        }
        return true;
    }

    /** False where the program was held down meanwhile. */
    private synchronized boolean launchedAgain() {
        if (held.getCount() > 0) {
            return false;
        }
        if (stopping.getCount() > 0) {
            process = launch();
        }
        return true;
    }

    private Process launch() {
        try {
            ProcessBuilder builder =
                    new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
            // As the service files have it: otherwise glibc keeps an arena of freed memory for each thread.
            builder.environment().put("MALLOC_ARENA_MAX", "2");
            Process started = builder.start();
            Thread.ofPlatform().name("log-" + name).daemon().start(() -> log.copy(started.getInputStream()));
            return started;
        } catch (IOException e) {
            throw DemoException.of(name + " cannot be started", e);
        }
    }
}
