package city.hamana.link;

import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECPublicKeySpec;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.jce.ECNamedCurveTable;
import org.bouncycastle.math.ec.ECPoint;

/** Pure functions over keys and certificates, the same for the city's CA and for those who trust it. */
public final class Certificates {
    private static final int KEYID_BYTES = 16;
    private static final int DNS_NAME = 2;
    private static final int IP_ADDRESS = 7;

    private Certificates() {}

    /** Lower-case hex of the first 16 bytes of SHA-256 over the key's SubjectPublicKeyInfo: 32 digits. */
    public static String keyid(PublicKey key) {
        return HexFormat.of().formatHex(Arrays.copyOf(sha256(key.getEncoded()), KEYID_BYTES));
    }

    /** Lower-case hex of SHA-256 over the certificate's DER: 64 digits. */
    public static String fingerprint(X509Certificate certificate) {
        return HexFormat.of().formatHex(sha256(der(certificate)));
    }

    /**
     * A certificate from its DER.
     *
     * @throws TrustException if it is none
     */
    public static X509Certificate parse(byte[] der) {
        try {
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
        } catch (CertificateException e) {
            throw TrustException.of("not an X.509 certificate", e);
        }
    }

    /** The certificate's DER. */
    public static byte[] der(X509Certificate certificate) {
        try {
            return certificate.getEncoded();
        } catch (CertificateEncodingException e) {
            throw TrustException.of("a certificate without an encoding", e);
        }
    }

    /** When the certificate ends. */
    public static Instant end(X509Certificate certificate) {
        return certificate.getNotAfter().toInstant();
    }

    /** A fresh P-256 key pair. */
    public static KeyPair newKey() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (NoSuchAlgorithmException | InvalidAlgorithmParameterException e) {
            throw IdentityException.unsupported(e);
        }
    }

    /**
     * The pair of a private key on P-256.
     *
     * @throws IdentityException if the key is not on P-256
     */
    static KeyPair pair(ECPrivateKey key) {
        try {
            ECPoint point = ECNamedCurveTable.getParameterSpec("secp256r1")
                    .getG()
                    .multiply(key.getS())
                    .normalize();
            java.security.spec.ECPoint affine = new java.security.spec.ECPoint(
                    point.getAffineXCoord().toBigInteger(),
                    point.getAffineYCoord().toBigInteger());
            PublicKey open = KeyFactory.getInstance("EC").generatePublic(new ECPublicKeySpec(affine, key.getParams()));
            return new KeyPair(open, key);
        } catch (GeneralSecurityException e) {
            throw IdentityException.unsupported(e);
        }
    }

    /** Whether a key is ECDSA on P-256, named and not by explicit parameters: the only kind the city uses. */
    public static boolean isP256(PublicKey key) {
        return key instanceof ECPublicKey
                && SECObjectIdentifiers.secp256r1.equals(SubjectPublicKeyInfo.getInstance(key.getEncoded())
                        .getAlgorithm()
                        .getParameters());
    }

    /** The DNS names and IP addresses of a certificate's subjectAltName, sorted; empty when it has none. */
    public static List<String> names(X509Certificate certificate) {
        try {
            return Optional.ofNullable(certificate.getSubjectAlternativeNames()).stream()
                    .flatMap(Collection::stream)
                    .filter(name ->
                            name.getFirst().equals(DNS_NAME) || name.getFirst().equals(IP_ADDRESS))
                    .map(name -> (String) name.get(1))
                    .sorted()
                    .toList();
        } catch (CertificateParsingException e) {
            throw TrustException.of("a certificate with an unreadable subjectAltName", e);
        }
    }

    static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw IdentityException.unsupported(e);
        }
    }
}
