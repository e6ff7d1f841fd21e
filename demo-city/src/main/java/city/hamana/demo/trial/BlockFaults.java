package city.hamana.demo.trial;

import city.hamana.demo.city.Plan;
import city.hamana.link.CertificateTime;
import city.hamana.link.DeviceIdentity;
import city.hamana.link.MqttLine;
import city.hamana.messages.Dsse;
import city.hamana.messages.PayloadType;
import city.hamana.messages.Sample;
import city.hamana.messages.SampleBlock;
import city.hamana.messages.Topics;
import city.hamana.messages.v1.Block;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.eclipse.paho.mqttv5.common.MqttException;

/**
 * Somebody who has a node's key and certificate, and says under its name what the node did not say, or not now. The
 * broker drops the node's own connection for it, and the node comes back.
 */
final class BlockFaults {
    private static final Duration KEEP_ALIVE = Duration.ofSeconds(10);
    private static final Duration LOOK_EVERY = Duration.ofMillis(300);
    private static final int MOST_LOOKS = 10;
    private static final int MOST_REPEATED = 300;
    private static final int POISONOUS = 15;
    private static final int LONGEST_GARBAGE = 3_000;

    /** Being dropped by the broker is what we came for, and not worth a warning of our own. */
    private static final Logger LINE_LOG = Logger.getLogger(MqttLine.class.getName());

    private final Site site;
    private final CapturedBlocks captured;
    private final CityHall cityHall;

    BlockFaults(Site site, CapturedBlocks captured, CityHall cityHall) {
        this.site = site;
        this.captured = captured;
        this.cityHall = cityHall;
        LINE_LOG.setLevel(Level.OFF);
    }

    /** What was delivered before is delivered again, in another order, and some of it twice. */
    Fault.Healing replay(Step step) throws IOException, InterruptedException {
        SplittableRandom random = step.random();
        List<byte[]> old = captured.some(step.target());
        List<byte[]> again = new ArrayList<>();
        for (int i = 0; i < MOST_REPEATED && !old.isEmpty(); i++) {
            again.add(old.get(random.nextInt(old.size())));
        }
        return publish(step.target(), again);
    }

    /** Noise, the first part of a block, and a block that another device has signed. */
    Fault.Healing poison(Step step) throws IOException, InterruptedException {
        SplittableRandom random = step.random();
        List<byte[]> old = captured.some(step.target());
        String other = step.target().equals(Plan.NODE_1) ? Plan.NODE_2 : Plan.NODE_1;
        List<byte[]> messages = new ArrayList<>();
        for (int i = 0; i < POISONOUS; i++) {
            byte[] noise = new byte[random.nextInt(1, LONGEST_GARBAGE)];
            random.nextBytes(noise);
            messages.add(noise);
            if (!old.isEmpty()) {
                byte[] block = old.get(random.nextInt(old.size()));
                messages.add(java.util.Arrays.copyOf(block, random.nextInt(block.length)));
                messages.add(identity(other).seal(PayloadType.BLOCK, payload(block)));
            }
        }
        return publish(step.target(), messages);
    }

    /** A second, different block for a place that city hall holds already, properly signed. */
    Fault.Healing fork(Step step) throws IOException, InterruptedException {
        Optional<Block> old = awaitHeldBlock(step.target());
        if (old.isEmpty()) {
            throw new Fault.NotAvailableException("no block was captured that city hall holds");
        }
        Block second = old.get().toBuilder()
                .clearSeries()
                .addAllSeries(SampleBlock.pack(SampleBlock.samples(old.get()).stream()
                        .map(BlockFaults::changed)
                        .toList()))
                .build();
        return publish(step.target(), List.of(identity(step.target()).seal(PayloadType.BLOCK, second.toByteArray())));
    }

    private Optional<Block> awaitHeldBlock(String node) throws IOException, InterruptedException {
        captured.some(node);
        Optional<Block> held = heldBlock(node);
        for (int i = 0; i < MOST_LOOKS && held.isEmpty(); i++) {
            Thread.sleep(LOOK_EVERY);
            held = heldBlock(node);
        }
        return held;
    }

    private Optional<Block> heldBlock(String node) throws IOException, InterruptedException {
        for (byte[] envelope : captured.some(node)) {
            Block block = SampleBlock.parse(payload(envelope));
            for (Sample sample : SampleBlock.samples(block)) {
                if (holds(sample)) {
                    return Optional.of(block);
                }
            }
        }
        return Optional.empty();
    }

    private boolean holds(Sample sample) throws IOException, InterruptedException {
        String path =
                "/api/v1/series/" + sample.meter() + "/" + sample.quantity().code() + "?from=" + sample.at() + "&to="
                        + sample.at().plusMillis(1);
        return cityHall.get(path)
                .filter(series -> !series.path("samples").isEmpty())
                .isPresent();
    }

    private static Sample changed(Sample sample) {
        return new Sample(
                sample.meter(), sample.quantity(), sample.at(), sample.value() + 1, sample.exponent(), sample.flags());
    }

    private Fault.Healing publish(String node, List<byte[]> messages) throws IOException {
        URI broker = URI.create("ssl://localhost:" + site.plan().broker());
        DeviceIdentity me = identity(node);
        CertificateTime time = CertificateTime.of(captured.folder(), me, () -> true, InstantSource.system());
        try (MqttLine line = MqttLine.connect(broker, me, time, KEEP_ALIVE, Optional.empty(), (topic, payload) -> {})) {
            for (byte[] message : messages) {
                line.deliver(Topics.of(node, Topics.Kind.BLOCK), message, false);
            }
        } catch (MqttException e) {
            // The node itself comes back at once and takes its place: then we were heard for as long.
            return Fault.Healing.NOTHING_TO_HEAL;
        }
        return Fault.Healing.NOTHING_TO_HEAL;
    }

    private DeviceIdentity identity(String device) {
        return DeviceIdentity.load(site.plan().home(device).resolve("identity"));
    }

    private static byte[] payload(byte[] envelope) {
        return Dsse.parse(envelope).getPayload().toByteArray();
    }
}
