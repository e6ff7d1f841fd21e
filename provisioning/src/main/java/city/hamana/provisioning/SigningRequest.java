package city.hamana.provisioning;

import city.hamana.link.CertificateAuthority;
import city.hamana.link.Certificates;
import city.hamana.link.DeviceSubject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.RuntimeOperatorException;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.bouncycastle.pkcs.PKCSException;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequest;

/**
 * A PKCS#10 request (RFC 2986) that proved possession of its key: P-256, signed by that key, for a device's subject.
 *
 * @param names the subjectAltName asked for, normalised and sorted; only DNS names and addresses
 */
record SigningRequest(DeviceSubject subject, X500Principal rawSubject, PublicKey key, List<String> names) {

    /** A request that is refused; the message is told to the client. */
    static final class Malformed extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private Malformed(String message) {
            super(message);
        }
    }

    /**
     * Reads and checks a request.
     *
     * @throws Malformed saying what is wrong with it
     */
    static SigningRequest parse(byte[] der) {
        try {
            JcaPKCS10CertificationRequest csr = new JcaPKCS10CertificationRequest(der);
            requireP256(csr);
            PublicKey key = csr.getPublicKey();
            requirePossession(csr, key);
            X500Principal name = new X500Principal(csr.getSubject().getEncoded());
            DeviceSubject subject =
                    DeviceSubject.parse(name).orElseThrow(() -> new Malformed("the subject is not CN=device,OU=role"));
            return new SigningRequest(subject, name, key, requestedNames(csr));
        } catch (IOException | GeneralSecurityException | IllegalArgumentException | IllegalStateException e) {
            throw new Malformed("not a PKCS#10 request");
        } catch (ClassCastException | ArrayIndexOutOfBoundsException | NullPointerException e) {
            throw new Malformed("not a PKCS#10 request"); // How the ASN.1 reader meets some malformed inputs.
        }
    }

    /** One spelling per name: lower case, addresses as Java writes them. */
    static List<String> normal(Collection<String> names) {
        return names.stream().map(SigningRequest::normal).distinct().sorted().toList();
    }

    private static String normal(String name) {
        boolean address = name.contains(":") || name.chars().allMatch(c -> c == '.' || Character.isDigit(c));
        return address ? InetAddress.ofLiteral(name).getHostAddress() : name.toLowerCase(Locale.ROOT);
    }

    private static void requireP256(JcaPKCS10CertificationRequest csr) {
        if (!SECObjectIdentifiers.secp256r1.equals(
                csr.getSubjectPublicKeyInfo().getAlgorithm().getParameters())) {
            throw new Malformed("the key is not ECDSA on P-256");
        }
    }

    private static void requirePossession(JcaPKCS10CertificationRequest csr, PublicKey key) {
        try {
            if (!Certificates.isP256(key)) {
                throw new Malformed("the key is not ECDSA on P-256");
            }
            if (!csr.isSignatureValid(new JcaContentVerifierProviderBuilder().build(key))) {
                throw new Malformed("the request is not signed by the key it names");
            }
        } catch (OperatorCreationException | PKCSException | RuntimeOperatorException e) {
            throw new Malformed("the request's signature cannot be checked");
        }
    }

    private static List<String> requestedNames(JcaPKCS10CertificationRequest csr) throws UnknownHostException {
        Extensions wanted = csr.getRequestedExtensions();
        if (wanted == null || wanted.getExtension(Extension.subjectAlternativeName) == null) {
            return List.of();
        }
        List<String> names = new ArrayList<>();
        for (GeneralName name : GeneralNames.fromExtensions(wanted, Extension.subjectAlternativeName)
                .getNames()) {
            names.add(text(name));
        }
        return normal(names);
    }

    private static String text(GeneralName name) throws UnknownHostException {
        String text = switch (name.getTagNo()) {
            case GeneralName.dNSName -> name.getName().toString().toLowerCase(Locale.ROOT);
            case GeneralName.iPAddress ->
                InetAddress.getByAddress(
                                ASN1OctetString.getInstance(name.getName()).getOctets())
                        .getHostAddress();
            default -> throw new Malformed("a subjectAltName that is neither a DNS name nor an address");
        };
        if (!CertificateAuthority.validName(text)) {
            throw new Malformed("a subjectAltName that is no name");
        }
        return text;
    }
}
