package city.hamana.provisioning;

import city.hamana.link.Role;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/**
 * What a code allows: one certificate, for this device, role and these names, until it expires. The code itself is
 * 100 random bits in 20 letters and digits, so that a plain SHA-256 is a sound way to keep it.
 */
record OneTimeCode(long number, String device, Role role, List<String> names, String hash, Instant expires) {
    /** Wrong tries after which a code is dead. */
    static final int TRIES = 5;

    /** Without i, l, o and u, which are misread (Crockford's Base32). */
    private static final String ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";

    private static final int LENGTH = 20;
    private static final int GROUP = 5;
    private static final SecureRandom RANDOM = new SecureRandom();

    /** A fresh code, such as {@code 7k3f0-x9m2q-c4t8w-0a1bd}. */
    static String fresh() {
        StringBuilder code = new StringBuilder();
        for (int i = 0; i < LENGTH; i++) {
            code.append(i > 0 && i % GROUP == 0 ? "-" : "").append(ALPHABET.charAt(RANDOM.nextInt(ALPHABET.length())));
        }
        return code.toString();
    }

    /** How a code is kept: hex of SHA-256 over device and code, whatever its capitals and dashes. */
    static String hash(String device, String code) {
        String plain = code.toLowerCase(Locale.ROOT).replace("-", "").strip();
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(sha.digest((device + ":" + plain).getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Whether this is the code, in a time that does not tell how much of it was right. */
    boolean matches(String code) {
        return MessageDigest.isEqual(
                hash.getBytes(StandardCharsets.UTF_8), hash(device, code).getBytes(StandardCharsets.UTF_8));
    }
}
