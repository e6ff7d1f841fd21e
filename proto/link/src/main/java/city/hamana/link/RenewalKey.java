package city.hamana.link;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.interfaces.ECPrivateKey;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The key that a device asks a renewal for, kept until the certificate for it is safe. Where the server's answer is lost
 * on the way, the next try asks for the same key, and so gets the certificate that was issued already.
 */
final class RenewalKey {
    static final String FILE = "renewal-key.pem";

    private static final Logger LOG = LoggerFactory.getLogger(RenewalKey.class);

    private final Path file;
    private final KeyPair pair;

    private RenewalKey(Path file, KeyPair pair) {
        this.file = file;
        this.pair = pair;
    }

    /** The key of a renewal that was broken off, or a fresh one. */
    static RenewalKey of(Path folder, DeviceIdentity old) {
        Path file = folder.resolve(FILE);
        if (Files.exists(file)) {
            try {
                KeyPair kept = Certificates.pair((ECPrivateKey) DeviceIdentity.parseKey(file));
                if (!Certificates.keyid(kept.getPublic()).equals(old.keyid())) {
                    return new RenewalKey(file, kept);
                }
            } catch (IdentityException e) {
                LOG.warn("a fresh key instead: {}", e.getMessage());
            }
        }
        KeyPair fresh = Certificates.newKey();
        Pem.replaceSecret(
                file, Pem.text(DeviceIdentity.KEY_TYPE, fresh.getPrivate().getEncoded()));
        return new RenewalKey(file, fresh);
    }

    KeyPair pair() {
        return pair;
    }

    /** The certificate for this key is saved. */
    void used() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            LOG.warn("{} cannot be deleted; it is not used again", file, e);
        }
    }
}
