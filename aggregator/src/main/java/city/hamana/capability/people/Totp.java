package city.hamana.capability.people;

import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.util.encoders.Base32;

/** One-time codes of authenticator apps: RFC 6238 over HMAC-SHA-1, six figures, 30 seconds, as every app has it. */
final class Totp {
    static final int SECRET_BYTES = 20;
    private static final int SECONDS = 30;
    /** A telephone's clock may be off by one step either way (RFC 6238, section 5.2). */
    private static final int DRIFT = 1;

    private static final int[] POWERS = {1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000};
    private static final int DIGITS = 6;

    private Totp() {}

    static long step(Instant at) {
        return Math.floorDiv(at.getEpochSecond(), SECONDS);
    }

    static String code(byte[] secret, long step) {
        return code(secret, step, "HmacSHA1", DIGITS);
    }

    /** RFC 4226, section 5.3, with the step as the counter. */
    static String code(byte[] secret, long step, String algorithm, int digits) {
        try {
            Mac mac = Mac.getInstance(algorithm);
            mac.init(new SecretKeySpec(secret, algorithm));
            byte[] hash =
                    mac.doFinal(ByteBuffer.allocate(Long.BYTES).putLong(step).array());
            int offset = hash[hash.length - 1] & 0xF;
            int number = ByteBuffer.wrap(hash).getInt(offset) & 0x7FFF_FFFF;
            return ("%0" + digits + "d").formatted(number % POWERS[digits]);
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("every JDK has " + algorithm, e);
        }
    }

    /** The step whose code this is, if it lies after {@code lastStep} and near now: a code is good once. */
    static OptionalLong matching(byte[] secret, String code, Instant now, long lastStep) {
        long middle = step(now);
        byte[] typed = code.getBytes(StandardCharsets.UTF_8);
        return LongStream.rangeClosed(middle - DRIFT, middle + DRIFT)
                .filter(step -> MessageDigest.isEqual(code(secret, step).getBytes(StandardCharsets.UTF_8), typed))
                .filter(step -> step > lastStep)
                .findFirst();
    }

    /** What an app reads from a QR code: the key URI that all of them understand. */
    static String uri(String secret, String account) {
        String issuer = "Kosai";
        String label = URLEncoder.encode(issuer + ":" + account, StandardCharsets.UTF_8)
                .replace("+", "%20");
        return "otpauth://totp/" + label + "?secret=" + secret + "&issuer=" + issuer;
    }

    static String base32(byte[] secret) {
        return Base32.toBase32String(secret).replace("=", "");
    }

    static byte[] ofBase32(String text) {
        return Base32.decode(text);
    }
}
