package city.hamana.sensor.device;

import city.hamana.sensor.level.Reading;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.LoggerFactory;

/** A gauge that is asked on a thread of its own, so that one which hangs holds up nobody. */
public final class Asked implements AutoCloseable {
    private final Hanging hanging;
    private final Gauge gauge;
    private final ExecutorService thread;
    private Optional<Future<Reading>> underWay = Optional.empty();

    public Asked(Hanging hanging, Gauge gauge) {
        this.hanging = hanging;
        this.gauge = gauge;
        this.thread = Executors.newSingleThreadExecutor(
                Thread.ofPlatform().daemon().name("gauge-" + hanging.id()).factory());
    }

    public Hanging hanging() {
        return hanging;
    }

    /** Asks, unless it is still busy with the last question. */
    public void ask() {
        if (underWay.isEmpty()) {
            underWay = Optional.of(thread.submit(gauge::read));
        }
    }

    /** The answer, waited for until {@code deadlineNanos} of the system's nano time. */
    public Reading answer(long deadlineNanos) throws InterruptedException {
        if (underWay.isEmpty()) {
            return new Reading.Fault("gauge.not-asked", false);
        }
        try {
            Reading reading = underWay.get().get(Math.max(0, deadlineNanos - System.nanoTime()), TimeUnit.NANOSECONDS);
            underWay = Optional.empty();
            return reading;
        } catch (TimeoutException e) {
            return new Reading.Fault("gauge.busy", false);
        } catch (ExecutionException e) {
            underWay = Optional.empty();
            LoggerFactory.getLogger(Asked.class).error("gauge {} failed", hanging.id(), e.getCause());
            return new Reading.Fault("gauge.failed", false);
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
        gauge.close();
    }
}
