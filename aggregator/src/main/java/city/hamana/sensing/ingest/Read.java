package city.hamana.sensing.ingest;

import city.hamana.messages.v1.Block;

/**
 * A block that its device signed.
 *
 * @param hash SHA-256 of the envelope, lower-case hex
 * @param envelope the bytes as they came
 */
record Read(String hash, byte[] envelope, Block block) {
    ChainId chain() {
        return ChainId.of(block);
    }
}
