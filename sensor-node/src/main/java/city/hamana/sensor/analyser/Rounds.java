package city.hamana.sensor.analyser;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks each analyser again and again, on a thread each: a dead one holds up only those on its own line. */
public final class Rounds implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Rounds.class);

    private final List<Analyser> analysers;
    private final ScheduledExecutorService threads;

    private Rounds(List<Analyser> analysers) {
        this.analysers = analysers;
        this.threads = Executors.newScheduledThreadPool(
                Math.max(1, analysers.size()),
                Thread.ofPlatform().daemon().name("analyser-", 0).factory());
    }

    /**
     * Begins at once.
     *
     * @param every pause after each reading, in real time
     * @param round reads one analyser and hands its samples over
     */
    public static Rounds start(List<Analyser> analysers, Duration every, Consumer<Analyser> round) {
        Rounds rounds = new Rounds(analysers);
        for (Analyser analyser : analysers) {
            var unused = rounds.threads.scheduleWithFixedDelay(
                    () -> once(analyser, round), 0, every.toMillis(), TimeUnit.MILLISECONDS);
        }
        return rounds;
    }

    private static void once(Analyser analyser, Consumer<Analyser> round) {
        try {
            round.accept(analyser);
        } catch (RuntimeException e) {
            LOG.error("analyser {} was not read", analyser.hanging().id(), e);
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
        analysers.forEach(Analyser::close);
    }
}
