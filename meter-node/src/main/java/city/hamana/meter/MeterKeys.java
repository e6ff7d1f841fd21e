package city.hamana.meter;

import city.hamana.messages.DeviceId;
import city.hamana.meter.telegram.Sender;
import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The AES-128 keys of the meters, which open what people use. On the disk each is sealed (AES-256-GCM, bound to its
 * meter's id) with a secret of this node, which stands in a file of its own beside the identity: a copy of the keys' file
 * alone, in a backup or a mail, opens nothing.
 */
final class MeterKeys {
    static final int KEY_BYTES = 16;

    private static final int MOST_KEYS = 10_000;
    private static final int SECRET_BYTES = 32;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final byte[] NONE = {};

    private final Map<String, byte[]> keys;

    private MeterKeys(Map<String, byte[]> keys) {
        this.keys = keys;
    }

    static MeterKeys none() {
        return new MeterKeys(Map.of());
    }

    /** Where the sealed keys are, and the secret that opens them. */
    record Place(Path keys, Path secret) {}

    /**
     * Opens all keys; a file that is not there holds none.
     *
     * @throws IllegalArgumentException naming the meter whose key cannot be opened, or the file that is none of ours
     */
    static MeterKeys open(Place place) {
        Map<String, byte[]> keys = new TreeMap<>();
        sealed(place.keys()).forEach((meter, box) -> keys.put(meter, opened(place, meter, box)));
        return new MeterKeys(keys);
    }

    /** Seals a meter's key and keeps it; one that was there before is replaced. */
    static void put(Place place, String meter, byte[] key) {
        DeviceId.check(meter);
        if (key.length != KEY_BYTES) {
            throw new IllegalArgumentException("a key has 16 bytes, this one " + key.length);
        }
        Map<String, String> sealed = sealed(place.keys());
        sealed.put(meter, seal(secret(place.secret()), meter, key));
        if (sealed.size() > MOST_KEYS) {
            throw new IllegalArgumentException("more than " + MOST_KEYS + " keys");
        }
        write(place.keys(), sealed);
    }

    Set<String> meters() {
        return keys.keySet();
    }

    /** The key of a telegram's meter; empty where none is known. */
    byte[] of(byte[] telegram) {
        return Sender.of(telegram).stream()
                .filter(keys::containsKey)
                .findFirst()
                .map(keys::get)
                .orElse(NONE);
    }

    private static Map<String, String> sealed(Path file) {
        Properties lines = new Properties();
        if (Files.exists(file)) {
            try (Reader reader = Files.newBufferedReader(file, StandardCharsets.US_ASCII)) {
                lines.load(reader);
            } catch (IOException | IllegalArgumentException e) {
                throw new IllegalArgumentException(file + " holds no sealed keys: " + e.getMessage(), e);
            }
        }
        Map<String, String> sealed = new TreeMap<>();
        lines.stringPropertyNames().forEach(meter -> sealed.put(meter, lines.getProperty(meter)));
        return sealed;
    }

    private static byte[] opened(Place place, String meter, String box) {
        try {
            byte[] bytes = Base64.getDecoder().decode(box);
            byte[] nonce = Arrays.copyOf(bytes, NONCE_BYTES);
            Cipher cipher = cipher(Cipher.DECRYPT_MODE, existing(place.secret()), nonce, meter);
            return cipher.doFinal(bytes, NONCE_BYTES, Math.max(0, bytes.length - NONCE_BYTES));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "the key of " + meter + " in " + place.keys() + " does not open with " + place.secret()
                            + "; store it again with the command key",
                    e);
        }
    }

    private static String seal(byte[] secret, String meter, byte[] key) {
        byte[] nonce = new byte[NONCE_BYTES];
        new SecureRandom().nextBytes(nonce);
        try {
            byte[] box = cipher(Cipher.ENCRYPT_MODE, secret, nonce, meter).doFinal(key);
            byte[] whole = Arrays.copyOf(nonce, NONCE_BYTES + box.length);
            System.arraycopy(box, 0, whole, NONCE_BYTES, box.length);
            return Base64.getEncoder().encodeToString(whole);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has AES-GCM", e);
        }
    }

    private static Cipher cipher(int mode, byte[] secret, byte[] nonce, String meter) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, new SecretKeySpec(secret, "AES"), new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(meter.getBytes(StandardCharsets.US_ASCII));
        return cipher;
    }

    private static byte[] existing(Path file) {
        try {
            byte[] secret = Files.readAllBytes(file);
            if (secret.length != SECRET_BYTES) {
                throw new IllegalArgumentException(file + " is not the secret of the meters' keys");
            }
            return secret;
        } catch (IOException e) {
            throw new IllegalArgumentException(file + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** Made at the first key. */
    private static byte[] secret(Path file) {
        if (!Files.exists(file)) {
            byte[] secret = new byte[SECRET_BYTES];
            new SecureRandom().nextBytes(secret);
            replace(file, secret);
        }
        return existing(file);
    }

    private static void write(Path file, Map<String, String> sealed) {
        StringWriter text = new StringWriter();
        text.write("# Keys of meters, sealed for this node; written by: hamana-meter-node key\n");
        sealed.forEach((meter, box) -> text.write(meter + "=" + box + "\n"));
        replace(file, text.toString().getBytes(StandardCharsets.US_ASCII));
    }

    /** For the owner only, and whole or not at all. */
    private static void replace(Path file, byte[] bytes) {
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        try {
            Files.deleteIfExists(fresh);
            Files.createFile(fresh, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.write(fresh, bytes);
            try (FileChannel channel = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
                channel.force(true);
            }
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
