package city.hamana.link;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;

/**
 * How a device gets its identity and keeps it fresh, over EST (RFC 7030). The key is made here and leaves the device
 * never; what travels is a PKCS#10 request. Enrolling reads the system's clock, so a device without one needs the time set
 * for it; renewing goes by {@link CertificateTime}.
 */
public final class Enrolment {
    private Enrolment() {}

    /**
     * Enrols once and saves the identity into a folder. The CA is known by the folder's {@code ca.pem} or, without
     * one, fetched and held against the ticket's fingerprint (RFC 7030 §4.1.1) before the code is sent anywhere.
     *
     * @param folder replaced files are {@code key.pem}, {@code certificate.pem}, {@code ca.pem}
     * @throws EnrolmentException if the server cannot be reached, is not the city's, or refuses
     * @throws IdentityException if the folder cannot be used
     */
    public static DeviceIdentity enrol(Path folder, Ticket ticket) {
        Trust trust = knownAuthorities(folder, ticket);
        KeyPair pair = Certificates.newKey();
        PKCS10CertificationRequest csr = request(pair, new DeviceSubject(ticket.deviceId(), ticket.role()), List.of());
        try (EstClient client = new EstClient(ticket.est(), trust.sslContext())) {
            X509Certificate issued = client.enrol(csr, ticket.deviceId(), ticket.code());
            return saved(folder, checked(pair, issued, trust, ticket.deviceId(), ticket.role()));
        }
    }

    /**
     * Renews with a fresh key over mutual TLS (simplereenroll), refreshes the CA certificates, and replaces the
     * folder's files atomically. The identity in use stays good until its own end. One that has expired is renewed in
     * the same way, for as long as the server allows.
     *
     * @throws EnrolmentException if the server cannot be reached or refuses
     * @throws IdentityException if the folder cannot be used
     */
    public static DeviceIdentity renew(Path folder, URI est) {
        DeviceIdentity old = DeviceIdentity.load(folder);
        return renew(folder, est, old, old.sslContext());
    }

    /** {@link #renew(Path, URI)} on a device whose clock may be behind. */
    static DeviceIdentity renew(Path folder, URI est, CertificateTime time) {
        DeviceIdentity old = DeviceIdentity.load(folder);
        return renew(folder, est, old, old.sslContext(time));
    }

    private static DeviceIdentity renew(Path folder, URI est, DeviceIdentity old, SSLContext tls) {
        RenewalKey key = RenewalKey.of(folder, old);
        KeyPair pair = key.pair();
        PKCS10CertificationRequest csr =
                request(pair, new DeviceSubject(old.deviceId(), old.role()), Certificates.names(old.certificate()));
        try (EstClient client = new EstClient(est, tls)) {
            Trust trust = authorities(client.cacerts());
            X509Certificate issued = client.reenrol(csr);
            DeviceIdentity renewed = saved(folder, checked(pair, issued, trust, old.deviceId(), old.role()));
            key.used();
            return renewed;
        }
    }

    /**
     * The CA's revocation list, DER, for {@link Trust#without}.
     *
     * @throws EnrolmentException if the server cannot be reached
     */
    public static byte[] revocationList(URI est, DeviceIdentity identity) {
        try (EstClient client = new EstClient(est, identity.sslContext())) {
            return client.crl();
        }
    }

    private static Trust knownAuthorities(Path folder, Ticket ticket) {
        Path ca = folder.resolve(DeviceIdentity.CA_FILE);
        if (Files.exists(ca)) {
            return Trust.read(ca);
        }
        String expected = ticket.caFingerprint()
                .orElseThrow(
                        () -> EnrolmentException.of("neither " + ca + " nor a fingerprint says which CA to trust"));
        try (EstClient client = new EstClient(ticket.est(), EstClient.unauthenticated())) {
            return fingerprinted(client.cacerts(), expected);
        }
    }

    /** Only the root that was named counts; other roots in the answer are not believed. */
    private static Trust fingerprinted(List<X509Certificate> offered, String expected) {
        List<X509Certificate> roots = offered.stream()
                .filter(ca -> Certificates.fingerprint(ca).equals(expected))
                .toList();
        if (roots.isEmpty()) {
            throw EnrolmentException.of("the server's CA does not have the fingerprint " + expected);
        }
        return authorities(offered.stream()
                .filter(ca ->
                        ca.getIssuerX500Principal().equals(roots.getFirst().getSubjectX500Principal()))
                .toList());
    }

    private static Trust authorities(List<X509Certificate> offered) {
        try {
            return Trust.of(offered);
        } catch (TrustException e) {
            throw EnrolmentException.unreadable("CA list", e);
        }
    }

    private static PKCS10CertificationRequest request(KeyPair pair, DeviceSubject subject, List<String> names) {
        try {
            var builder = new JcaPKCS10CertificationRequestBuilder(subject.name(), pair.getPublic());
            if (!names.isEmpty()) {
                Extension alternative = Extension.create(
                        Extension.subjectAlternativeName, false, CertificateAuthority.generalNames(names));
                builder.addAttribute(PKCSObjectIdentifiers.pkcs_9_at_extensionRequest, new Extensions(alternative));
            }
            return builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate()));
        } catch (OperatorCreationException | IOException e) {
            throw IdentityException.unsupported(e);
        }
    }

    private static DeviceIdentity checked(KeyPair pair, X509Certificate issued, Trust trust, String id, Role role) {
        try {
            DeviceIdentity identity = DeviceIdentity.of(pair.getPrivate(), issued, trust);
            if (!identity.deviceId().equals(id) || identity.role() != role) {
                throw EnrolmentException.of("the server issued for someone else: " + identity);
            }
            return identity;
        } catch (TrustException e) {
            throw EnrolmentException.unreadable("certificate", e);
        }
    }

    private static DeviceIdentity saved(Path folder, DeviceIdentity identity) {
        identity.save(folder);
        return identity;
    }
}
