package city.hamana.sensing.ingest;

import city.hamana.messages.Sample;
import city.hamana.messages.SampleBlock;
import city.hamana.messages.v1.Block;
import city.hamana.messages.v1.ClockCorrection;
import city.hamana.messages.v1.ClockState;
import city.hamana.platform.events.Event;
import city.hamana.sensing.readings.ReadingsException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jdbi.v3.core.Handle;

/**
 * The samples of a chain's new blocks on their way into the readings, each at its right time: at once where that is
 * known, otherwise when the boot's clock correction has come, whichever comes first. The chain is locked meanwhile.
 */
final class Timing {
    static final String TOO_MANY = "its samples would make a day of more than 100,000";

    private final Handle tx;
    private final Books books;
    private final ChainId chain;
    private final Instant now;
    private final List<Event> notes = new ArrayList<>();
    private final List<Quarantined> tooMany = new ArrayList<>();
    private OptionalLong offset;

    Timing(Handle tx, Books books, ChainId chain, Instant now) {
        this.tx = tx;
        this.books = books;
        this.chain = chain;
        this.now = now;
        this.offset = books.clocks().offset(tx, chain);
    }

    /** Merges what can be merged and keeps the rest; returns the blocks that the readings took. */
    List<Read> take(List<Read> reads) {
        boolean learnt = false;
        for (Read read : reads) {
            learnt |= read.block().hasCorrection() && learn(read.block().getCorrection());
        }
        List<Read> taken = merge(reads);
        if (offset.isEmpty()) {
            await(taken);
        }
        if (learnt) {
            books.chains().retime(tx, chain, offset.getAsLong());
            release();
        }
        return taken;
    }

    /** A block's place in its chain and in time. */
    Chains.Link link(Read read) {
        Block block = read.block();
        ClockState clock = block.getClock();
        String previous = HexFormat.of().formatHex(block.getPreviousHash().toByteArray());
        OptionalLong unset = clock.getSynchronised() || offset.isPresent()
                ? OptionalLong.empty()
                : OptionalLong.of(clock.getUnixMs());
        return new Chains.Link(block.getSequence(), read.hash(), previous, made(clock, unset), unset);
    }

    List<Event> notes() {
        return notes;
    }

    /** Blocks that are held, but whose re-timed samples the readings do not take. */
    List<Quarantined> tooMany() {
        return tooMany;
    }

    private Instant made(ClockState clock, OptionalLong unset) {
        if (unset.isPresent()) {
            return now;
        }
        return Instant.ofEpochMilli(clock.getUnixMs() + (clock.getSynchronised() ? 0 : offset.orElse(0)));
    }

    /** Whether the boot's offset became known by this. */
    private boolean learn(ClockCorrection correction) {
        long step = correction.getStepMs();
        if (step != 0) {
            note("ingest.clock-step", Map.of("step_ms", step));
        }
        boolean tellsOffset = step == 0 || correction.getOffsetMs() != 0;
        if (!tellsOffset) {
            return false;
        }
        if (offset.isEmpty()) {
            offset = OptionalLong.of(correction.getOffsetMs());
            books.clocks().learn(tx, chain, correction.getOffsetMs());
            return true;
        }
        if (offset.getAsLong() != correction.getOffsetMs()) {
            note("ingest.clock-disputed", Map.of("kept_ms", offset.getAsLong(), "other_ms", correction.getOffsetMs()));
        }
        return false;
    }

    private List<Read> merge(List<Read> reads) {
        List<Sample> all =
                reads.stream().flatMap(read -> placed(read.block()).stream()).toList();
        if (merged(all)) {
            return reads;
        }
        return reads.stream().filter(read -> merged(placed(read.block()))).toList();
    }

    /** The samples of a block whose time is known now. */
    private List<Sample> placed(Block block) {
        return SampleBlock.samples(block).stream()
                .filter(sample -> offset.isPresent() || !Clocks.untimed(sample))
                .map(sample -> Clocks.timed(sample, offset.orElse(0)))
                .toList();
    }

    private boolean merged(List<Sample> samples) {
        try {
            books.readings().merge(tx, samples, "device:" + chain.device());
            return true;
        } catch (ReadingsException e) {
            return false;
        }
    }

    private void await(List<Read> reads) {
        Map<Clocks.Waiting, Integer> waiting = new LinkedHashMap<>();
        for (Read read : reads) {
            int samples = (int) SampleBlock.samples(read.block()).stream()
                    .filter(Clocks::untimed)
                    .count();
            if (samples > 0) {
                waiting.put(new Clocks.Waiting(read.block().getSequence(), read.envelope()), samples);
            }
        }
        books.clocks().await(tx, chain, waiting, now);
    }

    /** Each turn takes out what it has placed, so the loop ends with what waits. */
    private void release() {
        List<Clocks.Waiting> part = books.clocks().waiting(tx, chain);
        while (!part.isEmpty()) {
            List<Sample> all = part.stream().flatMap(w -> retimed(w).stream()).toList();
            if (!merged(all)) {
                part.stream().filter(w -> !merged(retimed(w))).forEach(this::setAside);
            }
            books.clocks().placed(tx, chain, part.getLast().sequence());
            part = books.clocks().waiting(tx, chain);
        }
    }

    private List<Sample> retimed(Clocks.Waiting waiting) {
        return SampleBlock.samples(waiting.block()).stream()
                .filter(Clocks::untimed)
                .map(sample -> Clocks.timed(sample, offset.orElseThrow()))
                .toList();
    }

    private void setAside(Clocks.Waiting waiting) {
        tooMany.add(Quarantined.of("block", chain.device(), TOO_MANY, waiting.envelope(), now));
    }

    private void note(String kind, Map<String, Long> detail) {
        notes.add(new Event(now, kind, "device:" + chain.device(), "device:" + chain.device(), detail));
    }
}
