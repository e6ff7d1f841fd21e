package city.hamana.demo.city;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The running programs of one city, in the order of their start; they are stopped in the opposite one. */
final class Processes implements AutoCloseable {
    private static final long LOG_LIMIT_BYTES = 2 << 20;
    private static final int FAILURES_AT_START = 3;
    private static final Duration BETWEEN_PROBES = Duration.ofMillis(300);

    private final Path logs;
    private final Consumer<String> report;
    private final Supervised.Patience patience;
    private final List<Supervised> running = new ArrayList<>();
    private boolean closed;

    Processes(Path logs, Consumer<String> report, Supervised.Patience patience) {
        this.logs = logs;
        this.patience = patience;
        this.report = report;
    }

    /** Starts a program in a folder. After {@link #close} nothing is started any more. */
    synchronized Supervised start(String name, List<String> command, Path folder) {
        if (closed) {
            throw DemoException.of("the city is being stopped");
        }
        ChildLog log = new ChildLog(logs.resolve(name + ".log"), LOG_LIMIT_BYTES);
        Supervised child = new Supervised(name, command, folder, log, report, patience);
        running.add(child);
        return child;
    }

    ProcessHandle handle(String name) {
        return ProcessHandle.of(child(name).pid()).orElseThrow(() -> DemoException.of(name + " does not run"));
    }

    /**
     * A program by its name.
     *
     * @throws DemoException if it was not started
     */
    synchronized Supervised child(String name) {
        return running.stream()
                .filter(child -> child.name().equals(name))
                .findFirst()
                .orElseThrow(() -> DemoException.of(name + " was not started"));
    }

    /**
     * Waits until a program answers.
     *
     * @throws DemoException if it ends again and again, or does not answer in time
     */
    static void await(Supervised child, Probe probe, Duration limit) throws InterruptedException {
        Instant end = Instant.now().plus(limit);
        while (!probe.answers()) {
            if (child.failures() >= FAILURES_AT_START) {
                throw DemoException.of(child.name() + " does not start: " + child.lastLine());
            }
            if (Instant.now().isAfter(end)) {
                throw DemoException.of(child.name() + " does not answer within " + limit.toSeconds()
                        + " s; the last it said: " + child.lastLine());
            }
            Thread.sleep(BETWEEN_PROBES);
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        for (Supervised child : running.reversed()) {
            child.close();
        }
        running.clear();
    }
}
