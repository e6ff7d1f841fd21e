package city.hamana.platform.access;

import city.hamana.messages.Dsse;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;

/** Random words that nobody can guess, and the hashes under which they are kept: whoever reads the tables cannot use them. */
public final class Secret {
    private static final int LONG_BYTES = 32;
    private static final int SHORT_BYTES = 16;
    private static final SecureRandom RANDOM = new SecureRandom();

    private Secret() {}

    /** 256 bits: 43 letters of base64url. */
    public static String random() {
        return random(LONG_BYTES);
    }

    /** 128 bits, for what stands in an address or lives shortly: 22 letters of base64url. */
    public static String shorter() {
        return random(SHORT_BYTES);
    }

    /** Whether it can be one of 256 bits. */
    public static boolean looksRight(String text) {
        return text.matches("[A-Za-z0-9_-]{43}");
    }

    /** SHA-256 as lower-case hex; enough for a secret that cannot be guessed. */
    public static String hash(String secret) {
        return HexFormat.of().formatHex(Dsse.sha256(secret.getBytes(StandardCharsets.UTF_8)));
    }

    private static String random(int length) {
        byte[] bytes = new byte[length];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
