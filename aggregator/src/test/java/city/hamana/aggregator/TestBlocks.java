package city.hamana.aggregator;

import city.hamana.link.Certificates;
import city.hamana.link.DeviceIdentity;
import city.hamana.link.Trust;
import city.hamana.messages.Dsse;
import city.hamana.messages.PayloadType;
import city.hamana.messages.Quality;
import city.hamana.messages.Quantity;
import city.hamana.messages.Sample;
import city.hamana.messages.SampleBlock;
import city.hamana.messages.v1.Batch;
import city.hamana.messages.v1.Block;
import city.hamana.messages.v1.BlockSet;
import city.hamana.messages.v1.ClockState;
import city.hamana.messages.v1.Loss;
import city.hamana.messages.v1.LossReason;
import city.hamana.messages.v1.SequenceRange;
import city.hamana.messages.v1.Upload;
import city.hamana.platform.http.Caller;
import city.hamana.sensing.ingest.Ingest;
import com.google.protobuf.ByteString;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** What two nodes of a gateway uploaded: one with everything that can be amiss, one all in order. */
final class TestBlocks {
    static final ByteString BOOT = boot(7);
    private static final Set<Integer> NOT_SENT = Set.of(4, 5, 9, 11);
    private static final int BLOCKS = 14;

    private TestBlocks() {}

    /** node-0022: block 4 and 5 lost and declared, 9 unexplained, 11 waiting, 14 without a clock, 8 exchanged. */
    static void fill(City city) {
        if (TestCity.module(city, Ingest.class).knows("node-0022")) {
            return;
        }
        DeviceIdentity gateway = TestCity.gateway("gw-0002");
        DeviceIdentity bad = TestCity.node("node-0022");
        DeviceIdentity good = TestCity.node("node-0021");
        List<byte[]> sent = new ArrayList<>();
        byte[] before = {};
        for (int i = 1; i <= BLOCKS; i++) {
            byte[] block = block(bad, BOOT, i, before, TestBlocks::amiss);
            if (!NOT_SENT.contains(i)) {
                sent.add(block);
            }
            before = block;
        }
        before = new byte[0];
        for (int i = 1; i <= BLOCKS; i++) {
            before = block(good, boot(8), i, before, block -> {});
            sent.add(before);
        }
        upload(city, gateway, List.of(bad, good), sent);
    }

    private static void amiss(Block.Builder block) {
        if (block.getSequence() == 8) {
            block.setPreviousHash(ByteString.copyFrom(new byte[32]));
        }
        if (block.getSequence() == 12) {
            block.addLosses(loss(block));
        }
        if (block.getSequence() == BLOCKS) {
            block.getClockBuilder().setSynchronised(false);
            Sample sample = new Sample("els-00000022", Quantity.VOLUME, TestCity.NOW, 5, -3, Quality.CLOCK_UNKNOWN);
            block.addAllSeries(SampleBlock.pack(List.of(sample)));
        }
    }

    private static Loss loss(Block.Builder block) {
        return Loss.newBuilder()
                .setBlocks(BlockSet.newBuilder()
                        .setDeviceId(block.getDeviceId())
                        .setBootId(block.getBootId())
                        .addBlocks(SequenceRange.newBuilder().setFirst(4).setLast(5)))
                .setReason(LossReason.LOSS_REASON_QUOTA_FINE)
                .setSamples(236)
                .setFirstUnixMs(made(4).toEpochMilli())
                .setLastUnixMs(made(5).toEpochMilli())
                .setDetail("quota of 64 MB reached")
                .build();
    }

    private static byte[] block(
            DeviceIdentity node, ByteString boot, int sequence, byte[] before, Consumer<Block.Builder> more) {
        Block.Builder block = Block.newBuilder()
                .setDeviceId(node.deviceId())
                .setBootId(boot)
                .setSequence(sequence)
                .setPreviousHash(ByteString.copyFrom(sequence == 1 ? new byte[0] : Dsse.sha256(before)))
                .setClock(ClockState.newBuilder()
                        .setUnixMs(made(sequence).toEpochMilli())
                        .setSynchronised(true));
        more.accept(block);
        return node.seal(PayloadType.BLOCK, block.build().toByteArray());
    }

    private static void upload(City city, DeviceIdentity gateway, List<DeviceIdentity> nodes, List<byte[]> blocks) {
        Batch.Builder batch = Batch.newBuilder()
                .setGatewayId(gateway.deviceId())
                .setChainId(boot(9))
                .setSequence(1);
        Upload.Builder upload = Upload.newBuilder();
        for (byte[] block : blocks) {
            batch.addBlockHashes(ByteString.copyFrom(Dsse.sha256(block)));
            upload.addBlocks(ByteString.copyFrom(block));
        }
        nodes.forEach(node -> upload.addCertificates(ByteString.copyFrom(Certificates.der(node.certificate()))));
        upload.setBatch(ByteString.copyFrom(
                gateway.seal(PayloadType.BATCH, batch.build().toByteArray())));
        Trust.Peer peer = gateway.trust().verify(gateway.certificate(), Instant.now());
        TestCity.module(city, Ingest.class)
                .handle(
                        new Caller.Device(peer, gateway.certificate()),
                        upload.build().toByteArray());
    }

    private static Instant made(int sequence) {
        return TestCity.NOW.minus(Duration.ofHours(20L - sequence));
    }

    private static ByteString boot(int number) {
        byte[] id = new byte[16];
        for (int i = 0; i < id.length; i++) {
            id[i] = (byte) (number * 31 + i * 7);
        }
        return ByteString.copyFrom(id);
    }
}
