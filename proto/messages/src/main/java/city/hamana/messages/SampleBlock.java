package city.hamana.messages;

import city.hamana.messages.v1.Block;
import city.hamana.messages.v1.Series;
import com.google.protobuf.InvalidProtocolBufferException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Samples in a block: grouped by series, delta-coded, packed (hourly readings cost two to four bytes each). Values wrap
 * around in 64 bits both ways, so every long comes back as it went in.
 */
public final class SampleBlock {
    /** Most samples that one block may carry. */
    public static final int MOST_SAMPLES = 65_536;

    /** Most telegrams that could not be decoded and that one block may carry. */
    public static final int MOST_UNDECODED = 1_024;

    private record Key(String meter, Quantity quantity, int exponent) {}

    private SampleBlock() {}

    /** Series in the order in which they first appear; samples of a series keep their order. */
    public static List<Series> pack(List<Sample> samples) {
        if (samples.size() > MOST_SAMPLES) {
            throw new IllegalArgumentException(samples.size() + " samples do not fit one block");
        }
        Map<Key, Packer> packers = new LinkedHashMap<>();
        for (Sample sample : samples) {
            Key key = new Key(sample.meter(), sample.quantity(), sample.exponent());
            packers.computeIfAbsent(key, Packer::new).add(sample);
        }
        return packers.values().stream().map(Packer::series).toList();
    }

    /**
     * A block's bytes as a block whose samples can be read.
     *
     * @throws MalformedException naming what is wrong
     */
    public static Block parse(byte[] payload) {
        Block block;
        try {
            block = Block.parseFrom(payload);
        } catch (InvalidProtocolBufferException e) {
            throw MalformedException.of("not a block", e);
        }
        checkHead(block);
        checkSamples(block);
        return block;
    }

    /**
     * The samples of a block, series by series. A series of a quantity that this version does not know is left out: it
     * stays in the block, which is kept.
     *
     * @throws MalformedException naming what is wrong
     */
    public static List<Sample> samples(Block block) {
        List<Sample> samples = new ArrayList<>();
        for (Series series : block.getSeriesList()) {
            Quantity.ofCode(series.getQuantity()).ifPresent(quantity -> unpack(series, quantity, samples));
        }
        return samples;
    }

    private static void checkHead(Block block) {
        if (!DeviceId.valid(block.getDeviceId())) {
            throw MalformedException.of("a block without a device's id");
        }
        Chain.check(block.getBootId(), block.getSequence(), block.getPreviousHash());
        if (block.getUndecodedCount() > MOST_UNDECODED) {
            throw MalformedException.of(block.getUndecodedCount() + " telegrams in one block");
        }
    }

    private static void checkSamples(Block block) {
        long total = 0;
        for (Series series : block.getSeriesList()) {
            int n = series.getValueDeltasCount();
            total += n;
            if (n != series.getInstantStepDeltasCount()) {
                throw MalformedException.of(
                        "a series of " + n + " values and " + series.getInstantStepDeltasCount() + " instants");
            }
            if (series.getFlagsCount() != 0 && series.getFlagsCount() != n) {
                throw MalformedException.of("a series of " + n + " values and " + series.getFlagsCount() + " flags");
            }
        }
        if (total > MOST_SAMPLES) {
            throw MalformedException.of(total + " samples in one block");
        }
        samples(block);
    }

    private static void unpack(Series series, Quantity quantity, List<Sample> into) {
        long instant = series.getFirstUnixMs();
        long step = 0;
        long value = 0;
        for (int i = 0; i < series.getValueDeltasCount(); i++) {
            step += series.getInstantStepDeltas(i);
            instant += step;
            value += series.getValueDeltas(i);
            int flags = series.getFlagsCount() == 0 ? 0 : series.getFlags(i);
            into.add(sample(series, quantity, instant, value, flags));
        }
    }

    private static Sample sample(Series series, Quantity quantity, long instant, long value, int flags) {
        try {
            return new Sample(
                    series.getMeterId(), quantity, Instant.ofEpochMilli(instant), value, series.getExponent(), flags);
        } catch (IllegalArgumentException e) {
            throw MalformedException.of("a sample that cannot be", e);
        }
    }

    /** One series being packed. */
    private static final class Packer {
        private final Series.Builder series;
        private long instant;
        private long step;
        private long value;
        private boolean anyFlag;

        Packer(Key key) {
            series = Series.newBuilder()
                    .setMeterId(key.meter())
                    .setQuantity(key.quantity().code())
                    .setExponent(key.exponent());
        }

        void add(Sample sample) {
            long at = sample.at().toEpochMilli();
            if (series.getValueDeltasCount() == 0) {
                series.setFirstUnixMs(at);
                instant = at;
            }
            long nextStep = at - instant;
            series.addInstantStepDeltas(nextStep - step);
            series.addValueDeltas(sample.value() - value);
            series.addFlags(sample.flags());
            anyFlag |= sample.flags() != 0;
            step = nextStep;
            instant = at;
            value = sample.value();
        }

        Series series() {
            return anyFlag ? series.build() : series.clearFlags().build();
        }
    }
}
