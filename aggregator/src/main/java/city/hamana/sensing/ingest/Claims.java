package city.hamana.sensing.ingest;

import city.hamana.messages.DeviceId;
import city.hamana.messages.MalformedException;
import city.hamana.messages.Ranges;
import city.hamana.messages.Sample;
import city.hamana.messages.SampleBlock;
import city.hamana.messages.v1.Block;
import city.hamana.messages.v1.ChainEnd;
import city.hamana.messages.v1.Loss;
import city.hamana.messages.v1.LossReason;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** What a block may say of its chain, of losses and of its clock. Pure; the objection is one sentence for staff. */
final class Claims {
    /** Highest sequence that is believed: a block every millisecond for 8,000 years. */
    static final long HIGHEST_SEQUENCE = 1L << 48;

    static final int BOOT_BYTES = 16;

    private static final int HASH_BYTES = 32;
    private static final int MOST_LOSSES = 256;
    private static final int MOST_RANGES = 4_096;
    private static final Duration FARTHEST_OFFSET = Duration.ofDays(200 * 366L);
    private static final Instant FIRST = Instant.parse("1900-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("2900-01-01T00:00:00Z");

    private Claims() {}

    /** @param gateway whether the block is the uploading gateway's own, which may speak for its nodes */
    static Optional<String> objection(Block block, boolean gateway) {
        return sequenceObjection(block)
                .or(() -> endObjection(block))
                .or(() -> clockObjection(block))
                .or(() -> lossesObjection(block, gateway));
    }

    private static Optional<String> sequenceObjection(Block block) {
        return block.getSequence() > HIGHEST_SEQUENCE
                ? Optional.of("a block with sequence " + Long.toUnsignedString(block.getSequence()))
                : Optional.empty();
    }

    private static Optional<String> endObjection(Block block) {
        if (!block.hasContinues()) {
            return Optional.empty();
        }
        ChainEnd end = block.getContinues();
        boolean possible = end.getBootId().size() == BOOT_BYTES
                && end.getHash().size() == HASH_BYTES
                && believable(end.getSequence())
                && !end.getBootId().equals(block.getBootId());
        return possible ? Optional.empty() : Optional.of("it names an end of the chain before that cannot be");
    }

    private static Optional<String> clockObjection(Block block) {
        if (Math.abs(block.getCorrection().getOffsetMs()) > FARTHEST_OFFSET.toMillis()
                || block.getCorrection().getOffsetMs() == Long.MIN_VALUE) {
            return Optional.of("it corrects its clock by more than 200 years");
        }
        return SampleBlock.samples(block).stream()
                        .filter(Clocks::untimed)
                        .map(Sample::at)
                        .anyMatch(at -> at.isBefore(FIRST) || at.isAfter(LAST))
                ? Optional.of("a sample without a clock outside the years 1900 to 2900")
                : Optional.empty();
    }

    private static Optional<String> lossesObjection(Block block, boolean gateway) {
        int ranges = block.getLossesList().stream()
                .mapToInt(loss -> loss.getBlocks().getBlocksCount())
                .sum();
        if (block.getLossesCount() > MOST_LOSSES || ranges > MOST_RANGES) {
            return Optional.of(block.getLossesCount() + " losses with " + ranges + " ranges in one block");
        }
        return block.getLossesList().stream()
                .map(loss -> lossObjection(block, loss, gateway))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Optional<String> lossObjection(Block block, Loss loss, boolean gateway) {
        String of = loss.getBlocks().getDeviceId();
        if (!DeviceId.valid(of)) {
            return Optional.of("it declares a loss of a device without a name");
        }
        if (!of.equals(block.getDeviceId()) && !gateway) {
            return Optional.of("it declares a loss of " + of + ", for which it may not speak");
        }
        if (loss.getReason() == LossReason.LOSS_REASON_UNSPECIFIED) {
            return Optional.of("it declares a loss without a reason");
        }
        return possible(loss) ? Optional.empty() : Optional.of("it declares a loss that cannot be");
    }

    private static boolean possible(Loss loss) {
        int boot = loss.getBlocks().getBootId().size();
        boolean named = boot == BOOT_BYTES || (boot == 0 && loss.getBlocks().getBlocksCount() == 0);
        try {
            return named
                    && Ranges.of(loss.getBlocks().getBlocksList()).highest() <= HIGHEST_SEQUENCE
                    && loss.getSamples() >= 0
                    && loss.getFirstUnixMs() <= loss.getLastUnixMs();
        } catch (MalformedException e) {
            return false;
        }
    }

    static boolean believable(long sequence) {
        return sequence >= 1 && sequence <= HIGHEST_SEQUENCE;
    }
}
