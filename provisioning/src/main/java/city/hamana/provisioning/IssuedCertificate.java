package city.hamana.provisioning;

import city.hamana.link.Certificates;
import city.hamana.link.DeviceSubject;
import city.hamana.link.Role;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Optional;

/** One line of the register. {@code serial} is lower-case hex. */
record IssuedCertificate(
        String serial,
        String device,
        Role role,
        String keyid,
        Instant issued,
        Instant notAfter,
        Optional<Instant> revoked) {

    static IssuedCertificate of(X509Certificate certificate, DeviceSubject subject, Instant issued) {
        return new IssuedCertificate(
                certificate.getSerialNumber().toString(16),
                subject.id(),
                subject.role(),
                Certificates.keyid(certificate.getPublicKey()),
                issued,
                certificate.getNotAfter().toInstant(),
                Optional.empty());
    }
}
