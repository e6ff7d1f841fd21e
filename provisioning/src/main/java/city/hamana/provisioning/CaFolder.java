package city.hamana.provisioning;

import city.hamana.link.CertificateAuthority;
import city.hamana.link.Certificates;
import city.hamana.link.Pem;
import city.hamana.link.Trust;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;

/**
 * The CA on disk: {@code root-key.pem} and {@code issuing-key.pem} (encrypted), {@code ca.pem} (root, then issuing
 * CA). Devices are signed for by the issuing CA; the root's key is used once, by {@code init}, and belongs on a stick
 * in a safe afterwards: nothing here needs it again until the issuing CA is to be replaced.
 */
record CaFolder(Trust trust, CertificateAuthority issuing) {
    static final String ROOT_KEY = "root-key.pem";
    static final String ISSUING_KEY = "issuing-key.pem";
    static final String CERTIFICATES = "ca.pem";

    /**
     * A new CA in a folder without one.
     *
     * @throws ProvisioningException if the folder holds a CA already
     */
    static CaFolder create(Path folder, String city, char[] passphrase, Instant now) {
        if (Files.exists(folder.resolve(CERTIFICATES))) {
            throw ProvisioningException.of(folder + " holds a CA already; it is not overwritten");
        }
        CertificateAuthority root = CertificateAuthority.root(city, now);
        CertificateAuthority issuing = root.issuing(city, now);
        EncryptedKey.write(folder.resolve(ROOT_KEY), root.privateKey(), passphrase);
        EncryptedKey.write(folder.resolve(ISSUING_KEY), issuing.privateKey(), passphrase);
        List<X509Certificate> certificates = List.of(root.certificate(), issuing.certificate());
        Pem.replace(folder.resolve(CERTIFICATES), Pem.text(certificates));
        return new CaFolder(Trust.of(certificates), issuing);
    }

    /**
     * The CA of a folder, ready to sign.
     *
     * @throws ProvisioningException if there is none or the passphrase is wrong
     */
    static CaFolder open(Path folder, char[] passphrase) {
        Trust trust = trust(folder);
        X509Certificate issuing = trust.certificates().stream()
                .filter(ca -> !trust.roots().contains(ca))
                .findFirst()
                .orElseThrow(() -> ProvisioningException.of(folder + " holds no issuing CA"));
        return new CaFolder(
                trust, new CertificateAuthority(EncryptedKey.read(folder.resolve(ISSUING_KEY), passphrase), issuing));
    }

    /** The certificates alone, without a passphrase. */
    static Trust trust(Path folder) {
        Path file = folder.resolve(CERTIFICATES);
        if (!Files.exists(file)) {
            throw ProvisioningException.of(folder + " holds no CA; make one with: provision init");
        }
        return Trust.read(file);
    }

    /** As staff compare it: SHA-256 of the root certificate in hex. */
    String fingerprint() {
        return Certificates.fingerprint(trust.roots().getFirst());
    }
}
