package city.hamana.provisioning;

import city.hamana.link.CertificateAuthority;
import city.hamana.link.Certificates;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import java.util.List;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;

/** Requests as a device, a careless vendor or an attacker would make them. */
final class Csr {
    private Csr() {}

    static PKCS10CertificationRequest good(String subject, String... names) throws Exception {
        return of(subject, Certificates.newKey(), "SHA256withECDSA", names);
    }

    static PKCS10CertificationRequest rsa(String subject) throws Exception {
        return of(subject, KeyPairGenerator.getInstance("RSA").generateKeyPair(), "SHA256withRSA");
    }

    static PKCS10CertificationRequest p384(String subject) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp384r1"));
        return of(subject, generator.generateKeyPair(), "SHA384withECDSA");
    }

    /** Names one key and is signed by another. */
    static PKCS10CertificationRequest stolen(String subject) throws Exception {
        KeyPair mixed = new KeyPair(
                Certificates.newKey().getPublic(), Certificates.newKey().getPrivate());
        return of(subject, mixed, "SHA256withECDSA");
    }

    static PKCS10CertificationRequest of(String subject, KeyPair pair, String algorithm, String... names)
            throws Exception {
        var builder = new JcaPKCS10CertificationRequestBuilder(new X500Principal(subject), pair.getPublic());
        if (names.length > 0) {
            builder.addAttribute(
                    PKCSObjectIdentifiers.pkcs_9_at_extensionRequest,
                    new Extensions(Extension.create(
                            Extension.subjectAlternativeName,
                            false,
                            CertificateAuthority.generalNames(List.of(names)))));
        }
        return builder.build(new JcaContentSignerBuilder(algorithm).build(pair.getPrivate()));
    }

    static String base64(PKCS10CertificationRequest csr) throws Exception {
        return Base64.getMimeEncoder().encodeToString(csr.getEncoded());
    }
}
