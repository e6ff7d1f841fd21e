package city.hamana.aggregator;

import java.nio.ByteBuffer;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.util.encoders.Base32;

/** An authenticator app of our own (RFC 6238), made apart from the city's: two that agree are right. */
final class OneTimeCode {
    private OneTimeCode() {}

    static String now(String secret) {
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(Base32.decode(secret), "HmacSHA1"));
            byte[] counter = ByteBuffer.allocate(8)
                    .putLong(Instant.now().getEpochSecond() / 30)
                    .array();
            byte[] hash = mac.doFinal(counter);
            int at = hash[19] & 0xF;
            long number = Integer.toUnsignedLong(ByteBuffer.wrap(hash, at, 4).getInt()) % (1L << 31) % 1_000_000;
            return "%06d".formatted(number);
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException(e);
        }
    }
}
