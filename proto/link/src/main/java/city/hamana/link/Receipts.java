package city.hamana.link;

import city.hamana.messages.Dsse;
import city.hamana.messages.MalformedException;
import city.hamana.messages.PayloadType;
import city.hamana.messages.v1.Attested;
import city.hamana.messages.v1.BlockOutcome;
import city.hamana.messages.v1.Envelope;
import city.hamana.messages.v1.Receipt;
import city.hamana.messages.v1.Verdict;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Receipts: signed by who has durably stored, verified by who is about to delete. */
public final class Receipts {
    private Receipts() {}

    /** The receipt signed, with the signer's certificate, as it is sent. */
    public static byte[] attest(Receipt receipt, DeviceIdentity signer) {
        return Attested.newBuilder()
                .setEnvelope(ByteString.copyFrom(signer.seal(PayloadType.RECEIPT, receipt.toByteArray())))
                .setCertificate(ByteString.copyFrom(Certificates.der(signer.certificate())))
                .build()
                .toByteArray();
    }

    /**
     * The receipt, once it is certain that a device of this role has signed it for this sender.
     *
     * @param vouching says whom a certificate speaks for, and throws where the city's CA does not vouch for it
     * @throws MalformedException if it is not such a receipt
     * @throws TrustException if the city's CA does not vouch for the signer
     */
    public static Receipt verify(
            byte[] attested, Function<X509Certificate, Trust.Peer> vouching, Role signerRole, String sender) {
        try {
            Attested parts = Attested.parseFrom(attested);
            Envelope envelope = Dsse.parse(parts.getEnvelope().toByteArray());
            Trust.Peer signer =
                    vouching.apply(Certificates.parse(parts.getCertificate().toByteArray()));
            Receipt receipt = Receipt.parseFrom(Dsse.open(envelope, PayloadType.RECEIPT, signer.key()));
            check(receipt, signer, signerRole, sender);
            return receipt;
        } catch (InvalidProtocolBufferException e) {
            throw MalformedException.of("not a receipt", e);
        }
    }

    private static void check(Receipt receipt, Trust.Peer signer, Role role, String sender) {
        if (signer.role() != role || !receipt.getReceiverId().equals(signer.id())) {
            throw MalformedException.of("a receipt signed by " + signer.id() + " as " + signer.role());
        }
        if (!receipt.getSenderId().equals(sender)) {
            throw MalformedException.of("a receipt for " + receipt.getSenderId() + ", not for " + sender);
        }
    }

    /** The hashes of what the receiver now answers for: everything named but the refused. */
    public static List<ByteString> received(Receipt receipt) {
        List<ByteString> hashes = new ArrayList<>();
        for (BlockOutcome outcome : receipt.getOutcomesList()) {
            switch (outcome.getVerdict()) {
                case VERDICT_STORED, VERDICT_REPEATED, VERDICT_QUARANTINED -> hashes.add(outcome.getBlockHash());
                case VERDICT_REFUSED, VERDICT_UNSPECIFIED, UNRECOGNIZED -> {}
            }
        }
        return hashes;
    }

    /** What the receiver does not want, with its reasons. */
    public static List<BlockOutcome> refused(Receipt receipt) {
        return receipt.getOutcomesList().stream()
                .filter(outcome -> outcome.getVerdict() == Verdict.VERDICT_REFUSED)
                .toList();
    }
}
