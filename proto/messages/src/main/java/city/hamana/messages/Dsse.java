package city.hamana.messages;

import city.hamana.messages.v1.Envelope;
import city.hamana.messages.v1.Signature;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.util.Arrays;
import java.util.HexFormat;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.signers.HMacDSAKCalculator;

/**
 * DSSE v1 (Dead Simple Signing Envelope, https://github.com/secure-systems-lab/dsse) with ES256: P-256, SHA-256, the
 * signature as r and s of 32 bytes each. Nonces are deterministic (RFC 6979), because a gateway that has just started
 * may have little entropy. Only the lower of the two possible s is made and accepted, and only envelopes that re-encode
 * to the same bytes: an envelope cannot be altered without its key, not even without effect, so its SHA-256 names it.
 */
public final class Dsse {
    /** Longest envelope that is looked at, in bytes. */
    public static final int LONGEST_ENVELOPE_BYTES = 4 << 20;

    private static final X9ECParameters P256 = CustomNamedCurves.getByName("secp256r1");
    private static final ECDomainParameters DOMAIN = new ECDomainParameters(P256);
    private static final BigInteger HALF_ORDER = P256.getN().shiftRight(1);
    private static final int WORD_BYTES = 32;

    private Dsse() {}

    /** The pre-authentication encoding: {@code DSSEv1 SP len(type) SP type SP len(body) SP body}, lengths in bytes. */
    public static byte[] pae(String type, byte[] body) {
        byte[] typeBytes = type.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream out = new ByteArrayOutputStream(body.length + typeBytes.length + 32);
        out.writeBytes(ascii("DSSEv1 " + typeBytes.length + " "));
        out.writeBytes(typeBytes);
        out.writeBytes(ascii(" " + body.length + " "));
        out.writeBytes(body);
        return out.toByteArray();
    }

    /** Signs a payload; returns the envelope's bytes, which are stored and sent as they are. */
    public static byte[] seal(PayloadType type, byte[] payload, ECPrivateKey key, String keyid) {
        return Envelope.newBuilder()
                .setPayload(ByteString.copyFrom(payload))
                .setPayloadType(type.uri())
                .addSignatures(Signature.newBuilder()
                        .setSig(ByteString.copyFrom(sign(pae(type.uri(), payload), key)))
                        .setKeyid(keyid))
                .build()
                .toByteArray();
    }

    /**
     * Reads an envelope without believing it.
     *
     * @throws MalformedException if it is not one envelope with one signature in the one encoding we write
     */
    public static Envelope parse(byte[] bytes) {
        if (bytes.length > LONGEST_ENVELOPE_BYTES) {
            throw MalformedException.of("an envelope of " + bytes.length + " bytes is longer than allowed");
        }
        Envelope envelope;
        try {
            envelope = Envelope.parseFrom(bytes);
        } catch (InvalidProtocolBufferException e) {
            throw MalformedException.of("not an envelope", e);
        }
        if (envelope.getSignaturesCount() != 1) {
            throw MalformedException.of("an envelope with " + envelope.getSignaturesCount() + " signatures, not one");
        }
        boolean unknown = !envelope.getUnknownFields().asMap().isEmpty()
                || !envelope.getSignatures(0).getUnknownFields().asMap().isEmpty();
        if (unknown || !Arrays.equals(envelope.toByteArray(), bytes)) {
            throw MalformedException.of("an envelope in another encoding than ours");
        }
        return envelope;
    }

    /** The signer's key id as the envelope claims it: a hint for finding the key, nothing more. */
    public static String claimedKeyid(Envelope envelope) {
        return envelope.getSignatures(0).getKeyid();
    }

    /**
     * The payload, once its signature and type have been verified.
     *
     * @throws MalformedException if the type is another, or the signature is not by this key over exactly these bytes
     */
    public static byte[] open(Envelope envelope, PayloadType type, PublicKey key) {
        if (!envelope.getPayloadType().equals(type.uri())) {
            throw MalformedException.of("an envelope of another type than " + type);
        }
        byte[] payload = envelope.getPayload().toByteArray();
        byte[] signature = envelope.getSignatures(0).getSig().toByteArray();
        if (!verify(pae(type.uri(), payload), signature, key)) {
            throw MalformedException.of("the signature does not fit");
        }
        return payload;
    }

    /** Lower-case hex of the first 16 bytes of SHA-256 over the key's SubjectPublicKeyInfo. */
    public static String keyid(PublicKey key) {
        return HexFormat.of().formatHex(sha256(key.getEncoded()), 0, 16);
    }

    /** SHA-256; of an envelope's bytes it is the block's or batch's name in chains, manifests and receipts. */
    public static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    static byte[] sign(byte[] message, ECPrivateKey key) {
        ECDSASigner signer = new ECDSASigner(new HMacDSAKCalculator(new SHA256Digest()));
        signer.init(true, new ECPrivateKeyParameters(key.getS(), DOMAIN));
        BigInteger[] rs = signer.generateSignature(sha256(message));
        BigInteger lowS = rs[1].compareTo(HALF_ORDER) > 0 ? P256.getN().subtract(rs[1]) : rs[1];
        byte[] signature = new byte[2 * WORD_BYTES];
        put(rs[0], signature, 0);
        put(lowS, signature, WORD_BYTES);
        return signature;
    }

    static boolean verify(byte[] message, byte[] signature, PublicKey key) {
        if (signature.length != 2 * WORD_BYTES || !(key instanceof ECPublicKey ec)) {
            return false;
        }
        BigInteger r = new BigInteger(1, signature, 0, WORD_BYTES);
        BigInteger s = new BigInteger(1, signature, WORD_BYTES, WORD_BYTES);
        if (s.compareTo(HALF_ORDER) > 0) {
            return false;
        }
        ECDSASigner verifier = new ECDSASigner();
        try {
            verifier.init(
                    false,
                    new ECPublicKeyParameters(
                            P256.getCurve()
                                    .createPoint(
                                            ec.getW().getAffineX(), ec.getW().getAffineY()),
                            DOMAIN));
        } catch (IllegalArgumentException e) {
            // A key on another curve verifies nothing here.
            return false;
        }
        return verifier.verifySignature(sha256(message), r, s);
    }

    private static void put(BigInteger word, byte[] into, int at) {
        byte[] bytes = word.toByteArray();
        int from = Math.max(0, bytes.length - WORD_BYTES);
        int length = bytes.length - from;
        System.arraycopy(bytes, from, into, at + WORD_BYTES - length, length);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
