package city.hamana.provisioning;

import city.hamana.link.CertificateAuthority;
import city.hamana.link.Certificates;
import city.hamana.link.DeviceIdentity;
import city.hamana.link.DeviceSubject;
import city.hamana.link.Role;
import city.hamana.link.Trust;
import city.hamana.link.TrustException;
import city.hamana.messages.DeviceId;
import java.math.BigInteger;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.logging.Logger;

/**
 * Decides who gets a certificate; knows nothing of HTTP. A code buys one certificate for its device, role and names;
 * an unrevoked certificate buys its own successor, with the same subject and names, while it is valid and, if it is the
 * device's last, for some time after.
 */
final class RegistrationAuthority {

    /** What became of a request. The reasons are fit to be told to the client. */
    sealed interface Outcome {
        record Issued(X509Certificate certificate) implements Outcome {}

        /** No such open code; which part was wrong is not said. */
        record Unauthorised() implements Outcome {}

        /** Known, but not allowed to. */
        record Forbidden(String reason) implements Outcome {}

        /** The request itself is wrong. */
        record Rejected(String reason) implements Outcome {}
    }

    private static final Logger LOG = Logger.getLogger(RegistrationAuthority.class.getName());
    private static final Duration DEVICE_CODE_LONGEST = Duration.ofDays(366);

    private final CaFolder ca;
    private final Register register;
    private final ProvisioningSettings settings;
    private final Clock clock;

    RegistrationAuthority(CaFolder ca, Register register, ProvisioningSettings settings, Clock clock) {
        this.ca = ca;
        this.register = register;
        this.settings = settings;
        this.clock = clock;
    }

    Trust trust() {
        return ca.trust();
    }

    /**
     * Opens the way for one device; an earlier open code of the same device ends.
     *
     * @return the code, which is kept nowhere else
     * @throws ProvisioningException if the names do not suit the role
     */
    static String admit(Register register, String device, Role role, List<String> names, Duration valid, Instant now) {
        DeviceId.check(device);
        for (String name : names) {
            if (!CertificateAuthority.validName(name)) {
                throw ProvisioningException.of("neither a DNS name nor an IP address: " + name);
            }
        }
        if (!role.serves() && !names.isEmpty()) {
            throw ProvisioningException.of("a " + role.word() + " serves nobody and has no names");
        }
        if (valid.isNegative() || valid.isZero() || valid.compareTo(DEVICE_CODE_LONGEST) > 0) {
            throw ProvisioningException.of("a code is valid for 1 hour to " + DEVICE_CODE_LONGEST.toDays() + " days");
        }
        String code = OneTimeCode.fresh();
        register.addCode(new OneTimeCode(
                0, device, role, SigningRequest.normal(names), OneTimeCode.hash(device, code), now.plus(valid)));
        return code;
    }

    /** simpleenroll: the code is used up only if a certificate is issued. */
    Outcome enrol(String device, String code, byte[] csr) {
        Instant now = clock.instant();
        Optional<OneTimeCode> open = DeviceId.valid(device) ? register.openCode(device, now) : Optional.empty();
        if (open.isEmpty()) {
            return new Outcome.Unauthorised();
        }
        if (!open.get().matches(code)) {
            register.countWrongTry(open.get());
            return new Outcome.Unauthorised();
        }
        try {
            return redeem(open.get(), SigningRequest.parse(csr), now);
        } catch (SigningRequest.Malformed e) {
            return new Outcome.Rejected(e.getMessage());
        }
    }

    /**
     * simplereenroll: {@code shown} is the certificate of the TLS connection. One that has expired is good for this alone,
     * and only if it is the last one of its device and not longer ago than the grace.
     */
    Outcome renew(X509Certificate shown, byte[] csr) {
        Instant now = clock.instant();
        Instant until = shown.getNotAfter().toInstant();
        try {
            ca.trust().verify(shown, now.isAfter(until) ? until : now);
        } catch (TrustException e) {
            return new Outcome.Forbidden(e.getMessage());
        }
        Optional<IssuedCertificate> known = register.find(shown.getSerialNumber());
        if (known.isEmpty() || known.get().revoked().isPresent()) {
            return new Outcome.Forbidden("the certificate is revoked");
        }
        try {
            return renew(shown, known.get(), SigningRequest.parse(csr), now);
        } catch (SigningRequest.Malformed e) {
            return new Outcome.Rejected(e.getMessage());
        }
    }

    /** The server's own identity, fresh: it needs no code, for it holds the CA. */
    DeviceIdentity ownIdentity() {
        Instant now = clock.instant();
        KeyPair pair = Certificates.newKey();
        DeviceSubject subject = new DeviceSubject(settings.id(), Role.PROVISIONING);
        X509Certificate certificate = issue(pair.getPublic(), subject, SigningRequest.normal(settings.names()), now);
        register.add(certificate, subject, now);
        return DeviceIdentity.of(pair.getPrivate(), certificate, ca.trust());
    }

    /** The revocation list, DER: the last one while it is young and nothing was revoked since, else a new one. */
    synchronized byte[] crl() {
        Instant now = clock.instant();
        Map<BigInteger, Instant> revoked = register.revocations();
        Optional<Register.StoredCrl> latest = register.latestCrl();
        Instant young = now.minus(settings.crlLife().dividedBy(2));
        return latest.filter(crl -> crl.revocations() == revoked.size())
                .filter(crl -> crl.issued().isAfter(young))
                .map(Register.StoredCrl::der)
                .orElseGet(() ->
                        newCrl(revoked, latest.map(Register.StoredCrl::number).orElse(0L) + 1, now));
    }

    private byte[] newCrl(Map<BigInteger, Instant> revoked, long number, Instant now) {
        byte[] der = ca.issuing().crl(revoked, BigInteger.valueOf(number), now, settings.crlLife());
        register.addCrl(new Register.StoredCrl(number, now, revoked.size(), der));
        return der;
    }

    private Outcome redeem(OneTimeCode code, SigningRequest request, Instant now) {
        DeviceSubject allowed = new DeviceSubject(code.device(), code.role());
        if (!request.subject().equals(allowed)) {
            return new Outcome.Rejected("the subject is not the one the code is for");
        }
        if (!code.names().containsAll(request.names())) {
            return new Outcome.Rejected("a subjectAltName is not among those the code is for");
        }
        return register.redeem(code, allowed, now, () -> issue(request.key(), allowed, code.names(), now))
                .<Outcome>map(Outcome.Issued::new)
                .orElseGet(Outcome.Unauthorised::new);
    }

    /** RFC 7030 §4.2.2: subject and subjectAltName must be those of the certificate being renewed. */
    private Outcome renew(X509Certificate shown, IssuedCertificate line, SigningRequest request, Instant now) {
        if (!request.rawSubject().equals(shown.getSubjectX500Principal())) {
            return new Outcome.Forbidden("the subject is not that of the certificate shown");
        }
        List<String> names = SigningRequest.normal(Certificates.names(shown));
        if (!request.names().equals(names)) {
            return new Outcome.Rejected("the subjectAltName is not that of the certificate shown");
        }
        Supplier<X509Certificate> successor = () -> issue(request.key(), request.subject(), names, now);
        if (now.isAfter(shown.getNotAfter().toInstant())) {
            return renewExpired(line, Certificates.keyid(request.key()), now, successor);
        }
        X509Certificate certificate = successor.get();
        register.addRenewed(certificate, request.subject(), line, now);
        return new Outcome.Issued(certificate);
    }

    private Outcome renewExpired(
            IssuedCertificate shown, String keyid, Instant now, Supplier<X509Certificate> successor) {
        Duration expired = Duration.between(shown.notAfter(), now);
        if (expired.compareTo(settings.expiredGrace()) > 0) {
            return new Outcome.Forbidden("the certificate expired " + expired.toDays()
                    + " days ago; that is more than the "
                    + settings.expiredGrace().toDays()
                    + " days in which it can still be renewed. " + newCode(shown));
        }
        Optional<X509Certificate> issued =
                register.succeedExpired(shown, keyid, (int) expired.toDays(), now, successor);
        if (issued.isEmpty()) {
            return new Outcome.Forbidden("the certificate has expired, and it is not the last one that "
                    + shown.device() + " was given. " + newCode(shown));
        }
        LOG.warning(() -> shown.device() + " renewed its certificate " + shown.serial() + " " + expired.toDays()
                + " days after its end");
        return new Outcome.Issued(issued.get());
    }

    private static String newCode(IssuedCertificate shown) {
        return "Enrol it anew with a one-time code: provision code --device " + shown.device() + " --role "
                + shown.role().word();
    }

    private X509Certificate issue(PublicKey key, DeviceSubject subject, List<String> names, Instant now) {
        Instant end = now.plus(settings.certificateLife());
        Instant last = ca.issuing().certificate().getNotAfter().toInstant();
        return ca.issuing().issue(key, subject, names, notBefore(now), end.isBefore(last) ? end : last);
    }

    /** Backdated for devices whose clock is behind, but never before the CA itself. */
    private Instant notBefore(Instant now) {
        Instant backdated = now.minus(settings.backdated());
        Instant first = ca.issuing().certificate().getNotBefore().toInstant();
        return backdated.isBefore(first) ? first : backdated;
    }
}
