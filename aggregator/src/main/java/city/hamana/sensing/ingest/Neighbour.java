package city.hamana.sensing.ingest;

import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/** A block as its neighbours in the chain see it; hashes in lower-case hex. */
record Neighbour(long sequence, String hash, String previousHash) {
    static Neighbour of(Chains.Link link) {
        return new Neighbour(link.sequence(), link.hash(), link.previousHash());
    }

    static Neighbour of(Read read) {
        String previous =
                HexFormat.of().formatHex(read.block().getPreviousHash().toByteArray());
        return new Neighbour(read.block().getSequence(), read.hash(), previous);
    }

    /** Why it cannot stand among those that are held; the objection is one sentence. */
    Optional<String> objection(Map<Long, Neighbour> held) {
        Neighbour before = held.get(sequence - 1);
        Neighbour after = held.get(sequence + 1);
        if (held.containsKey(sequence)) {
            return Optional.of("a second, different block with sequence " + sequence);
        }
        if (before != null && !before.hash.equals(previousHash)) {
            return Optional.of("block " + sequence + " names another predecessor than the one held");
        }
        if (after != null && !after.previousHash.equals(hash)) {
            return Optional.of("block " + sequence + " is not the one that its successor names");
        }
        return Optional.empty();
    }
}
