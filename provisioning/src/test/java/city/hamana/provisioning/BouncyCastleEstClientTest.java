package city.hamana.provisioning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.hamana.link.Certificates;
import city.hamana.link.DeviceIdentity;
import city.hamana.link.Enrolment;
import city.hamana.link.Role;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Set;
import java.util.stream.Collectors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.est.CACertsResponse;
import org.bouncycastle.est.CSRRequestResponse;
import org.bouncycastle.est.ESTException;
import org.bouncycastle.est.ESTService;
import org.bouncycastle.est.EnrollmentResponse;
import org.bouncycastle.est.jcajce.JcaHttpAuthBuilder;
import org.bouncycastle.est.jcajce.JsseDefaultHostnameAuthorizer;
import org.bouncycastle.est.jcajce.JsseESTServiceBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The server as a client sees it that somebody else wrote: Bouncy Castle's. */
class BouncyCastleEstClientTest {
    @TempDir
    Path folder;

    private TestCity city;

    @BeforeEach
    void start() {
        city = new TestCity(folder);
    }

    @AfterEach
    void stop() {
        city.close();
    }

    private JsseESTServiceBuilder builder() throws Exception {
        TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(city.someone().trustStore());
        JsseESTServiceBuilder builder = new JsseESTServiceBuilder(
                "localhost:" + city.est().getPort(), (X509TrustManager) trust.getTrustManagers()[0]);
        builder.withHostNameAuthorizer(new JsseDefaultHostnameAuthorizer(Set.of()));
        return builder;
    }

    private static JcaHttpAuthBuilder auth(String user, String code) throws Exception {
        return new JcaHttpAuthBuilder(user, code.toCharArray());
    }

    @Test
    void itReadsTheCaCertificates() throws Exception {
        CACertsResponse answer = builder().build().getCACerts();
        Set<String> seen = Set.copyOf(answer.getCertificateStore().getMatches(null).stream()
                .map(BouncyCastleEstClientTest::fingerprint)
                .toList());
        assertEquals(
                city.trust.certificates().stream()
                        .map(Certificates::fingerprint)
                        .collect(Collectors.toSet()),
                seen);
    }

    @Test
    void itReadsWhichAttributesARequestNeeds() throws Exception {
        CSRRequestResponse answer = builder().build().getCSRAttributes();
        assertTrue(answer.hasAttributesResponse());
        assertTrue(answer.getAttributesResponse()
                .hasRequirement(org.bouncycastle.asn1.x9.X9ObjectIdentifiers.ecdsa_with_SHA256));
    }

    @Test
    void itEnrolsWithACode() throws Exception {
        String code = city.code("gw-1", Role.GATEWAY);
        EnrollmentResponse answer = builder()
                .build()
                .simpleEnroll(
                        false,
                        Csr.good("CN=gw-1,OU=gateway"),
                        auth("gw-1", code).build());
        assertTrue(answer.isCompleted());
        X509CertificateHolder issued =
                answer.getStore().getMatches(null).iterator().next();
        assertEquals(
                "gw-1",
                city.trust
                        .verify(Certificates.parse(issued.getEncoded()), Instant.now())
                        .id());
    }

    @Test
    void itRenewsWithTheCertificate() throws Exception {
        DeviceIdentity gateway = Enrolment.enrol(folder.resolve("gw"), city.ticket("gw-1", Role.GATEWAY));
        KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
        keys.init(gateway.keyStore("x".toCharArray()), "x".toCharArray());
        JsseESTServiceBuilder mutual = builder();
        mutual.withKeyManagers(keys.getKeyManagers());
        String name = gateway.certificate().getSubjectX500Principal().getName();
        EnrollmentResponse answer = mutual.build().simpleEnroll(true, Csr.good(name), null);
        assertTrue(answer.isCompleted());
        X509CertificateHolder issued =
                answer.getStore().getMatches(null).iterator().next();
        assertEquals(
                "gw-1",
                city.trust
                        .verify(Certificates.parse(issued.getEncoded()), Instant.now())
                        .id());
    }

    @Test
    void itIsToldThatACodeIsWrong() throws Exception {
        city.code("gw-1", Role.GATEWAY);
        ESTService service = builder().build();
        var wrong = auth("gw-1", "00000-00000-00000-00000").build();
        ESTException refused = assertThrows(
                ESTException.class, () -> service.simpleEnroll(false, Csr.good("CN=gw-1,OU=gateway"), wrong));
        assertEquals(401, refused.getStatusCode());
    }

    private static String fingerprint(X509CertificateHolder holder) {
        try {
            return Certificates.fingerprint(Certificates.parse(holder.getEncoded()));
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
