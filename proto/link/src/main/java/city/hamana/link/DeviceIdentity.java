package city.hamana.link;

import city.hamana.messages.Dsse;
import city.hamana.messages.PayloadType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/**
 * Who a program is: its P-256 key, the certificate the city issued for it (IEEE 802.1AR calls it an LDevID) and the
 * CAs it trusts. Kept in a folder as {@code key.pem} (PKCS#8, mode 0600), {@code certificate.pem} and {@code ca.pem}.
 * Immutable: after a renewal, load it again.
 */
public final class DeviceIdentity {
    public static final String KEY_FILE = "key.pem";
    public static final String CERTIFICATE_FILE = "certificate.pem";
    public static final String CA_FILE = "ca.pem";

    static final String KEY_TYPE = "PRIVATE KEY";
    private static final String ALIAS = "device";

    private final PrivateKey key;
    private final X509Certificate certificate;
    private final Trust trust;
    private final Trust.Peer self;

    private DeviceIdentity(PrivateKey key, X509Certificate certificate, Trust trust) {
        this.key = key;
        this.certificate = certificate;
        this.trust = trust;
        this.self = trust.verify(certificate, certificate.getNotBefore().toInstant());
    }

    /**
     * An identity from its parts. Whether the certificate is valid now is not asked: an expired one can be loaded, to
     * say so and to be enrolled anew.
     *
     * @throws TrustException if the CAs did not issue the certificate, or key and certificate do not belong together
     */
    public static DeviceIdentity of(PrivateKey key, X509Certificate certificate, Trust trust) {
        if (!matches(key, certificate)) {
            throw TrustException.of("the private key does not belong to the certificate");
        }
        return new DeviceIdentity(key, certificate, trust);
    }

    /** Whether a folder holds an identity, good or bad. */
    public static boolean present(Path folder) {
        Path certificate = folder.resolve(CERTIFICATE_FILE);
        return Files.exists(folder.resolve(KEY_FILE))
                && (Files.exists(certificate) || Files.exists(Pem.pending(certificate)));
    }

    /**
     * Loads a folder. A save that a power cut broke off between its two renames is completed first.
     *
     * @throws IdentityException if a file is missing, unreadable, open to others or does not fit the others
     */
    public static DeviceIdentity load(Path folder) {
        Path keyFile = folder.resolve(KEY_FILE);
        Pem.requireSecret(keyFile);
        PrivateKey key = parseKey(keyFile);
        X509Certificate certificate = certificateFor(key, folder.resolve(CERTIFICATE_FILE));
        try {
            return of(key, certificate, Trust.read(folder.resolve(CA_FILE)));
        } catch (TrustException e) {
            throw IdentityException.of(folder, "is not a usable identity", e);
        }
    }

    /**
     * Writes the folder, each file atomically, in an order from which {@link #load} recovers.
     *
     * @throws IdentityException if a file cannot be written
     */
    public void save(Path folder) {
        Path keyFile = folder.resolve(KEY_FILE);
        Path certificateFile = folder.resolve(CERTIFICATE_FILE);
        Pem.replace(folder.resolve(CA_FILE), Pem.text(trust.certificates()));
        Path newCertificate = Pem.prepareOpen(certificateFile, Pem.text(List.of(certificate)));
        Pem.rename(Pem.prepareSecret(keyFile, Pem.text(KEY_TYPE, key.getEncoded())), keyFile);
        Pem.rename(newCertificate, certificateFile);
    }

    public String deviceId() {
        return self.id();
    }

    public Role role() {
        return self.role();
    }

    public X509Certificate certificate() {
        return certificate;
    }

    /** As {@link Certificates#keyid}: 32 lower-case hex digits. */
    public String keyid() {
        return self.keyid();
    }

    public PrivateKey privateKey() {
        return key;
    }

    public Trust trust() {
        return trust;
    }

    /** Signs a payload as this device; returns the envelope's bytes. */
    public byte[] seal(PayloadType type, byte[] payload) {
        return Dsse.seal(type, payload, (ECPrivateKey) key, keyid());
    }

    /** Whether two thirds of the certificate's life are over: time to renew. */
    public boolean renewalDue(Instant now) {
        Instant from = certificate.getNotBefore().toInstant();
        Duration life = Duration.between(from, self.notAfter());
        return now.isAfter(from.plus(life.multipliedBy(2).dividedBy(3)));
    }

    /** The device's certificate and the issuing CA's, as TLS sends them. */
    public List<X509Certificate> chain() {
        List<X509Certificate> chain = new ArrayList<>(List.of(certificate));
        chain.addAll(trust.intermediates(certificate));
        return List.copyOf(chain);
    }

    /**
     * TLS in both directions: shows this certificate, and trusts the city's CAs only. A server asks for client
     * certificates by its own parameters.
     */
    public SSLContext sslContext() {
        return context(keyManagers(), trust);
    }

    /** As {@link #sslContext()}, but peers' certificates are judged by this time instead of the system's clock. */
    public SSLContext sslContext(CertificateTime time) {
        return context(new PeerCheck(trust, time, time));
    }

    /**
     * As {@link #sslContext()}, for the server that renews certificates: a client whose certificate has expired gets
     * through the handshake, judged by its last instant. Whoever serves it must look at the certificate again.
     */
    public SSLContext sslContextForRenewals(InstantSource clock) {
        PeerCheck.Judgement byTheClock = peer -> clock.instant();
        return context(new PeerCheck(trust, peer -> lastInstant(peer, clock.instant()), byTheClock));
    }

    private SSLContext context(PeerCheck check) {
        try {
            return context(keyManagers(), new TrustManager[] {check});
        } catch (GeneralSecurityException e) {
            throw IdentityException.unsupported(e);
        }
    }

    private static Instant lastInstant(X509Certificate certificate, Instant now) {
        Instant until = certificate.getNotAfter().toInstant();
        return now.isAfter(until) ? until : now;
    }

    public KeyManager[] keyManagers() {
        try {
            char[] password = new char[0];
            KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            factory.init(keyStore(password), password);
            return factory.getKeyManagers();
        } catch (GeneralSecurityException e) {
            throw IdentityException.unsupported(e);
        }
    }

    /** A PKCS#12 store in memory with key and chain, the key under this password. */
    public KeyStore keyStore(char[] password) {
        try {
            KeyStore store = emptyStore();
            store.setKeyEntry(ALIAS, key, password, chain().toArray(new Certificate[0]));
            return store;
        } catch (GeneralSecurityException e) {
            throw IdentityException.unsupported(e);
        }
    }

    /** A store in memory with the city's CAs as trust anchors. */
    public KeyStore trustStore() {
        return trustStore(trust);
    }

    /** TLS for a program that has no certificate yet but knows the CAs. */
    static SSLContext context(KeyManager[] keys, Trust trust) {
        try {
            TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
            factory.init(trustStore(trust));
            return context(keys, factory.getTrustManagers());
        } catch (GeneralSecurityException e) {
            throw IdentityException.unsupported(e);
        }
    }

    static SSLContext context(KeyManager[] keys, TrustManager[] trust) throws GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys, trust, null);
        return context;
    }

    static KeyStore trustStore(Trust trust) {
        try {
            KeyStore store = emptyStore();
            int number = 0;
            for (X509Certificate ca : trust.certificates()) {
                store.setCertificateEntry("city-ca-" + number++, ca);
            }
            return store;
        } catch (GeneralSecurityException e) {
            throw IdentityException.unsupported(e);
        }
    }

    private static KeyStore emptyStore() throws GeneralSecurityException {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            return store;
        } catch (IOException e) {
            throw IdentityException.unsupported(e);
        }
    }

    private static X509Certificate certificateFor(PrivateKey key, Path file) {
        if (Files.exists(file) && matches(key, Pem.certificates(file).getFirst())) {
            return Pem.certificates(file).getFirst();
        }
        Path pending = Pem.pending(file);
        if (!Files.exists(pending)) {
            throw IdentityException.of(file, "does not belong to the private key beside it");
        }
        X509Certificate certificate = Pem.certificates(pending).getFirst();
        if (!matches(key, certificate)) {
            throw IdentityException.of(pending, "does not belong to the private key beside it");
        }
        Pem.rename(pending, file);
        return certificate;
    }

    static PrivateKey parseKey(Path file) {
        try {
            return KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(Pem.block(file, KEY_TYPE)));
        } catch (GeneralSecurityException e) {
            throw IdentityException.of(file, "does not hold an EC private key", e);
        }
    }

    private static boolean matches(PrivateKey key, X509Certificate certificate) {
        try {
            byte[] probe = {1};
            Signature signer = Signature.getInstance("SHA256withECDSA");
            signer.initSign(key);
            signer.update(probe);
            byte[] signature = signer.sign();
            signer.initVerify(certificate.getPublicKey());
            signer.update(probe);
            return signer.verify(signature);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    @Override
    public String toString() {
        return "DeviceIdentity[" + self.id() + ", " + self.role().word() + ", key " + self.keyid() + "]";
    }
}
