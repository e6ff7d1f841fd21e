package city.hamana.link;

import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.CRLNumber;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v2CRLBuilder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.util.IPAddress;

/**
 * A CA's key and certificate, and the certificate profiles of the city (RFC 5280): self-signed root, issuing CA below
 * it, device. It stands beside {@link Trust}, which accepts just these shapes. Where the key is kept, and what is
 * written down about each certificate, is provisioning's business; tests make themselves a city with it.
 */
public final class CertificateAuthority {
    private static final Duration ROOT_LIFE = Duration.ofDays(365 * 20);
    private static final Duration ISSUING_LIFE = Duration.ofDays(365 * 10);
    private static final Duration TEST_LIFE = Duration.ofDays(365);
    private static final Duration BACKDATED = Duration.ofDays(1);
    private static final int SERIAL_BITS = 127;
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Pattern DNS_NAME =
            Pattern.compile("(?=.{1,253}$)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*");
    private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");
    private static final Pattern IPV6_DIGITS = Pattern.compile("[0-9a-f:.]{2,45}");

    private final PrivateKey key;
    private final X509Certificate certificate;

    /** A CA from its stored parts; whether they fit is seen when {@link Trust} verifies what it issues. */
    public CertificateAuthority(PrivateKey key, X509Certificate certificate) {
        this.key = key;
        this.certificate = certificate;
    }

    /** A new self-signed root for a city, valid for 20 years, from a day ago. */
    public static CertificateAuthority root(String city, Instant now) {
        KeyPair pair = Certificates.newKey();
        X500Principal name = caName(city, "device root CA", pair.getPublic());
        JcaX509v3CertificateBuilder builder = builder(name, name, pair.getPublic(), now.minus(BACKDATED), ROOT_LIFE);
        return new CertificateAuthority(
                pair.getPrivate(), asAuthority(builder, pair.getPublic(), pair.getPublic(), 1, pair.getPrivate()));
    }

    /** A new issuing CA below this root, valid for 10 years, from a day ago. */
    public CertificateAuthority issuing(String city, Instant now) {
        KeyPair pair = Certificates.newKey();
        JcaX509v3CertificateBuilder builder = builder(
                certificate.getSubjectX500Principal(),
                caName(city, "device issuing CA", pair.getPublic()),
                pair.getPublic(),
                now.minus(BACKDATED),
                ISSUING_LIFE);
        return new CertificateAuthority(
                pair.getPrivate(), asAuthority(builder, pair.getPublic(), certificate.getPublicKey(), 0, key));
    }

    /**
     * A device's certificate: keyUsage digitalSignature, extendedKeyUsage clientAuth and, for roles that serve,
     * serverAuth and the names as subjectAltName. The serial is 127 random bits.
     *
     * @param names DNS names and IP addresses
     * @throws IllegalArgumentException if a name is neither
     */
    public X509Certificate issue(
            PublicKey deviceKey, DeviceSubject subject, List<String> names, Instant notBefore, Instant notAfter) {
        JcaX509v3CertificateBuilder builder = builder(
                certificate.getSubjectX500Principal(),
                subject.name(),
                deviceKey,
                notBefore,
                Duration.between(notBefore, notAfter));
        try {
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
            builder.addExtension(Extension.extendedKeyUsage, false, purposes(subject.role()));
            if (!names.isEmpty()) {
                builder.addExtension(Extension.subjectAlternativeName, false, generalNames(names));
            }
            return sign(builder, deviceKey, certificate.getPublicKey(), key);
        } catch (CertIOException e) {
            throw IdentityException.unsupported(e);
        }
    }

    /** A whole identity, valid for a year from a day ago, that trusts this CA: for tests and single-machine set-ups. */
    public DeviceIdentity identity(String id, Role role, List<String> names, Trust trust, Instant now) {
        KeyPair pair = Certificates.newKey();
        X509Certificate issued =
                issue(pair.getPublic(), new DeviceSubject(id, role), names, now.minus(BACKDATED), now.plus(TEST_LIFE));
        return DeviceIdentity.of(pair.getPrivate(), issued, trust);
    }

    /** {@link #identity(String, Role, List, Trust, Instant)} for a root that issues by itself. */
    public DeviceIdentity identity(String id, Role role, List<String> names, Instant now) {
        return identity(id, role, names, Trust.of(List.of(certificate)), now);
    }

    /**
     * A revocation list (RFC 5280 §5), DER.
     *
     * @param revoked serial numbers with the instant of each revocation
     * @param number greater than that of every list before
     */
    public byte[] crl(Map<BigInteger, Instant> revoked, BigInteger number, Instant now, Duration life) {
        JcaX509v2CRLBuilder builder =
                new JcaX509v2CRLBuilder(certificate.getSubjectX500Principal(), Date.from(now.minus(BACKDATED)));
        builder.setNextUpdate(Date.from(now.plus(life)));
        revoked.forEach((serial, at) -> builder.addCRLEntry(serial, Date.from(at), CRLReason.unspecified));
        try {
            builder.addExtension(
                    Extension.authorityKeyIdentifier,
                    false,
                    new JcaX509ExtensionUtils().createAuthorityKeyIdentifier(certificate.getPublicKey()));
            builder.addExtension(Extension.cRLNumber, false, new CRLNumber(number));
            return builder.build(signer(key)).getEncoded();
        } catch (IOException | GeneralSecurityException e) {
            throw IdentityException.unsupported(e);
        }
    }

    public X509Certificate certificate() {
        return certificate;
    }

    public PrivateKey privateKey() {
        return key;
    }

    /** Whether a text can stand in a subjectAltName: a lower-case DNS name or an IP address. */
    public static boolean validName(String name) {
        if (!isAddress(name)) {
            return DNS_NAME.matcher(name).matches();
        }
        return name.contains(":") ? validIpv6(name) : IPAddress.isValidIPv4(name);
    }

    /** The names as subjectAltName (RFC 5280 §4.2.1.6). */
    public static GeneralNames generalNames(List<String> names) {
        return new GeneralNames(
                names.stream().map(CertificateAuthority::generalName).toArray(GeneralName[]::new));
    }

    private static GeneralName generalName(String name) {
        if (!validName(name)) {
            throw new IllegalArgumentException("neither a DNS name nor an IP address: " + name);
        }
        return new GeneralName(isAddress(name) ? GeneralName.iPAddress : GeneralName.dNSName, name);
    }

    private static boolean isAddress(String name) {
        return name.contains(":") || IPV4.matcher(name).matches();
    }

    /** A text with a colon is never looked up as a name, only read. */
    @SuppressWarnings("AddressSelection")
    private static boolean validIpv6(String address) {
        try {
            return IPV6_DIGITS.matcher(address).matches() && InetAddress.getByName(address) != null;
        } catch (UnknownHostException e) {
            return false;
        }
    }

    private static ExtendedKeyUsage purposes(Role role) {
        return role.serves()
                ? new ExtendedKeyUsage(
                        new KeyPurposeId[] {KeyPurposeId.id_kp_clientAuth, KeyPurposeId.id_kp_serverAuth})
                : new ExtendedKeyUsage(KeyPurposeId.id_kp_clientAuth);
    }

    /** The key's first hex digits make the name of each CA its own, so that a successor is not taken for it. */
    private static X500Principal caName(String city, String kind, PublicKey key) {
        String mark = Certificates.keyid(key).substring(0, 8);
        return DeviceSubject.principal(new X500NameBuilder(BCStyle.INSTANCE)
                .addRDN(BCStyle.O, city)
                .addRDN(BCStyle.CN, city + " " + kind + " " + mark)
                .build());
    }

    private static X509Certificate asAuthority(
            JcaX509v3CertificateBuilder builder, PublicKey own, PublicKey issuer, int pathLength, PrivateKey signer) {
        try {
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(pathLength));
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
            return sign(builder, own, issuer, signer);
        } catch (CertIOException e) {
            throw IdentityException.unsupported(e);
        }
    }

    private static JcaX509v3CertificateBuilder builder(
            X500Principal issuer, X500Principal subject, PublicKey key, Instant notBefore, Duration life) {
        return new JcaX509v3CertificateBuilder(
                issuer,
                new BigInteger(SERIAL_BITS, RANDOM).setBit(SERIAL_BITS - 1),
                Date.from(notBefore),
                Date.from(notBefore.plus(life)),
                subject,
                key);
    }

    private static X509Certificate sign(
            JcaX509v3CertificateBuilder builder, PublicKey own, PublicKey issuer, PrivateKey signer) {
        try {
            JcaX509ExtensionUtils identifiers = new JcaX509ExtensionUtils();
            builder.addExtension(Extension.subjectKeyIdentifier, false, identifiers.createSubjectKeyIdentifier(own));
            builder.addExtension(
                    Extension.authorityKeyIdentifier, false, identifiers.createAuthorityKeyIdentifier(issuer));
            return new JcaX509CertificateConverter().getCertificate(builder.build(signer(signer)));
        } catch (CertIOException | GeneralSecurityException e) {
            throw IdentityException.unsupported(e);
        }
    }

    private static ContentSigner signer(PrivateKey key) {
        try {
            return new JcaContentSignerBuilder("SHA256withECDSA").build(key);
        } catch (OperatorCreationException e) {
            throw IdentityException.unsupported(e);
        }
    }
}
