package city.hamana.aggregator;

import city.hamana.link.DeviceIdentity;
import city.hamana.link.Enrolment;
import city.hamana.link.EnrolmentException;
import city.hamana.link.Trust;
import city.hamana.link.TrustException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whom the city's CA vouches for now: its certificates without those that its newest known revocation list names. The
 * list is kept beside the identity, so that who was revoked stays so while the CA is out of reach.
 */
final class Vouched implements Supplier<Trust> {
    private static final Logger LOG = LoggerFactory.getLogger(Vouched.class);
    private static final String FILE = "revoked.crl";

    private final DeviceIdentity identity;
    private final Path file;
    private volatile Trust trust;

    Vouched(DeviceIdentity identity, Path identityDir) {
        this.identity = identity;
        this.file = identityDir.resolve(FILE);
        this.trust = known();
    }

    @Override
    public Trust get() {
        return trust;
    }

    /** Asks the CA for its list; a CA out of reach changes nothing. */
    void refresh(URI est) {
        try {
            byte[] list = Enrolment.revocationList(est, identity);
            trust = identity.trust().without(list);
            keep(list);
        } catch (EnrolmentException | TrustException e) {
            LOG.warn("the list of revoked certificates is not renewed: {}", e.getMessage());
        }
    }

    private Trust known() {
        try {
            return Files.exists(file) ? identity.trust().without(Files.readAllBytes(file)) : identity.trust();
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be read", e);
        }
    }

    private void keep(byte[] list) {
        try {
            Path fresh = file.resolveSibling(FILE + ".new");
            Files.write(fresh, list);
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be written", e);
        }
    }
}
