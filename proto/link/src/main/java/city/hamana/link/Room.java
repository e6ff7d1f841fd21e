package city.hamana.link;

import city.hamana.link.BlockTable.Thinnable;
import city.hamana.link.Journal.Content;
import city.hamana.link.Journal.Options;
import city.hamana.link.Journal.Own;
import city.hamana.messages.Dsse;
import city.hamana.messages.Quality;
import city.hamana.messages.Ranges;
import city.hamana.messages.Sample;
import city.hamana.messages.SampleBlock;
import city.hamana.messages.v1.Block;
import city.hamana.messages.v1.BlockSet;
import city.hamana.messages.v1.ClockCorrection;
import city.hamana.messages.v1.Loss;
import city.hamana.messages.v1.LossReason;
import city.hamana.messages.v1.Priority;
import com.google.protobuf.ByteString;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Map;

/**
 * Makes room in a journal whose quota is reached: first what is only retained, then diagnostics, then step by step of the
 * own samples ({@link Thinning}), always the oldest first and always down to nine tenths, so that it is not done at every
 * block. Blocks of other devices are not divided: only who signed a block can sign what is left of it. Where nothing more
 * may be given up, nothing more is taken, and the nodes make room in their own journals.
 */
final class Room {
    private static final int MOST_BLOCKS = 256;
    private static final long MOST_BYTES = 1 << 20;
    private static final int MOST_CHUNKS_AT_ONCE = 16;
    private static final int MOST_LOSSES_CARRIED = 1_000;
    private static final Duration DISK_FULL_HOLDS = Duration.ofHours(1);

    private final String device;
    private final BlockTable blocks;
    private final Options options;
    private long smallerQuotaBytes = Long.MAX_VALUE;
    private long smallerSinceNanos;

    /** An own block taken apart. */
    private record Part(Thinnable row, Block block, List<Sample> samples) {
        /** What only makes sense in its own boot, or must not be touched at this step, stays as it is. */
        boolean fixed(Thinning step) {
            return block.hasCorrection()
                    || block.hasContinues()
                    || (block.getPriority() == Priority.PRIORITY_ALARM && step != Thinning.HOURLY)
                    || samples.stream().anyMatch(s -> (s.flags() & Quality.CLOCK_UNKNOWN) != 0);
        }
    }

    Room(String device, BlockTable blocks, Options options) {
        this.device = device;
        this.blocks = blocks;
        this.options = options;
    }

    /** The disk was full before the quota was reached: for an hour what is here now counts as nearly the quota. */
    void diskFull() {
        smallerQuotaBytes = Math.max(1, blocks.usedBytes() / 10 * 9);
        smallerSinceNanos = System.nanoTime();
    }

    private long quotaBytes() {
        boolean holds = System.nanoTime() - smallerSinceNanos < DISK_FULL_HOLDS.toNanos();
        return holds ? Math.min(options.quotaBytes(), smallerQuotaBytes) : options.quotaBytes();
    }

    boolean needed() {
        return blocks.usedBytes() >= quotaBytes();
    }

    /** Makes room in the running transaction, as much as can be done in a moment: the next block goes on with it. */
    void make(Own own) throws SQLException {
        long goal = quotaBytes() / 10 * 9;
        blocks.dropRetained(blocks.usedBytes() - goal);
        int chunks = 0;
        boolean more = true;
        while (more && blocks.usedBytes() > goal && chunks++ < MOST_CHUNKS_AT_ONCE) {
            more = dropOthersDiagnostics() || thinNextStep(own);
        }
    }

    /**
     * Requires room for one more block.
     *
     * @throws JournalException if the quota is reached
     */
    void require(Path file) {
        if (blocks.usedBytes() >= options.quotaBytes()) {
            throw JournalException.full(file, options.quotaBytes());
        }
    }

    private boolean dropOthersDiagnostics() throws SQLException {
        List<Long> ids = blocks.othersDiagnostics(device, MOST_BLOCKS);
        for (BlockSet gone : blocks.delete(ids)) {
            blocks.note(
                    device,
                    Loss.newBuilder()
                            .setBlocks(gone)
                            .setReason(LossReason.LOSS_REASON_QUOTA_DIAGNOSTICS)
                            .setDetail(detail())
                            .build());
        }
        return !ids.isEmpty();
    }

    private boolean thinNextStep(Own own) throws SQLException {
        for (Thinning step : Thinning.values()) {
            if (thin(own, step)) {
                return true;
            }
        }
        return false;
    }

    /** One step for the oldest blocks that have not gone through it; false when there are none. */
    private boolean thin(Own own, Thinning step) throws SQLException {
        List<Part> chunk = chunk(blocks.thinnable(device, step.level(), MOST_BLOCKS, MOST_BYTES));
        List<Part> parts = chunk.stream().filter(part -> !part.fixed(step)).toList();
        Content whole = content(parts);
        Content rest = new Content(
                whole.priority(),
                step.kept(whole.samples(), options.zone()),
                step.keptTelegrams(whole.undecoded(), options.zone()),
                whole.correction());
        blocks.thinned(chunk.stream().map(part -> part.row().id()).toList(), step.level());
        if (size(rest) < size(whole)) {
            blocks.delete(parts.stream().map(part -> part.row().id()).toList());
            own.append(rest, losses(parts, step), step.level());
        }
        return !chunk.isEmpty();
    }

    /** As many of the blocks, from the first on, as have room in one; at least one. */
    private static List<Part> chunk(List<Thinnable> rows) {
        List<Part> parts = new ArrayList<>();
        int samples = 0;
        int telegrams = 0;
        for (Thinnable row : rows) {
            Block block =
                    SampleBlock.parse(Dsse.parse(row.envelope()).getPayload().toByteArray());
            Part part = new Part(row, block, SampleBlock.samples(block));
            samples += part.samples().size();
            telegrams += block.getUndecodedCount();
            if (!parts.isEmpty() && (samples > SampleBlock.MOST_SAMPLES || telegrams > SampleBlock.MOST_UNDECODED)) {
                break;
            }
            parts.add(part);
        }
        return parts;
    }

    private static Content content(List<Part> parts) {
        return new Content(
                Priority.PRIORITY_READING,
                parts.stream().flatMap(part -> part.samples().stream()).toList(),
                parts.stream()
                        .flatMap(part -> part.block().getUndecodedList().stream())
                        .toList(),
                ClockCorrection.getDefaultInstance());
    }

    private static int size(Content content) {
        return content.samples().size() + content.undecoded().size();
    }

    /** What the blocks themselves told of losses, and theirs: one record for each of their boots. */
    private List<Loss> losses(List<Part> parts, Thinning step) {
        List<Loss> losses = new ArrayList<>();
        Map<ByteString, List<Part>> byBoot = new LinkedHashMap<>();
        for (Part part : parts) {
            losses.addAll(part.block().getLossesList());
            byBoot.computeIfAbsent(part.row().bootId(), b -> new ArrayList<>()).add(part);
        }
        byBoot.forEach((boot, of) -> losses.add(loss(boot, of, step)));
        return losses.size() <= MOST_LOSSES_CARRIED
                ? losses
                : losses.subList(losses.size() - MOST_LOSSES_CARRIED, losses.size());
    }

    private Loss loss(ByteString boot, List<Part> parts, Thinning step) {
        Ranges ranges = new Ranges();
        parts.forEach(part -> ranges.add(part.row().sequence()));
        Content whole = content(parts);
        LongSummaryStatistics span =
                whole.samples().stream().mapToLong(s -> s.at().toEpochMilli()).summaryStatistics();
        int gone = size(whole)
                - step.kept(whole.samples(), options.zone()).size()
                - step.keptTelegrams(whole.undecoded(), options.zone()).size();
        return Loss.newBuilder()
                .setBlocks(BlockSet.newBuilder()
                        .setDeviceId(device)
                        .setBootId(boot)
                        .addAllBlocks(ranges.list()))
                .setReason(step.reason())
                .setSamples(gone)
                .setFirstUnixMs(span.getCount() == 0 ? 0 : span.getMin())
                .setLastUnixMs(span.getCount() == 0 ? 0 : span.getMax())
                .setDetail(detail())
                .build();
    }

    private String detail() {
        return "The quota of " + options.quotaBytes() + " bytes was reached.";
    }
}
