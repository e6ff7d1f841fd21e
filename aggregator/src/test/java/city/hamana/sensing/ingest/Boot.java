package city.hamana.sensing.ingest;

import city.hamana.link.DeviceIdentity;
import city.hamana.messages.Dsse;
import city.hamana.messages.PayloadType;
import city.hamana.messages.Quantity;
import city.hamana.messages.Sample;
import city.hamana.messages.SampleBlock;
import city.hamana.messages.v1.Block;
import city.hamana.messages.v1.BlockSet;
import city.hamana.messages.v1.ChainEnd;
import city.hamana.messages.v1.ClockState;
import city.hamana.messages.v1.Loss;
import city.hamana.messages.v1.LossReason;
import city.hamana.messages.v1.SequenceRange;
import com.google.protobuf.ByteString;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** One start of a device's program, writing its chain of blocks. */
final class Boot {
    final ByteString id;

    private final DeviceIdentity device;
    private final List<byte[]> blocks = new ArrayList<>();
    private boolean synchronised = true;

    Boot(DeviceIdentity device, int number) {
        this.device = device;
        this.id = Edge.boot(number);
    }

    /** The same without a clock that can be trusted. */
    Boot withoutClock() {
        synchronised = false;
        return this;
    }

    /** The next block, its minute that of its sequence, with whatever it says besides. */
    byte[] next(Consumer<Block.Builder> more) {
        long sequence = blocks.size() + 1L;
        Block.Builder block = Block.newBuilder()
                .setDeviceId(device.deviceId())
                .setBootId(id)
                .setSequence(sequence)
                .setClock(ClockState.newBuilder()
                        .setUnixMs(Edge.NOW.plus(Duration.ofMinutes(sequence)).toEpochMilli())
                        .setMonotonicMs(sequence * 60_000)
                        .setSynchronised(synchronised));
        if (!blocks.isEmpty()) {
            block.setPreviousHash(ByteString.copyFrom(Dsse.sha256(blocks.getLast())));
        }
        more.accept(block);
        byte[] envelope = device.seal(PayloadType.BLOCK, block.build().toByteArray());
        blocks.add(envelope);
        return envelope;
    }

    byte[] next() {
        return next(block -> {});
    }

    List<byte[]> next(int count) {
        List<byte[]> made = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            made.add(next());
        }
        return made;
    }

    byte[] block(int sequence) {
        return blocks.get(sequence - 1);
    }

    /** The end of this chain after so many blocks, as the next boot names it. */
    ChainEnd end(int sequence) {
        return ChainEnd.newBuilder()
                .setBootId(id)
                .setSequence(sequence)
                .setHash(ByteString.copyFrom(Dsse.sha256(block(sequence))))
                .build();
    }

    /** Blocks of this chain given up; without bounds all of it. */
    Loss loss(long... firstAndLast) {
        BlockSet.Builder set =
                BlockSet.newBuilder().setDeviceId(device.deviceId()).setBootId(id);
        for (int i = 0; i + 1 < firstAndLast.length; i += 2) {
            set.addBlocks(SequenceRange.newBuilder().setFirst(firstAndLast[i]).setLast(firstAndLast[i + 1]));
        }
        return Loss.newBuilder()
                .setBlocks(set)
                .setReason(LossReason.LOSS_REASON_QUOTA_FINE)
                .setSamples(7)
                .setDetail("the quota was reached")
                .build();
    }

    /** One reading of the meter, in litres. */
    static Consumer<Block.Builder> reading(Instant at, long litres, int flags) {
        Sample sample = new Sample(Edge.METER, Quantity.VOLUME, at, litres, -3, flags);
        return block -> block.addAllSeries(SampleBlock.pack(List.of(sample)));
    }
}
