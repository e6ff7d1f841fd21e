package city.hamana.link;

import city.hamana.messages.MalformedException;
import city.hamana.messages.Topics;
import city.hamana.messages.v1.BlockOutcome;
import city.hamana.messages.v1.BlockSet;
import city.hamana.messages.v1.Introduction;
import city.hamana.messages.v1.Receipt;
import city.hamana.messages.v1.Status;
import city.hamana.messages.v1.Wanted;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
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
 * <p>One thread does everything ({@link LineKeeper}); {@link #wake} tells it that there is something new.
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
                    (int) settings.number("uplink-window-blocks", 128, 1, 1_000),
                    settings.millis("uplink-resend-ms", 20_000, 100, 600_000),
                    settings.millis("status-every-ms", 10_000, 100, 600_000),
                    settings.millis("keep-alive-ms", KEEP_ALIVE_MS, 1_000, 600_000));
        }
    }

    /** What is done with what city hall tells the device: Attesteds with RemoteSettings and with Commands, as they came. */
    public record CityHallSaid(Consumer<byte[]> settings, Consumer<byte[]> command) {}

    private static final Logger LOG = LoggerFactory.getLogger(NodeUplink.class);
    private static final int MOST_MESSAGES_WAITING = 1_000;
    private static final long MOST_BYTES_PER_TURN = 1 << 20;
    private static final int MOST_WANTED = 64;
    private static final long IDLE_MS = 500;
    private static final Message NUDGE = new Message(Topics.Kind.BLOCK, new byte[0]);

    private record Message(Topics.Kind kind, byte[] payload) {}

    private final Supplier<DeviceIdentity> identity;
    private final CertificateTime time;
    private final Journal journal;
    private final Supplier<Status> status;
    private final CityHallSaid cityHallSaid;
    private final Options options;
    private final BlockingQueue<Message> arrived = new ArrayBlockingQueue<>(MOST_MESSAGES_WAITING);
    private final Map<ByteString, Long> underWayNanos = new HashMap<>();
    private final LineKeeper keeper;
    private long statusNanos;

    /**
     * An uplink that does nothing yet.
     *
     * @param identity asked at every connection, so that a renewed certificate is used by the next
     * @param time judges the broker's certificate and the receipts'
     * @param status asked whenever one is to be sent
     * @param cityHallSaid given what city hall tells the device, on the uplink's thread
     */
    public NodeUplink(
            Supplier<DeviceIdentity> identity,
            CertificateTime time,
            Journal journal,
            Supplier<Status> status,
            CityHallSaid cityHallSaid,
            Options options) {
        this.time = time;
        this.cityHallSaid = cityHallSaid;
        this.identity = identity;
        this.journal = journal;
        this.status = status;
        this.options = options;
        Backoff backoff = new Backoff(Duration.ofMillis(500), Duration.ofSeconds(30), RandomGenerator.getDefault());
        this.keeper = new LineKeeper("uplink", "gateway at " + options.broker(), backoff, new Sending());
    }

    public void start() {
        keeper.start();
    }

    /** Something new is in the journal. */
    public void wake() {
        // When the queue is full the thread is awake anyway.
        arrived.offer(NUDGE);
    }

    public boolean connected() {
        return keeper.connected();
    }

    @Override
    public void close() {
        keeper.close();
    }

    /** What is done on the line; see {@link LineKeeper}. */
    private final class Sending implements LineKeeper.Work {
        @Override
        public MqttLine dial() throws MqttException {
            DeviceIdentity me = identity.get();
            Optional<String> lastWill = Optional.of(Topics.of(me.deviceId(), Topics.Kind.STATUS));
            return MqttLine.connect(
                    options.broker(), me, time, options.keepAlive(), lastWill, NodeUplink.this::arrived);
        }

        @Override
        public void greet(MqttLine line) throws MqttException {
            underWayNanos.clear();
            statusNanos = 0;
            for (Topics.Kind kind :
                    List.of(Topics.Kind.RECEIPT, Topics.Kind.WANTED, Topics.Kind.SETTINGS, Topics.Kind.COMMAND)) {
                line.subscribe(topic(kind));
            }
            line.publish(topic(Topics.Kind.CERTIFICATE), introduction().toByteArray(), true);
        }

        @Override
        public void turn(MqttLine line) throws MqttException, InterruptedException {
            sendStatusWhenDue(line);
            sendBlocks(line);
            Message message = arrived.poll(IDLE_MS, TimeUnit.MILLISECONDS);
            while (message != null) {
                handle(message);
                message = arrived.poll();
            }
        }

        /** A node that stops in order is gone at once, not when the broker misses it. */
        @Override
        public void farewell(MqttLine line) throws MqttException {
            line.deliver(topic(Topics.Kind.STATUS), new byte[0], true);
        }
    }

    private void handle(Message message) {
        switch (message.kind()) {
            case RECEIPT -> receipt(message.payload());
            case WANTED -> wanted(message.payload());
            case SETTINGS -> cityHallSaid.settings().accept(message.payload());
            case COMMAND -> cityHallSaid.command().accept(message.payload());
            case BLOCK, STATUS, CERTIFICATE -> {}
        }
    }

    /** The certificate in use first, then those that blocks still waiting were signed with before the last renewals. */
    private Introduction introduction() {
        Set<ByteString> certificates = new LinkedHashSet<>();
        certificates.add(ByteString.copyFrom(Certificates.der(identity.get().certificate())));
        journal.ownSigners().forEach(der -> certificates.add(ByteString.copyFrom(der)));
        return Introduction.newBuilder().addAllCertificates(certificates).build();
    }

    private void wanted(byte[] payload) {
        try {
            List<BlockSet> asked = Wanted.parseFrom(payload).getBlocksList().stream()
                    .filter(set -> set.getDeviceId().equals(journal.device()))
                    .limit(MOST_WANTED)
                    .toList();
            LOG.info("asked again for {}", asked.size() == 1 ? "one chain's blocks" : asked.size() + " chains' blocks");
            journal.wanted(asked);
        } catch (InvalidProtocolBufferException | MalformedException e) {
            LOG.warn("what is asked for again cannot be read: {}", e.getMessage());
        }
    }

    private void sendBlocks(MqttLine line) throws MqttException {
        long now = System.nanoTime();
        for (Journal.Held block : journal.next(options.window(), MOST_BYTES_PER_TURN)) {
            Long sent = underWayNanos.get(block.hash());
            if (sent == null || now - sent > options.resendAfter().toNanos()) {
                line.publish(topic(Topics.Kind.BLOCK), block.envelope(), false);
                underWayNanos.put(block.hash(), now);
            }
        }
    }

    private void sendStatusWhenDue(MqttLine line) throws MqttException {
        long now = System.nanoTime();
        if (statusNanos == 0 || now - statusNanos > options.statusEvery().toNanos()) {
            line.publish(topic(Topics.Kind.STATUS), status.get().toByteArray(), true);
            statusNanos = now;
        }
    }

    private void receipt(byte[] attested) {
        try {
            DeviceIdentity me = identity.get();
            Receipt receipt = Receipts.verify(attested, c -> time.verify(c, me.trust()), Role.GATEWAY, me.deviceId());
            if (!receipt.getReceiverId().equals(options.gateway())) {
                throw MalformedException.of("a receipt of another gateway, " + receipt.getReceiverId());
            }
            List<ByteString> received = Receipts.received(receipt);
            journal.received(received);
            received.forEach(underWayNanos::remove);
            for (BlockOutcome refused : Receipts.refused(receipt)) {
                LOG.warn("block refused by {}: {}", receipt.getReceiverId(), refused.getReason());
                journal.refused(refused.getBlockHash());
            }
        } catch (MalformedException | TrustException e) {
            LOG.warn("receipt not believed, nothing deleted: {}", e.getMessage());
        }
    }

    /** Runs on the line's thread: only hands over. */
    private void arrived(Topics.Topic topic, byte[] payload) {
        if (!arrived.offer(new Message(topic.kind(), payload))) {
            LOG.warn("messages come faster than they are handled; one dropped, what it was about will be sent again");
        }
    }

    private String topic(Topics.Kind kind) {
        return Topics.of(journal.device(), kind);
    }
}
