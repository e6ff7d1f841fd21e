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
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

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

    /** Far below what city hall takes in one block: 256 losses with 4,096 ranges. */
    private static final int MOST_RECORDS = 100;

    private static final int MOST_RANGES = 1_000;
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
            own.append(rest, losses(parts, rest, step), step.level());
        }
        return !chunk.isEmpty();
    }

    /** As many of the blocks, from the first on, as have room in one; at least one. */
    private static List<Part> chunk(List<Thinnable> rows) {
        List<Part> parts = new ArrayList<>();
        int samples = 0;
        int telegrams = 0;
        int records = 0;
        int ranges = 0;
        for (Thinnable row : rows) {
            Block block =
                    SampleBlock.parse(Dsse.parse(row.envelope()).getPayload().toByteArray());
            Part part = new Part(row, block, SampleBlock.samples(block));
            samples += part.samples().size();
            telegrams += block.getUndecodedCount();
            records += 1 + block.getLossesCount();
            ranges += 1 + ranges(block);
            boolean fits = samples <= SampleBlock.MOST_SAMPLES
                    && telegrams <= SampleBlock.MOST_UNDECODED
                    && records <= MOST_RECORDS
                    && ranges <= MOST_RANGES;
            if (!fits && !parts.isEmpty()) {
                break;
            }
            parts.add(part);
        }
        return parts;
    }

    private static int ranges(Block block) {
        return block.getLossesList().stream()
                .mapToInt(loss -> loss.getBlocks().getBlocksCount())
                .sum();
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

    /** What the blocks themselves told of losses, and theirs: one record for each boot and reason. */
    private List<Loss> losses(List<Part> parts, Content rest, Thinning step) {
        Set<Object> kept = new HashSet<>(rest.samples());
        kept.addAll(rest.undecoded());
        Map<ByteString, List<Part>> byBoot = new LinkedHashMap<>();
        Map<List<Object>, Loss> losses = new LinkedHashMap<>();
        for (Part part : parts) {
            part.block().getLossesList().forEach(loss -> losses.merge(subject(loss), loss, Room::both));
            byBoot.computeIfAbsent(part.row().bootId(), b -> new ArrayList<>()).add(part);
        }
        byBoot.forEach((boot, of) -> {
            Loss loss = loss(boot, of, kept, step.reason());
            losses.merge(subject(loss), loss, Room::both);
        });
        return List.copyOf(losses.values());
    }

    private static List<Object> subject(Loss loss) {
        return List.of(loss.getBlocks().getDeviceId(), loss.getBlocks().getBootId(), loss.getReason());
    }

    /** Two records of the same boot and reason as one; one that names no ranges speaks of all and keeps doing so. */
    private static Loss both(Loss one, Loss other) {
        Ranges ranges = Ranges.of(one.getBlocks().getBlocksList());
        ranges.addAll(Ranges.of(other.getBlocks().getBlocksList()));
        boolean all = one.getBlocks().getBlocksCount() == 0 || other.getBlocks().getBlocksCount() == 0;
        return one.toBuilder()
                .setBlocks(one.getBlocks().toBuilder().clearBlocks().addAllBlocks(all ? List.of() : ranges.list()))
                .setSamples(one.getSamples() + other.getSamples())
                .setFirstUnixMs(earlier(one.getFirstUnixMs(), other.getFirstUnixMs()))
                .setLastUnixMs(Math.max(one.getLastUnixMs(), other.getLastUnixMs()))
                .build();
    }

    /** 0 stands for unknown. */
    private static long earlier(long one, long other) {
        return one == 0 || other == 0 ? Math.max(one, other) : Math.min(one, other);
    }

    private Loss loss(ByteString boot, List<Part> parts, Set<Object> kept, LossReason reason) {
        Ranges ranges = new Ranges();
        parts.forEach(part -> ranges.add(part.row().sequence()));
        Content whole = content(parts);
        LongSummaryStatistics span =
                whole.samples().stream().mapToLong(s -> s.at().toEpochMilli()).summaryStatistics();
        long gone = Stream.concat(whole.samples().stream(), whole.undecoded().stream())
                .filter(one -> !kept.contains(one))
                .count();
        return Loss.newBuilder()
                .setBlocks(BlockSet.newBuilder()
                        .setDeviceId(device)
                        .setBootId(boot)
                        .addAllBlocks(ranges.list()))
                .setReason(reason)
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
