package city.hamana.gateway;

import city.hamana.gateway.Nodes.Signer;
import city.hamana.link.Backoff;
import city.hamana.link.CertificateTime;
import city.hamana.link.Certificates;
import city.hamana.link.DeviceIdentity;
import city.hamana.link.Journal;
import city.hamana.link.JournalException;
import city.hamana.link.LineKeeper;
import city.hamana.link.MqttLine;
import city.hamana.link.Receipts;
import city.hamana.link.TrustException;
import city.hamana.messages.Dsse;
import city.hamana.messages.MalformedException;
import city.hamana.messages.PayloadType;
import city.hamana.messages.SampleBlock;
import city.hamana.messages.Topics;
import city.hamana.messages.Topics.Kind;
import city.hamana.messages.Topics.Topic;
import city.hamana.messages.v1.Block;
import city.hamana.messages.v1.BlockOutcome;
import city.hamana.messages.v1.Envelope;
import city.hamana.messages.v1.Introduction;
import city.hamana.messages.v1.Receipt;
import city.hamana.messages.v1.Status;
import city.hamana.messages.v1.Verdict;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.net.URI;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
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
 * Takes the nodes' blocks from the broker: what has come since the last turn is checked, kept in one commit, and only
 * then signed for. A block that cannot be the node's is refused with its reason and stays with the node.
 */
final class Intake implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Intake.class);
    private static final int MOST_WAITING_MESSAGES = 2_000;
    private static final int MOST_PER_COMMIT = 256;
    private static final int MOST_OUTGOING = 1_000;
    private static final Duration KEEP_ALIVE = Duration.ofSeconds(30);

    private record Message(Topic topic, byte[] payload) {}

    private record Checked(String node, ByteString hash, String refusal) {}

    private final Supplier<DeviceIdentity> identity;
    private final CertificateTime time;
    private final Journal journal;
    private final Nodes nodes;
    private final GatewaySettings settings;
    private final Runnable presenceChanged;
    private final BlockingQueue<Message> arrived = new ArrayBlockingQueue<>(MOST_WAITING_MESSAGES);
    private final BlockingQueue<Message> outgoing = new ArrayBlockingQueue<>(MOST_OUTGOING);
    private final Runnable ensureBroker;
    private final LineKeeper keeper;

    /**
     * An intake that does nothing yet.
     *
     * @param presenceChanged called when a node has come or gone
     * @param ensureBroker called before each dial
     */
    Intake(
            Supplier<DeviceIdentity> identity,
            CertificateTime time,
            Journal journal,
            Nodes nodes,
            GatewaySettings settings,
            Runnable presenceChanged,
            Runnable ensureBroker) {
        this.time = time;
        this.ensureBroker = ensureBroker;
        this.identity = identity;
        this.journal = journal;
        this.nodes = nodes;
        this.settings = settings;
        this.presenceChanged = presenceChanged;
        Backoff backoff = new Backoff(Duration.ofMillis(200), Duration.ofSeconds(5), RandomGenerator.getDefault());
        this.keeper = new LineKeeper("intake", "broker", backoff, new Taking());
    }

    void start() {
        keeper.start();
    }

    @Override
    public void close() {
        keeper.close();
    }

    /** What is done on the line; see {@link LineKeeper}. */
    private final class Taking implements LineKeeper.Work {
        @Override
        public MqttLine dial() throws MqttException {
            ensureBroker.run();
            URI broker = URI.create("ssl://" + settings.brokerHost() + ":" + settings.brokerPort());
            return MqttLine.connect(broker, identity.get(), time, KEEP_ALIVE, Optional.empty(), Intake.this::arrived);
        }

        @Override
        public void greet(MqttLine line) throws MqttException {
            for (Kind kind : List.of(Kind.CERTIFICATE, Kind.STATUS, Kind.BLOCK)) {
                line.subscribe(Topics.every(kind));
            }
        }

        @Override
        public void turn(MqttLine line) throws MqttException, InterruptedException {
            List<Message> messages = new ArrayList<>();
            sendOutgoing(line);
            Message first = arrived.poll(500, TimeUnit.MILLISECONDS);
            if (first != null) {
                messages.add(first);
                arrived.drainTo(messages, MOST_PER_COMMIT - 1);
                handle(line, messages);
            }
        }
    }

    private void handle(MqttLine line, List<Message> messages) throws MqttException {
        List<Checked> checked = new ArrayList<>();
        List<Journal.Incoming> good = new ArrayList<>();
        for (Message message : messages) {
            switch (message.topic().kind()) {
                case BLOCK -> {
                    // Who has not introduced itself yet is not answered: it sends again, and a refusal would count.
                    if (nodes.knows(message.topic().device())) {
                        checked.add(check(message, good));
                    }
                }
                case STATUS -> status(message);
                case CERTIFICATE -> certificate(message);
                case RECEIPT, WANTED, SETTINGS, COMMAND -> {}
            }
        }
        sign(
                line,
                keep(good)
                        ? checked
                        : checked.stream().filter(c -> !c.refusal().isEmpty()).toList());
    }

    /** Whether all are on the disk. What is not is not signed for: the node keeps it and sends it again. */
    private boolean keep(List<Journal.Incoming> blocks) {
        try {
            if (!blocks.isEmpty()) {
                journal.accept(identity.get(), settings.clock().state(), blocks);
            }
            return true;
        } catch (JournalException e) {
            LOG.error("{}", e.getMessage());
            return false;
        }
    }

    private Checked check(Message message, List<Journal.Incoming> good) {
        String node = message.topic().device();
        ByteString hash = ByteString.copyFrom(Dsse.sha256(message.payload()));
        if (nodes.heard(node)) {
            presenceChanged.run();
        }
        try {
            Envelope envelope = Dsse.parse(message.payload());
            String keyid = Dsse.claimedKeyid(envelope);
            Signer signer = nodes.signer(node, keyid)
                    .orElseThrow(() -> MalformedException.of("the certificate of " + node + " has not come"));
            byte[] payload =
                    Dsse.open(envelope, PayloadType.BLOCK, signer.peer().key());
            Block block = SampleBlock.parse(payload);
            if (!block.getDeviceId().equals(node)) {
                throw MalformedException.of("a block of another device");
            }
            good.add(Journal.Incoming.of(message.payload(), block, signer.certificate()));
            return new Checked(node, hash, "");
        } catch (MalformedException e) {
            LOG.warn("block of {} refused: {}", node, e.getMessage());
            return new Checked(node, hash, e.getMessage());
        }
    }

    private void sign(MqttLine line, List<Checked> checked) throws MqttException {
        Map<String, Receipt.Builder> receipts = new LinkedHashMap<>();
        for (Checked block : checked) {
            receipts.computeIfAbsent(block.node(), this::receipt)
                    .addOutcomes(BlockOutcome.newBuilder()
                            .setBlockHash(block.hash())
                            .setVerdict(block.refusal().isEmpty() ? Verdict.VERDICT_STORED : Verdict.VERDICT_REFUSED)
                            .setReason(block.refusal()));
        }
        for (Map.Entry<String, Receipt.Builder> entry : receipts.entrySet()) {
            byte[] attested = Receipts.attest(entry.getValue().build(), identity.get());
            line.publish(Topics.of(entry.getKey(), Kind.RECEIPT), attested, false);
        }
    }

    private Receipt.Builder receipt(String node) {
        return Receipt.newBuilder()
                .setReceiverId(identity.get().deviceId())
                .setSenderId(node)
                .setReceivedUnixMs(settings.clock().now().toEpochMilli());
    }

    private void status(Message message) {
        String node = message.topic().device();
        boolean changed = message.payload().length == 0 ? nodes.gone(node) : reported(node, message.payload());
        if (changed) {
            presenceChanged.run();
        }
    }

    private boolean reported(String node, byte[] payload) {
        try {
            return nodes.reported(node, Status.parseFrom(payload));
        } catch (InvalidProtocolBufferException e) {
            LOG.warn("status of {} cannot be read: {}", node, e.getMessage());
            return false;
        }
    }

    private void certificate(Message message) {
        try {
            List<X509Certificate> certificates =
                    Introduction.parseFrom(message.payload()).getCertificatesList().stream()
                            .map(der -> Certificates.parse(der.toByteArray()))
                            .toList();
            nodes.introduce(
                    message.topic().device(), certificates, time, identity.get().trust());
            presenceChanged.run();
        } catch (TrustException | MalformedException | InvalidProtocolBufferException e) {
            LOG.warn("certificates of {} not believed: {}", message.topic().device(), e.getMessage());
        }
    }

    /** Hands something from city hall to a node, with the next turn; what finds no room is asked for again anyway. */
    void tell(String node, Kind kind, byte[] payload) {
        if (!outgoing.offer(new Message(new Topic(node, kind), payload))) {
            LOG.warn("too much to tell the nodes at once; something for {} is left out", node);
        }
    }

    private void sendOutgoing(MqttLine line) throws MqttException {
        for (Message message = outgoing.poll(); message != null; message = outgoing.poll()) {
            line.publish(Topics.of(message.topic().device(), message.topic().kind()), message.payload(), false);
        }
    }

    /** Runs on the line's thread; waits when the intake is behind, so that the broker holds the nodes back. */
    private void arrived(Topic topic, byte[] payload) {
        try {
            arrived.put(new Message(topic, payload));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
