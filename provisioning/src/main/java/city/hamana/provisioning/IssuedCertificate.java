package city.hamana.provisioning;

import city.hamana.link.Certificates;
import city.hamana.link.DeviceSubject;
import city.hamana.link.Role;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * One line of the register.
 *
 * @param serial lower-case hex
 * @param predecessor of a renewal: the serial of the certificate that was shown for it
 * @param expiredDays of a renewal with a certificate that had expired: how many whole days before
 */
record IssuedCertificate(
        String serial,
        String device,
        Role role,
        String keyid,
        Instant issued,
        Instant notAfter,
        Optional<Instant> revoked,
        Optional<String> predecessor,
        OptionalInt expiredDays) {

    static IssuedCertificate of(X509Certificate certificate, DeviceSubject subject, Instant issued) {
        return new IssuedCertificate(
                certificate.getSerialNumber().toString(16),
                subject.id(),
                subject.role(),
                Certificates.keyid(certificate.getPublicKey()),
                issued,
                certificate.getNotAfter().toInstant(),
                Optional.empty(),
                Optional.empty(),
                OptionalInt.empty());
    }

    IssuedCertificate after(IssuedCertificate shown, OptionalInt expired) {
        return new IssuedCertificate(
                serial, device, role, keyid, issued, notAfter, revoked, Optional.of(shown.serial), expired);
    }
}
