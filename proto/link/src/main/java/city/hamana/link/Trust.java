package city.hamana.link;

import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.cert.CRLException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;

/**
 * The city's CA certificates, and the one place that says who a certificate speaks for. Holds one or more self-signed
 * roots (two while a root is replaced) and the issuing CAs below them; a device's certificate is signed by one of
 * these directly. Immutable.
 */
public final class Trust {
    private static final int DIGITAL_SIGNATURE = 0;
    private static final int CERTIFICATE_SIGN = 5;

    /** Whom a certificate speaks for, checked. {@code keyid} as {@link Certificates#keyid}. */
    public record Peer(String id, Role role, String keyid, PublicKey key, Instant notAfter) {}

    /** When a certificate is valid, both ends included. */
    record Validity(Instant from, Instant until) {
        static Validity of(X509Certificate certificate) {
            return new Validity(
                    certificate.getNotBefore().toInstant(),
                    certificate.getNotAfter().toInstant());
        }
    }

    private record Revoked(X509Certificate issuer, BigInteger serial) {}

    private final List<X509Certificate> authorities;
    private final Set<Revoked> revoked;

    private Trust(List<X509Certificate> authorities, Set<Revoked> revoked) {
        this.authorities = authorities;
        this.revoked = revoked;
    }

    /**
     * Trust in these CAs: at least one self-signed root, and issuing CAs that a root among them signed.
     *
     * @throws TrustException if one of them is no CA or hangs from no root
     */
    public static Trust of(Collection<X509Certificate> authorities) {
        Trust trust = new Trust(List.copyOf(authorities), Set.of());
        if (trust.roots().isEmpty()) {
            throw TrustException.of("no self-signed CA certificate among the city's");
        }
        authorities.forEach(trust::requireAuthority);
        return trust;
    }

    /**
     * Trust in the certificates of a PEM file.
     *
     * @throws IdentityException if the file cannot be read
     * @throws TrustException as {@link #of}
     */
    public static Trust read(Path caPem) {
        return of(Pem.certificates(caPem));
    }

    /**
     * The same trust without the certificates that a CRL (DER, RFC 5280 §5) names. Lists add up over calls.
     *
     * @throws TrustException if it is no CRL or not signed by one of the CAs
     */
    public Trust without(byte[] crl) {
        X509CRL list = parseCrl(crl);
        X509Certificate issuer = authorities.stream()
                .filter(ca -> ca.getSubjectX500Principal().equals(list.getIssuerX500Principal()))
                .filter(ca -> signed(list, ca))
                .findFirst()
                .orElseThrow(() -> TrustException.of("a revocation list that the city's CA did not sign"));
        Set<Revoked> all = new HashSet<>(revoked);
        Optional.ofNullable(list.getRevokedCertificates()).stream()
                .flatMap(Collection::stream)
                .forEach(entry -> all.add(new Revoked(issuer, entry.getSerialNumber())));
        return new Trust(authorities, Set.copyOf(all));
    }

    /** All CA certificates, in the order given. */
    public List<X509Certificate> certificates() {
        return authorities;
    }

    /** The self-signed ones; at least one. */
    public List<X509Certificate> roots() {
        return authorities.stream().filter(Trust::selfSigned).toList();
    }

    /** SHA-256 of the first root's DER, in hex: what is given out of band beside a code. */
    public String fingerprint() {
        return Certificates.fingerprint(roots().getFirst());
    }

    /**
     * Whom a certificate spoke for at an instant. For a connection that is now; for a block it is when it was signed,
     * so that what was signed before an expiry stays good. A revoked certificate is refused for every instant, since
     * whoever stole its key can write any time.
     *
     * @throws TrustException if issuer, signature, validity, subject or key is not as the city issues them
     */
    public Peer verify(X509Certificate certificate, Instant at) {
        X509Certificate issuer = issuerOf(certificate);
        requireValid(issuer, at);
        requireValid(certificate, at);
        if (revoked(issuer, certificate)) {
            throw TrustException.of(shown(certificate) + " is revoked");
        }
        return peer(certificate);
    }

    /** Whether one of the city's CAs issued a certificate and has revoked it. */
    boolean revoked(X509Certificate certificate) {
        return !revoked.isEmpty()
                && authorities.stream().anyMatch(ca -> issued(ca, certificate) && revoked(ca, certificate));
    }

    private boolean revoked(X509Certificate issuer, X509Certificate certificate) {
        return revoked.contains(new Revoked(issuer, certificate.getSerialNumber()));
    }

    /** TLS for a client without a certificate of its own: believes the city's servers only. */
    public SSLContext sslContext() {
        return DeviceIdentity.context(null, this);
    }

    /** The issuing CAs between a certificate and its root: what a TLS peer sends after its own certificate. */
    List<X509Certificate> intermediates(X509Certificate certificate) {
        X509Certificate issuer = issuerOf(certificate);
        return selfSigned(issuer) ? List.of() : List.of(issuer);
    }

    private static Peer peer(X509Certificate certificate) {
        boolean[] usage = certificate.getKeyUsage();
        if (certificate.getBasicConstraints() >= 0 || usage == null || !usage[DIGITAL_SIGNATURE]) {
            throw TrustException.of(shown(certificate) + " is not a device's certificate");
        }
        if (!Certificates.isP256(certificate.getPublicKey())) {
            throw TrustException.of(shown(certificate) + " has a key that is not on P-256");
        }
        DeviceSubject subject = DeviceSubject.parse(certificate.getSubjectX500Principal())
                .orElseThrow(() -> TrustException.of(shown(certificate) + " does not name a device and its role"));
        return new Peer(
                subject.id(),
                subject.role(),
                Certificates.keyid(certificate.getPublicKey()),
                certificate.getPublicKey(),
                certificate.getNotAfter().toInstant());
    }

    private X509Certificate issuerOf(X509Certificate certificate) {
        return authorities.stream()
                .filter(ca -> ca.getSubjectX500Principal().equals(certificate.getIssuerX500Principal()))
                .filter(ca -> signed(certificate, ca))
                .findFirst()
                .orElseThrow(() -> TrustException.of(shown(certificate) + " was not issued by the city's CA"));
    }

    private void requireAuthority(X509Certificate ca) {
        boolean[] usage = ca.getKeyUsage();
        if (ca.getBasicConstraints() < 0 || usage == null || !usage[CERTIFICATE_SIGN]) {
            throw TrustException.of(shown(ca) + " is not a CA certificate");
        }
        if (!selfSigned(ca) && roots().stream().noneMatch(root -> issued(root, ca))) {
            throw TrustException.of(shown(ca) + " is not issued by any of the roots beside it");
        }
    }

    private static void requireValid(X509Certificate certificate, Instant at) {
        Instant from = certificate.getNotBefore().toInstant();
        Instant until = certificate.getNotAfter().toInstant();
        if (at.isBefore(from)) {
            throw TrustException.of(shown(certificate) + " is not valid before " + from + ", and it is " + at);
        }
        if (at.isAfter(until)) {
            throw TrustException.of(shown(certificate) + " expired on " + until + ", and it is " + at);
        }
    }

    private static boolean selfSigned(X509Certificate certificate) {
        return issued(certificate, certificate);
    }

    private static boolean issued(X509Certificate ca, X509Certificate certificate) {
        return ca.getSubjectX500Principal().equals(certificate.getIssuerX500Principal()) && signed(certificate, ca);
    }

    private static boolean signed(X509Certificate certificate, X509Certificate ca) {
        try {
            certificate.verify(ca.getPublicKey());
            return true;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private static boolean signed(X509CRL list, X509Certificate ca) {
        try {
            list.verify(ca.getPublicKey());
            return true;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private static X509CRL parseCrl(byte[] der) {
        try {
            return (X509CRL) CertificateFactory.getInstance("X.509").generateCRL(new ByteArrayInputStream(der));
        } catch (CRLException | CertificateException e) {
            throw TrustException.of("not a revocation list", e);
        }
    }

    /** A subject made fit for a log line; certificates come from strangers. */
    private static String shown(X509Certificate certificate) {
        String name = certificate.getSubjectX500Principal().getName().replaceAll("\\p{Cntrl}", "?");
        return "certificate \"" + (name.length() > 120 ? name.substring(0, 120) + "…" : name) + "\"";
    }

    @Override
    public String toString() {
        return authorities.stream()
                .map(ca -> ca.getSubjectX500Principal().getName())
                .collect(Collectors.joining("; ", "Trust[", "]"));
    }
}
