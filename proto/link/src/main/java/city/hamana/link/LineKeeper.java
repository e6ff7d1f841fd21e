package city.hamana.link;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one MQTT line up and does its work, on one thread: dial, greet, turn after turn; when anything of it fails, the
 * line is thrown away and after a wait a new one is dialled. So a line that is up has always been greeted.
 */
public final class LineKeeper implements AutoCloseable {
    /** What is done on the line; all of it on the keeper's thread. */
    public interface Work {
        /** A fresh line. */
        MqttLine dial() throws MqttException;

        /** Subscribes and says who is there; nothing else is done on the line before. */
        void greet(MqttLine line) throws MqttException;

        /** One round; waits a little, at most a second, where there is nothing to do. */
        void turn(MqttLine line) throws MqttException, InterruptedException;

        /** The last words on a line that is up, when the keeper is closed. */
        default void farewell(MqttLine line) throws MqttException {}
    }

    private static final Logger LOG = LoggerFactory.getLogger(LineKeeper.class);
    private static final Duration AFTER_JOURNAL_FAULT = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final String otherEnd;
    private final Backoff backoff;
    private final Work work;
    private final Thread thread;
    private final CountDownLatch closing = new CountDownLatch(1);
    private volatile MqttLine line;

    /**
     * A keeper that does nothing yet.
     *
     * @param name of the thread
     * @param otherEnd what the log calls it
     */
    public LineKeeper(String name, String otherEnd, Backoff backoff, Work work) {
        this.otherEnd = otherEnd;
        this.backoff = backoff;
        this.work = work;
        this.thread = Thread.ofPlatform().name(name).daemon().unstarted(this::run);
    }

    public void start() {
        thread.start();
    }

    public boolean connected() {
        MqttLine current = line;
        return current != null && current.connected();
    }

    /** Ends after the running turn, with the farewell. */
    @Override
    public void close() {
        closing.countDown();
        try {
            thread.join(PATIENCE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            while (closing.getCount() > 0) {
                round();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        sayFarewell();
        hangUp();
    }

    private void round() throws InterruptedException {
        try {
            if (!connected()) {
                connect();
            }
            work.turn(line);
        } catch (MqttException e) {
            hangUp();
            Duration wait = backoff.failed();
            LOG.warn("{} out of reach, next try in {} ms: {}", otherEnd, wait.toMillis(), MqttLine.reason(e));
            pause(wait);
        } catch (JournalException e) {
            LOG.error("{}", e.getMessage());
            pause(AFTER_JOURNAL_FAULT);
        }
    }

    private void connect() throws MqttException {
        hangUp();
        line = work.dial();
        work.greet(line);
        backoff.succeeded();
        LOG.info("connected to {}", otherEnd);
    }

    private void sayFarewell() {
        if (!connected()) {
            return;
        }
        try {
            work.farewell(line);
        } catch (MqttException e) {
            LOG.debug("no farewell: {}", e.getMessage());
        }
    }

    private void hangUp() {
        MqttLine old = line;
        line = null;
        if (old != null) {
            old.close();
        }
    }

    private void pause(Duration wait) throws InterruptedException {
        if (closing.await(wait.toMillis(), TimeUnit.MILLISECONDS)) {
            LOG.debug("closed while waiting");
        }
    }
}
