package city.hamana.capability.notices;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.util.Base64URL;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.KeyAgreement;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** Encrypts so that one browser reads it, and not the push service between (RFC 8291, {@code aes128gcm} of RFC 8188). */
final class PushCipher {
    /** So long may a text be for its record to fit into the 4,096 bytes that every push service takes (RFC 8291 §4). */
    static final int LONGEST_BYTES = 3_993;

    static final int SECRET_BYTES = 16;

    private static final int RECORD_BYTES = 4_096;
    private static final int POINT_BYTES = 65;
    private static final int HALF_BYTES = 32;
    private static final int SALT_BYTES = 16;
    private static final int KEY_BYTES = 16;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final byte UNCOMPRESSED = 4;

    /** Behind the text of the last record (RFC 8188 §2). */
    private static final byte LAST = 2;

    private static final SecureRandom RANDOM = new SecureRandom();

    private PushCipher() {}

    /** The body of the request, each time with a key and a salt of its own. */
    static byte[] encrypt(byte[] text, ECPublicKey browser, byte[] secret) {
        byte[] salt = new byte[SALT_BYTES];
        RANDOM.nextBytes(salt);
        try {
            KeyPairGenerator pairs = KeyPairGenerator.getInstance("EC");
            pairs.initialize(new ECGenParameterSpec("secp256r1"));
            return encrypt(text, browser, secret, pairs.generateKeyPair(), salt);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK 25 has what RFC 8291 asks for", e);
        }
    }

    static byte[] encrypt(byte[] text, ECPublicKey browser, byte[] secret, KeyPair own, byte[] salt)
            throws GeneralSecurityException {
        if (text.length > LONGEST_BYTES) {
            throw new IllegalArgumentException("a push message holds " + LONGEST_BYTES + " bytes, not " + text.length);
        }
        byte[] point = point((ECPublicKey) own.getPublic());
        KeyAgreement agreement = KeyAgreement.getInstance("ECDH");
        agreement.init(own.getPrivate());
        agreement.doPhase(browser, true);
        byte[] info = joined("WebPush: info\0".getBytes(StandardCharsets.US_ASCII), point(browser), point);
        byte[] shared = derive(agreement.generateSecret(), secret, info, HALF_BYTES);
        byte[] key = derive(shared, salt, named("aes128gcm"), KEY_BYTES);
        byte[] nonce = derive(shared, salt, named("nonce"), NONCE_BYTES);
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_BITS, nonce));
        byte[] record = cipher.doFinal(joined(text, new byte[] {LAST}));
        byte[] size = ByteBuffer.allocate(Integer.BYTES).putInt(RECORD_BYTES).array();
        return joined(salt, size, new byte[] {POINT_BYTES}, point, record);
    }

    /** A key as a browser gives it; empty when it is no point of the curve. */
    static Optional<ECPublicKey> key(byte[] point) {
        if (point.length != POINT_BYTES || point[0] != UNCOMPRESSED) {
            return Optional.empty();
        }
        try {
            Base64URL x = Base64URL.encode(Arrays.copyOfRange(point, 1, 1 + HALF_BYTES));
            Base64URL y = Base64URL.encode(Arrays.copyOfRange(point, 1 + HALF_BYTES, POINT_BYTES));
            return Optional.of(new ECKey.Builder(Curve.P_256, x, y).build().toECPublicKey());
        } catch (JOSEException | IllegalStateException e) {
            return Optional.empty();
        }
    }

    /** X9.62, uncompressed. */
    static byte[] point(ECPublicKey key) {
        ECKey both = new ECKey.Builder(Curve.P_256, key).build();
        return joined(
                new byte[] {UNCOMPRESSED}, both.getX().decode(), both.getY().decode());
    }

    /** HKDF with SHA-256 (RFC 5869). */
    private static byte[] derive(byte[] from, byte[] salt, byte[] info, int length) throws GeneralSecurityException {
        return KDF.getInstance("HKDF-SHA256")
                .deriveData(
                        HKDFParameterSpec.ofExtract().addIKM(from).addSalt(salt).thenExpand(info, length));
    }

    private static byte[] named(String what) {
        return ("Content-Encoding: " + what + "\0").getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}
