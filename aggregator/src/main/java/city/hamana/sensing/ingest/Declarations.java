package city.hamana.sensing.ingest;

import city.hamana.messages.Ranges;
import city.hamana.messages.v1.Block;
import city.hamana.messages.v1.ChainEnd;
import city.hamana.messages.v1.Loss;
import city.hamana.platform.events.Event;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;

/**
 * What stored blocks say of other blocks: which chain they continue, and what is gone. Nothing is refused for it, since
 * the device says what it knows; where city hall knows better, staff are told.
 */
final class Declarations {
    private static final int LONGEST_RANGES = 200;

    private final Handle tx;
    private final Books books;
    private final Instant now;
    private final List<Event> notes = new ArrayList<>();
    private final Set<ChainId> touched = new TreeSet<>();

    Declarations(Handle tx, Books books, Instant now) {
        this.tx = tx;
        this.books = books;
        this.now = now;
    }

    /** Takes what one block says. */
    void take(Read read, Chains.Link link) {
        if (read.block().hasContinues()) {
            continues(read.block(), link.made());
        }
        for (Loss loss : read.block().getLossesList()) {
            lost(read, link.made(), loss);
        }
    }

    /** Compares blocks that came late with the end that the chain after theirs has named already. */
    void ends(ChainId chain, Chains.State state, List<Chains.Link> links) {
        if (state.end() == 0) {
            return;
        }
        long beyond = links.stream().mapToLong(Chains.Link::sequence).max().orElse(0);
        boolean other = links.stream()
                .anyMatch(link -> link.sequence() == state.end() && !link.hash().equals(state.endHash()));
        if (beyond > state.end() || other) {
            wentBack(chain, state.end(), beyond, other);
        }
    }

    List<Event> notes() {
        return notes;
    }

    /** Chains of which something else is known now. */
    Set<ChainId> touched() {
        return touched;
    }

    private void continues(Block block, Instant made) {
        ChainEnd end = block.getContinues();
        ChainId before = ChainId.of(block.getDeviceId(), end.getBootId());
        String hash = HexFormat.of().formatHex(end.getHash().toByteArray());
        Chains.State state = books.chains().locked(tx, before, now);
        long held = books.chains().held(tx, before).highest();
        Chains.Link named =
                books.chains().links(tx, before, List.of(end.getSequence())).get(end.getSequence());
        boolean other = named != null && !named.hash().equals(hash);
        // A chain that two boots continue: the second knew nothing of the first.
        if (held > end.getSequence() || other || state.end() != 0) {
            wentBack(before, end.getSequence(), held, other);
        }
        books.chains().know(tx, before, end.getSequence(), made);
        books.chains().end(tx, before, end.getSequence(), hash);
        touched.add(before);
    }

    private void wentBack(ChainId chain, long named, long held, boolean other) {
        String what = other
                ? "the block that the device names as its last is not the one that city hall holds"
                : "city hall holds more than the device's storage knows of";
        notes.add(new Event(
                now,
                "ingest.storage-went-back",
                "device:" + chain.device(),
                "device:" + chain.device(),
                Map.of("chain", chain.boot(), "named", named, "held", held, "what", what)));
    }

    private void lost(Read read, Instant made, Loss loss) {
        Losses.Source source = new Losses.Source(read.block(), read.hash(), made, now);
        Map<ChainId, Ranges> gone = books.losses().declare(tx, source, loss);
        touched.addAll(gone.keySet());
        notes.add(new Event(
                now,
                "ingest.loss",
                "device:" + read.block().getDeviceId(),
                "device:" + loss.getBlocks().getDeviceId(),
                Map.of(
                        "reason", Losses.reason(loss.getReason()),
                        "samples", loss.getSamples(),
                        "blocks", shown(loss),
                        "detail", Quarantined.shown(loss.getDetail()))));
    }

    private static String shown(Loss loss) {
        String ranges = Ranges.of(loss.getBlocks().getBlocksList()).toString();
        String cut = ranges.length() > LONGEST_RANGES ? ranges.substring(0, LONGEST_RANGES) + "…" : ranges;
        return cut.isEmpty() ? "all that had not come" : cut;
    }
}
