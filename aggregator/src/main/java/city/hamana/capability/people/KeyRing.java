package city.hamana.capability.people;

import city.hamana.link.Pem;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Seals secrets that have to be kept readable, so that the database alone opens none of them: AES-256-GCM (NIST SP 800-38D)
 * with a random nonce, bound to whose secret it is. The keys stand in a file, {@code ID BASE64} a line: the first seals,
 * the others still open what they sealed.
 */
final class KeyRing {
    private static final int KEY_BYTES = 32;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final int MOST_KEYS = 20;
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    private final Path file;
    private final String newest;
    private final Map<String, SecretKeySpec> keys;

    private KeyRing(Path file, Map<String, SecretKeySpec> keys) {
        this.file = file;
        this.keys = keys;
        this.newest = keys.keySet().iterator().next();
    }

    /**
     * Reads the file, or makes it with one key.
     *
     * @throws PeopleException if it holds no keys, or others may read it
     */
    static KeyRing of(Path file) {
        try {
            if (!Files.exists(file)) {
                Pem.replaceSecret(file, line("k1"));
            }
            Pem.requireSecret(file);
            Map<String, SecretKeySpec> keys = new LinkedHashMap<>();
            for (String line : Files.readAllLines(file)) {
                if (!line.isBlank() && !line.startsWith("#")) {
                    String[] parts = line.strip().split(" ", 2);
                    byte[] key = parts.length == 2 ? Base64.getDecoder().decode(parts[1].strip()) : new byte[0];
                    if (!parts[0].matches("[a-z0-9-]{1,20}") || key.length != KEY_BYTES || keys.size() == MOST_KEYS) {
                        throw PeopleException.keys(file, "a line is ID and 32 bytes in Base64, at most " + MOST_KEYS);
                    }
                    keys.put(parts[0], new SecretKeySpec(key, "AES"));
                }
            }
            if (keys.isEmpty()) {
                throw PeopleException.keys(file, "there is no key in it");
            }
            return new KeyRing(file, keys);
        } catch (IOException | IllegalArgumentException e) {
            throw PeopleException.unreadable(file.toString(), e);
        }
    }

    /** A line with a new key. */
    static String line(String id) {
        byte[] key = new byte[KEY_BYTES];
        RANDOM.nextBytes(key);
        return id + " " + Base64.getEncoder().encodeToString(key) + "\n";
    }

    /**
     * Text for a table, {@code ID.BASE64URL}.
     *
     * @param of whose it is: it opens for nobody else
     */
    String seal(byte[] secret, String of) {
        byte[] nonce = new byte[NONCE_BYTES];
        RANDOM.nextBytes(nonce);
        byte[] sealed = run(Cipher.ENCRYPT_MODE, keys.get(newest), nonce, of, secret);
        ByteBuffer whole =
                ByteBuffer.allocate(NONCE_BYTES + sealed.length).put(nonce).put(sealed);
        return newest + "." + BASE64.encodeToString(whole.array());
    }

    /** @throws PeopleException if its key is not in the file, it was changed, or it is somebody else's */
    byte[] open(String text, String of) {
        String id = text.substring(0, Math.max(0, text.indexOf('.')));
        SecretKeySpec key = keys.get(id);
        if (key == null) {
            throw PeopleException.keys(file, "the key " + id + " is not in it, but secrets in the database need it");
        }
        byte[] whole = Base64.getUrlDecoder().decode(text.substring(id.length() + 1));
        byte[] nonce = Arrays.copyOf(whole, NONCE_BYTES);
        byte[] sealed = Arrays.copyOfRange(whole, NONCE_BYTES, whole.length);
        return run(Cipher.DECRYPT_MODE, key, nonce, of, sealed);
    }

    /** Whether it is sealed by the key that seals now. */
    boolean newest(String text) {
        return text.startsWith(newest + ".");
    }

    private byte[] run(int mode, SecretKeySpec key, byte[] nonce, String of, byte[] bytes) {
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD(of.getBytes(StandardCharsets.UTF_8));
            return cipher.doFinal(bytes);
        } catch (GeneralSecurityException e) {
            throw PeopleException.keys(
                    file, "a secret in the database was changed, or sealed by another key of this name");
        }
    }
}
