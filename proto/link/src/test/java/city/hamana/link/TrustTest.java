package city.hamana.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.Test;

class TrustTest {
    private static final Instant NOW = Instant.parse("2026-11-22T03:00:00Z");
    private static final Instant LATER = NOW.plus(Duration.ofDays(30));

    private final CertificateAuthority root = CertificateAuthority.root("Testville", NOW);
    private final CertificateAuthority issuing = root.issuing("Testville", NOW);
    private final Trust trust = Trust.of(List.of(root.certificate(), issuing.certificate()));

    private static X509Certificate node(CertificateAuthority ca) {
        return ca.issue(
                Certificates.newKey().getPublic(), new DeviceSubject("node-1", Role.NODE), List.of(), NOW, LATER);
    }

    private String refusal(X509Certificate certificate, Instant at) {
        return assertThrows(TrustException.class, () -> trust.verify(certificate, at))
                .getMessage();
    }

    @Test
    void aDeviceOfTheIssuingCaIsKnownByNameRoleAndKey() {
        X509Certificate certificate = node(issuing);
        Trust.Peer peer = trust.verify(certificate, NOW.plusSeconds(1));
        assertEquals("node-1", peer.id());
        assertEquals(Role.NODE, peer.role());
        assertEquals(LATER, peer.notAfter());
        assertEquals(certificate.getPublicKey(), peer.key());
        assertTrue(peer.keyid().matches("[0-9a-f]{32}"), peer.keyid());
    }

    @Test
    void theSubjectReadsAsTheContractSays() {
        assertEquals(
                "CN=node-1,OU=node", node(issuing).getSubjectX500Principal().getName());
    }

    @Test
    void aStrangersCertificateIsRefusedEvenUnderTheSameNames() {
        CertificateAuthority other = CertificateAuthority.root("Testville", NOW);
        assertTrue(refusal(node(other), NOW).contains("was not issued by the city's CA"));
    }

    @Test
    void whatWasGoodWhenABlockWasSignedStaysGoodAfterTheExpiry() {
        X509Certificate certificate = node(issuing);
        assertEquals("node-1", trust.verify(certificate, LATER.minusSeconds(1)).id());
        assertTrue(refusal(certificate, LATER.plusSeconds(1)).contains("expired"));
        assertTrue(refusal(certificate, NOW.minusSeconds(1)).contains("not valid before"));
    }

    @Test
    void aCaIsNoDevice() {
        assertTrue(refusal(issuing.certificate(), NOW).contains("is not a device's certificate"));
    }

    @Test
    void aSubjectWithoutARoleOrWithMoreThanItsTwoPartsIsRefused() throws Exception {
        for (String name : List.of("CN=node-1", "CN=node-1,OU=mayor", "CN=node-1,OU=node,O=x", "CN=Node 1,OU=node")) {
            assertTrue(DeviceSubject.parse(new X500Principal(name)).isEmpty(), name);
        }
        X509Certificate bare = bare(new X500Principal("CN=node-1,OU=node"));
        assertTrue(refusal(bare, NOW).contains("is not a device's certificate"));
    }

    @Test
    void anRsaKeyIsRefusedEvenFromTheCitysOwnCa() throws NoSuchAlgorithmException {
        X509Certificate rsa = issuing.issue(
                KeyPairGenerator.getInstance("RSA").generateKeyPair().getPublic(),
                new DeviceSubject("node-1", Role.NODE),
                List.of(),
                NOW,
                LATER);
        assertTrue(refusal(rsa, NOW).contains("P-256"));
    }

    @Test
    void aRevokedCertificateIsRefusedForEveryInstantAndItsNeighbourIsNot() {
        X509Certificate lost = node(issuing);
        X509Certificate kept = node(issuing);
        byte[] crl = issuing.crl(
                Map.of(lost.getSerialNumber(), NOW.plusSeconds(60)), BigInteger.ONE, NOW, Duration.ofDays(7));
        Trust after = trust.without(crl);
        assertTrue(assertThrows(TrustException.class, () -> after.verify(lost, NOW))
                .getMessage()
                .contains("revoked"));
        assertEquals("node-1", after.verify(kept, NOW).id());
    }

    @Test
    void aRevocationListOfAStrangerIsRefused() {
        CertificateAuthority other = CertificateAuthority.root("Testville", NOW);
        byte[] crl = other.crl(Map.of(), BigInteger.ONE, NOW, Duration.ofDays(7));
        assertThrows(TrustException.class, () -> trust.without(crl));
        assertThrows(TrustException.class, () -> trust.without(new byte[] {1, 2, 3}));
    }

    @Test
    void anIssuingCaWithoutItsRootIsNoTrust() {
        assertThrows(TrustException.class, () -> Trust.of(List.of(issuing.certificate())));
        assertThrows(
                TrustException.class,
                () -> Trust.of(
                        List.of(CertificateAuthority.root("Elsewhere", NOW).certificate(), issuing.certificate())));
        assertThrows(TrustException.class, () -> Trust.of(List.of(root.certificate(), node(issuing))));
    }

    @Test
    void whileARootIsReplacedBothAreTrusted() {
        CertificateAuthority next = CertificateAuthority.root("Testville", NOW);
        Trust both = Trust.of(List.of(root.certificate(), issuing.certificate(), next.certificate()));
        assertEquals("node-1", both.verify(node(next), NOW).id());
        assertEquals("node-1", both.verify(node(issuing), NOW).id());
    }

    @Test
    void namesAreHostNamesOrAddressesAndNothingElse() {
        for (String good : List.of("localhost", "hall.kosai.example", "127.0.0.1", "::1", "10.1.2.3")) {
            assertTrue(CertificateAuthority.validName(good), good);
        }
        for (String bad : List.of("", "-a", "a..b", "a b", "*.example", "300.1.1.1", "HALL", "a/b", "1:2:")) {
            assertTrue(!CertificateAuthority.validName(bad), bad);
        }
    }

    /** Signed by the issuing CA, but with none of the extensions of its profile. */
    private X509Certificate bare(X500Principal subject) throws Exception {
        var builder = new JcaX509v3CertificateBuilder(
                issuing.certificate().getSubjectX500Principal(),
                BigInteger.TEN,
                Date.from(NOW),
                Date.from(LATER),
                subject,
                Certificates.newKey().getPublic());
        var signer = new JcaContentSignerBuilder("SHA256withECDSA").build(issuing.privateKey());
        return new JcaX509CertificateConverter().getCertificate(builder.build(signer));
    }
}
