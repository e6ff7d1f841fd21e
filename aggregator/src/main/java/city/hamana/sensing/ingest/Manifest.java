package city.hamana.sensing.ingest;

import city.hamana.link.Role;
import city.hamana.link.TrustException;
import city.hamana.messages.Chain;
import city.hamana.messages.Dsse;
import city.hamana.messages.MalformedException;
import city.hamana.messages.PayloadType;
import city.hamana.messages.v1.Batch;
import city.hamana.messages.v1.Upload;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.HexFormat;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/**
 * A batch of which it is certain that its gateway signed it over exactly the blocks beside it.
 *
 * @param hash SHA-256 of its envelope, lower-case hex
 */
record Manifest(Batch batch, String hash) {
    private static final HexFormat HEX = HexFormat.of();

    /**
     * The manifest of an upload.
     *
     * @param gateway who uploads, as its connection's certificate names it
     * @throws Rejection.Thrown if it is not the gateway's, or not of these blocks
     */
    static Manifest of(Signers signers, String gateway, Upload upload) {
        byte[] envelope = upload.getBatch().toByteArray();
        try {
            Signers.Signed signed = signers.open(envelope, PayloadType.BATCH, gateway, Set.of(Role.GATEWAY));
            Batch batch = Batch.parseFrom(signed.payload());
            Chain.check(batch.getChainId(), batch.getSequence(), batch.getPreviousHash());
            if (!batch.getGatewayId().equals(gateway)) {
                throw Rejection.foreign("The batch is of " + batch.getGatewayId() + ", not of " + gateway + ".");
            }
            requireBlocks(batch, upload);
            return new Manifest(batch, HEX.formatHex(Dsse.sha256(envelope)));
        } catch (MalformedException | TrustException | InvalidProtocolBufferException e) {
            throw Rejection.forged("The batch is not what " + gateway + " signed: " + e.getMessage() + ".");
        }
    }

    String chainId() {
        return HEX.formatHex(batch.getChainId().toByteArray());
    }

    /** The chain's end once this batch is taken. */
    Ledger.End end() {
        return new Ledger.End(batch.getSequence(), hash);
    }

    /**
     * Whether this batch was taken already; where it is the first of its chain, the chain is begun.
     *
     * @throws Rejection.Thrown if it does not fit the chain
     */
    boolean repeats(Handle tx, Ledger ledger) {
        Ledger.End end = ledger.lockedEnd(tx, batch.getGatewayId(), chainId()).orElse(new Ledger.End(0, ""));
        if (batch.getSequence() <= end.sequence()) {
            if (ledger.holdsBatch(tx, batch.getGatewayId(), chainId(), batch.getSequence(), hash)) {
                return true;
            }
            throw Rejection.fork("Another batch " + batch.getSequence() + " of this chain is held already.");
        }
        requireNext(end);
        if (end.sequence() == 0) {
            ledger.beginChain(tx, batch.getGatewayId(), chainId());
        }
        return false;
    }

    private void requireNext(Ledger.End end) {
        if (batch.getSequence() > end.sequence() + 1) {
            throw Rejection.gap("Batch " + (end.sequence() + 1) + " is expected, not " + batch.getSequence() + ".");
        }
        if (!end.hash().equals(HEX.formatHex(batch.getPreviousHash().toByteArray()))) {
            throw Rejection.fork("Batch " + batch.getSequence() + " names another predecessor than the one held.");
        }
    }

    private static void requireBlocks(Batch batch, Upload upload) {
        if (batch.getBlockHashesCount() != upload.getBlocksCount()) {
            throw Rejection.forged("The batch names " + batch.getBlockHashesCount() + " blocks, the upload holds "
                    + upload.getBlocksCount() + ".");
        }
        for (int i = 0; i < upload.getBlocksCount(); i++) {
            byte[] hash = Dsse.sha256(upload.getBlocks(i).toByteArray());
            if (!batch.getBlockHashes(i).equals(ByteString.copyFrom(hash))) {
                throw Rejection.forged("Block " + (i + 1) + " of the upload is not the one that the batch names.");
            }
        }
    }
}
