package city.hamana.link;

import city.hamana.messages.MalformedException;
import city.hamana.messages.Topics;
import city.hamana.messages.v1.BlockOutcome;
import city.hamana.messages.v1.Receipt;
import city.hamana.messages.v1.Status;
import com.google.protobuf.ByteString;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries a node's blocks to its gateway: MQTT 5 over mutual TLS, QoS 1, a window of blocks under way, and a block is
 * deleted only when the gateway has signed for it. The broker's own acknowledgement counts for nothing: the journal is
 * the queue, the broker may forget all it knows.
 *
 * <p>One thread does everything; {@link #wake} tells it that there is something new.
 */
public final class NodeUplink implements AutoCloseable {
    /**
     * Where the gateway is and how hard to try.
     *
     * @param broker {@code ssl://host:port}
     * @param gateway whose receipts count
     * @param window most blocks under way at once, 1 to 1,000
     */
    public record Options(
            URI broker, String gateway, int window, Duration resendAfter, Duration statusEvery, Duration keepAlive) {
        private static final long KEEP_ALIVE_MS = 10_000;

        /** Reads {@code gateway-address}, {@code gateway-id} and the limits that have defaults. */
        public static Options of(Settings settings) {
            return new Options(
                    settings.uri("gateway-address"),
                    settings.text("gateway-id"),
                    (int) settings.number("uplink-window-blocks", 64, 1, 1_000),
                    settings.millis("uplink-resend-ms", 20_000, 100, 600_000),
                    settings.millis("status-every-ms", 10_000, 100, 600_000),
                    settings.millis("keep-alive-ms", KEEP_ALIVE_MS, 1_000, 600_000));
        }
    }

    private static final Logger LOG = LoggerFactory.getLogger(NodeUplink.class);
    private static final int MOST_RECEIPTS_WAITING = 1_000;
    private static final long MOST_BYTES_PER_TURN = 1 << 20;
    private static final long IDLE_MS = 500;
    private static final byte[] NUDGE = {};

    private final Supplier<DeviceIdentity> identity;
    private final Journal journal;
    private final Supplier<Status> status;
    private final Options options;
    private final Backoff backoff =
            new Backoff(Duration.ofMillis(500), Duration.ofSeconds(30), RandomGenerator.getDefault());
    private final BlockingQueue<byte[]> arrived = new ArrayBlockingQueue<>(MOST_RECEIPTS_WAITING);
    private final Map<ByteString, Long> underWayNanos = new HashMap<>();
    private final Thread thread;
    private volatile MqttLine line;
    private volatile boolean closing;
    private long statusNanos;

    /**
     * An uplink that does nothing yet.
     *
     * @param identity asked at every connection, so that a renewed certificate is used by the next
     * @param status asked whenever one is to be sent
     */
    public NodeUplink(Supplier<DeviceIdentity> identity, Journal journal, Supplier<Status> status, Options options) {
        this.identity = identity;
        this.journal = journal;
        this.status = status;
        this.options = options;
        this.thread = Thread.ofPlatform().name("uplink").daemon().unstarted(this::run);
    }

    public void start() {
        thread.start();
    }

    /** Something new is in the journal. */
    public void wake() {
        // An empty message is no receipt, only a nudge; when the queue is full the thread is awake anyway.
        arrived.offer(NUDGE);
    }

    public boolean connected() {
        MqttLine current = line;
        return current != null && current.connected();
    }

    @Override
    public void close() {
        closing = true;
        wake();
        try {
            thread.join(Duration.ofSeconds(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        while (!closing) {
            try {
                turn();
            } catch (MqttException e) {
                lost(e);
            } catch (JournalException e) {
                LOG.error("{}", e.getMessage());
                pause(Duration.ofSeconds(1));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                closing = true;
            }
        }
        sayFarewell();
        disconnect();
    }

    /** A node that stops in order is gone at once, not when the broker misses it. */
    private void sayFarewell() {
        if (!connected()) {
            return;
        }
        try {
            line.deliver(Topics.of(journal.device(), Topics.Kind.STATUS), new byte[0], true);
        } catch (MqttException e) {
            LOG.debug("no farewell: {}", e.getMessage());
        }
    }

    private void turn() throws MqttException, InterruptedException {
        if (!connected()) {
            connect();
        }
        sendStatusWhenDue();
        sendBlocks();
        byte[] message = arrived.poll(IDLE_MS, TimeUnit.MILLISECONDS);
        while (message != null) {
            if (message.length > 0) {
                receipt(message);
            }
            message = arrived.poll();
        }
    }

    private void sendBlocks() throws MqttException {
        long now = System.nanoTime();
        for (Journal.Held block : journal.next(options.window(), MOST_BYTES_PER_TURN)) {
            Long sent = underWayNanos.get(block.hash());
            if (sent == null || now - sent > options.resendAfter().toNanos()) {
                publish(Topics.Kind.BLOCK, block.envelope(), false);
                underWayNanos.put(block.hash(), now);
            }
        }
    }

    private void sendStatusWhenDue() throws MqttException {
        long now = System.nanoTime();
        if (statusNanos == 0 || now - statusNanos > options.statusEvery().toNanos()) {
            publish(Topics.Kind.STATUS, status.get().toByteArray(), true);
            statusNanos = now;
        }
    }

    private void receipt(byte[] attested) {
        try {
            DeviceIdentity me = identity.get();
            Receipt receipt = Receipts.verify(
                    attested,
                    me.trust(),
                    Role.GATEWAY,
                    me.deviceId(),
                    Clock.systemUTC().instant());
            if (!receipt.getReceiverId().equals(options.gateway())) {
                throw MalformedException.of("a receipt of another gateway, " + receipt.getReceiverId());
            }
            List<ByteString> received = Receipts.received(receipt);
            journal.delete(received);
            received.forEach(underWayNanos::remove);
            for (BlockOutcome refused : Receipts.refused(receipt)) {
                LOG.warn("block refused by {}: {}", receipt.getReceiverId(), refused.getReason());
                journal.refused(refused.getBlockHash());
            }
        } catch (MalformedException | TrustException e) {
            LOG.warn("receipt not believed, nothing deleted: {}", e.getMessage());
        }
    }

    private void connect() throws MqttException {
        disconnect();
        underWayNanos.clear();
        statusNanos = 0;
        DeviceIdentity me = identity.get();
        Optional<String> lastWill = Optional.of(Topics.of(me.deviceId(), Topics.Kind.STATUS));
        line = MqttLine.connect(options.broker(), me, options.keepAlive(), lastWill, this::arrived);
        line.subscribe(Topics.of(me.deviceId(), Topics.Kind.RECEIPT));
        publish(Topics.Kind.CERTIFICATE, Certificates.der(me.certificate()), true);
        backoff.succeeded();
        LOG.info("connected to {}", options.broker());
    }

    /** Runs on the line's thread: only hands over. */
    private void arrived(Topics.Topic topic, byte[] payload) {
        if (!arrived.offer(payload)) {
            LOG.warn("receipts come faster than they are handled; one dropped, its blocks will be sent again");
        }
    }

    private void publish(Topics.Kind kind, byte[] payload, boolean retained) throws MqttException {
        line.publish(Topics.of(journal.device(), kind), payload, retained);
    }

    private void lost(MqttException e) {
        Duration wait = backoff.failed();
        LOG.warn("gateway out of reach, next try in {} ms: {}", wait.toMillis(), MqttLine.reason(e));
        disconnect();
        pause(wait);
    }

    private void disconnect() {
        MqttLine old = line;
        line = null;
        if (old != null) {
            old.close();
        }
    }

    private void pause(Duration wait) {
        long until = System.nanoTime() + wait.toNanos();
        try {
            while (!closing && System.nanoTime() < until) {
                Thread.sleep(Math.min(100, wait.toMillis() + 1));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            closing = true;
        }
    }
}
