package city.hamana.messages;

import com.google.protobuf.ByteString;

/**
 * What blocks and batches have in common: each names the one before it in its chain by hash, so that one left out, put
 * in or exchanged is found.
 *
 * @param chainId 16 bytes
 * @param sequence of the link that this is the state after; 0 before the first
 * @param hash SHA-256 of that link's envelope bytes; empty before the first
 */
public record Chain(ByteString chainId, long sequence, ByteString hash) {
    private static final int ID_BYTES = 16;
    private static final int HASH_BYTES = 32;

    /** A chain that has no link yet. */
    public static Chain begin(byte[] chainId) {
        return new Chain(ByteString.copyFrom(chainId), 0, ByteString.EMPTY);
    }

    /** The chain after its next link. */
    public Chain next(byte[] linkHash) {
        return new Chain(chainId, sequence + 1, ByteString.copyFrom(linkHash));
    }

    /**
     * Whether a link's own words are possible at all.
     *
     * @throws MalformedException naming the field that is not
     */
    public static void check(ByteString chainId, long sequence, ByteString previousHash) {
        if (chainId.size() != ID_BYTES) {
            throw MalformedException.of("a chain's id of " + chainId.size() + " bytes");
        }
        if (sequence < 1) {
            throw MalformedException.of("a link with sequence " + sequence);
        }
        if (previousHash.size() != (sequence == 1 ? 0 : HASH_BYTES)) {
            throw MalformedException.of(
                    "link " + sequence + " names its predecessor in " + previousHash.size() + " bytes");
        }
    }
}
