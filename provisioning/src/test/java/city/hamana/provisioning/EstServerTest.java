package city.hamana.provisioning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.hamana.link.CertificateAuthority;
import city.hamana.link.Certificates;
import city.hamana.link.DeviceIdentity;
import city.hamana.link.Enrolment;
import city.hamana.link.Role;
import city.hamana.link.Trust;
import city.hamana.link.TrustException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.bouncycastle.cms.CMSSignedData;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EstServerTest {
    private static final String GATEWAY = "CN=gw-1,OU=gateway";

    @TempDir
    Path folder;

    private TestCity city;
    private HttpClient http;

    @BeforeEach
    void start() throws Exception {
        city = new TestCity(folder);
        http = client(city.anonymous());
    }

    @AfterEach
    void stop() {
        http.close();
        city.close();
    }

    private static HttpClient client(SSLContext tls) {
        return HttpClient.newBuilder()
                .sslContext(tls)
                .version(HttpClient.Version.HTTP_1_1)
                .build();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(city.est().resolve(path)).timeout(Duration.ofSeconds(20));
    }

    private static String basic(String user, String password) {
        return "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    private HttpResponse<String> send(HttpClient client, HttpRequest request) throws Exception {
        return client.send(request, BodyHandlers.ofString());
    }

    private HttpResponse<String> enrol(String user, String code, String body) throws Exception {
        return send(
                http,
                request("/.well-known/est/simpleenroll")
                        .header("Authorization", basic(user, code))
                        .header("Content-Type", "application/pkcs10")
                        .POST(BodyPublishers.ofString(body))
                        .build());
    }

    private HttpResponse<String> renew(DeviceIdentity shown, String body) throws Exception {
        return renew(shown.sslContext(), body);
    }

    private HttpResponse<String> renew(SSLContext tls, String body) throws Exception {
        try (HttpClient mutual = client(tls)) {
            return send(
                    mutual,
                    request("/.well-known/est/simplereenroll")
                            .header("Content-Type", "application/pkcs10")
                            .POST(BodyPublishers.ofString(body))
                            .build());
        }
    }

    private static X509Certificate certificate(HttpResponse<String> answer) throws Exception {
        assertEquals(200, answer.statusCode(), answer.body());
        CMSSignedData data = new CMSSignedData(Base64.getMimeDecoder().decode(answer.body()));
        var holders = data.getCertificates().getMatches(null);
        assertEquals(1, holders.size());
        return Certificates.parse(holders.iterator().next().getEncoded());
    }

    @Test
    void theCaCertificatesAreFreeForAllInTheFormOfTheRfc() throws Exception {
        HttpResponse<String> answer =
                send(http, request("/.well-known/est/cacerts").build());
        assertEquals(200, answer.statusCode());
        assertEquals(
                "application/pkcs7-mime; smime-type=certs-only",
                answer.headers().firstValue("Content-Type").orElseThrow());
        CMSSignedData data = new CMSSignedData(Base64.getMimeDecoder().decode(answer.body()));
        assertEquals(2, data.getCertificates().getMatches(null).size());
        assertEquals(0, data.getSignerInfos().size());
    }

    @Test
    void aGatewayGetsACertificateWithTheNamesAndUsesOfItsCode() throws Exception {
        Instant before = Instant.now();
        String code = city.code("gw-1", Role.GATEWAY, "gw-1.kosai.example", "127.0.0.1", "::1");
        X509Certificate issued = certificate(enrol("gw-1", code, Csr.base64(Csr.good(GATEWAY))));
        assertEquals("gw-1", city.trust.verify(issued, Instant.now()).id());
        assertEquals(
                Set.of("gw-1.kosai.example", "127.0.0.1", "0:0:0:0:0:0:0:1"), Set.copyOf(Certificates.names(issued)));
        assertEquals(Set.of("1.3.6.1.5.5.7.3.1", "1.3.6.1.5.5.7.3.2"), Set.copyOf(issued.getExtendedKeyUsage()));
        assertEquals(-1, issued.getBasicConstraints());
        assertTrue(issued.getKeyUsage()[0]);
        assertFalse(issued.getKeyUsage()[5]);
        assertTrue(issued.getSerialNumber().bitLength() >= 120);
        assertTrue(issued.getExtensionValue("2.5.29.14").length > 0);
        assertTrue(issued.getExtensionValue("2.5.29.35").length > 0);
        assertTrue(issued.getNotBefore().toInstant().isBefore(before.minus(Duration.ofHours(23))));
        assertTrue(issued.getNotAfter().toInstant().isAfter(before.plus(Duration.ofDays(29))));
    }

    @Test
    void aNodeMayOnlyBeAClient() throws Exception {
        String code = city.code("node-1", Role.NODE);
        X509Certificate issued = certificate(enrol("node-1", code, Csr.base64(Csr.good("CN=node-1,OU=node"))));
        assertEquals(List.of("1.3.6.1.5.5.7.3.2"), issued.getExtendedKeyUsage());
        assertEquals(List.of(), Certificates.names(issued));
    }

    @Test
    void theBodyMayStandInOneLineAndMayClaimAnyTransferEncoding() throws Exception {
        String line = Base64.getEncoder().encodeToString(Csr.good(GATEWAY).getEncoded());
        HttpResponse<String> answer = send(
                http,
                request("/.well-known/est/simpleenroll")
                        .header("Authorization", basic("gw-1", city.code("gw-1", Role.GATEWAY)))
                        .header("Content-Type", "application/pkcs10; charset=us-ascii")
                        .header("Content-Transfer-Encoding", "binary")
                        .POST(BodyPublishers.ofString(line))
                        .build());
        certificate(answer);
    }

    @Test
    void theCodeIsReadWithCapitalsAndWithoutDashes() throws Exception {
        String code = city.code("gw-1", Role.GATEWAY);
        String typed = code.replace("-", "").toUpperCase(java.util.Locale.ROOT);
        certificate(enrol("gw-1", typed, Csr.base64(Csr.good(GATEWAY))));
    }

    @Test
    void aCodeWorksOnce() throws Exception {
        String code = city.code("gw-1", Role.GATEWAY);
        certificate(enrol("gw-1", code, Csr.base64(Csr.good(GATEWAY))));
        assertEquals(401, enrol("gw-1", code, Csr.base64(Csr.good(GATEWAY))).statusCode());
    }

    @Test
    void ofManyThatUseACodeAtOnceExactlyOneGetsACertificate() throws Exception {
        String code = city.code("gw-1", Role.GATEWAY);
        List<Callable<Integer>> attempts = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            String body = Csr.base64(Csr.good(GATEWAY));
            attempts.add(() -> enrol("gw-1", code, body).statusCode());
        }
        List<Integer> statuses = new ArrayList<>();
        try (ExecutorService together = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Integer> answer : together.invokeAll(attempts)) {
                statuses.add(answer.get());
            }
        }
        assertEquals(1, statuses.stream().filter(s -> s == 200).count(), statuses.toString());
        assertEquals(11, statuses.stream().filter(s -> s == 401).count(), statuses.toString());
        assertEquals(
                1,
                city.register.certificates().stream()
                        .filter(one -> one.device().equals("gw-1"))
                        .count());
    }

    @Test
    void anExpiredCodeIsRefused() throws Exception {
        String code = RegistrationAuthority.admit(
                city.register,
                "gw-1",
                Role.GATEWAY,
                List.of(),
                Duration.ofHours(1),
                Instant.now().minus(Duration.ofHours(2)));
        assertEquals(401, enrol("gw-1", code, Csr.base64(Csr.good(GATEWAY))).statusCode());
    }

    @Test
    void aWrongCodeIsRefusedWithAChallengeAndAfterFiveTriesTheRightOneIsToo() throws Exception {
        String code = city.code("gw-1", Role.GATEWAY);
        String body = Csr.base64(Csr.good(GATEWAY));
        for (int i = 0; i < OneTimeCode.TRIES; i++) {
            HttpResponse<String> answer = enrol("gw-1", "00000-00000-00000-00000", body);
            assertEquals(401, answer.statusCode());
            assertTrue(answer.headers()
                    .firstValue("WWW-Authenticate")
                    .orElseThrow()
                    .startsWith("Basic realm="));
        }
        assertEquals(401, enrol("gw-1", code, body).statusCode());
    }

    @Test
    void anotherDevicesCodeIsRefused() throws Exception {
        String code = city.code("gw-1", Role.GATEWAY);
        String body = Csr.base64(Csr.good("CN=gw-2,OU=gateway"));
        assertEquals(401, enrol("gw-2", code, body).statusCode());
        assertEquals(400, enrol("gw-1", code, body).statusCode());
    }

    @Test
    void aNewCodeEndsTheOlderOne() throws Exception {
        String older = city.code("gw-1", Role.GATEWAY);
        String newer = city.code("gw-1", Role.GATEWAY);
        assertEquals(401, enrol("gw-1", older, Csr.base64(Csr.good(GATEWAY))).statusCode());
        certificate(enrol("gw-1", newer, Csr.base64(Csr.good(GATEWAY))));
    }

    @Test
    void aBadRequestIsNamedAndDoesNotUseUpTheCode() throws Exception {
        String code = city.code("gw-1", Role.GATEWAY, "gw-1.kosai.example");
        List<String> bad = List.of(
                "",
                "*** not base64 ***",
                Base64.getEncoder().encodeToString(new byte[] {0x30, 0x03, 0x02, 0x01}),
                Base64.getEncoder().encodeToString("hello".getBytes(StandardCharsets.UTF_8)),
                Csr.base64(Csr.stolen(GATEWAY)),
                Csr.base64(Csr.rsa(GATEWAY)),
                Csr.base64(Csr.p384(GATEWAY)),
                Csr.base64(Csr.good("CN=gw-2,OU=gateway")),
                Csr.base64(Csr.good("CN=gw-1,OU=aggregator")),
                Csr.base64(Csr.good("CN=gw-1,OU=gateway,O=more")),
                Csr.base64(Csr.good(GATEWAY, "hall.kosai.example")));
        for (String body : bad) {
            HttpResponse<String> answer = enrol("gw-1", code, body);
            assertEquals(400, answer.statusCode(), body);
            assertTrue(answer.headers().firstValue("Content-Type").orElseThrow().startsWith("text/plain"));
            assertFalse(answer.body().isBlank());
        }
        certificate(enrol("gw-1", code, Csr.base64(Csr.good(GATEWAY, "gw-1.kosai.example"))));
    }

    @Test
    void noTruncationAndNoFlippedBitsOfARequestPassAsSomethingElse() throws Exception {
        byte[] der = Csr.good(GATEWAY).getEncoded();
        SigningRequest whole = SigningRequest.parse(der);
        for (int i = 0; i < der.length; i++) {
            byte[] flipped = der.clone();
            flipped[i] ^= 0x15;
            byte[] cut = java.util.Arrays.copyOf(der, i);
            assertThrows(SigningRequest.Malformed.class, () -> SigningRequest.parse(cut));
            assertTrue(refusedOrSame(flipped, whole), "byte " + i);
        }
    }

    /** What is outside the signed part can change without changing what is asked for. */
    private static boolean refusedOrSame(byte[] der, SigningRequest whole) {
        try {
            return SigningRequest.parse(der).equals(whole);
        } catch (SigningRequest.Malformed e) {
            return true;
        }
    }

    @Test
    void withoutCredentialsOrWithBrokenOnesTheAnswerIsAChallenge() throws Exception {
        String body = Csr.base64(Csr.good(GATEWAY));
        for (String header : List.of("Basic", "Basic !!", "Basic Z3c=", "Bearer x", basic("NOT AN ID", "x"))) {
            HttpResponse<String> answer = send(
                    http,
                    request("/.well-known/est/simpleenroll")
                            .header("Authorization", header)
                            .header("Content-Type", "application/pkcs10")
                            .POST(BodyPublishers.ofString(body))
                            .build());
            assertEquals(401, answer.statusCode(), header);
        }
    }

    @Test
    void anotherContentTypeIsRefused() throws Exception {
        HttpResponse<String> answer = send(
                http,
                request("/.well-known/est/simpleenroll")
                        .header("Authorization", basic("gw-1", city.code("gw-1", Role.GATEWAY)))
                        .header("Content-Type", "text/html")
                        .POST(BodyPublishers.ofString(Csr.base64(Csr.good(GATEWAY))))
                        .build());
        assertEquals(415, answer.statusCode());
    }

    @Test
    void twoMegabytesAreRefusedWhetherTheirLengthIsSaidOrNot() throws Exception {
        byte[] big = new byte[2 << 20];
        java.util.Arrays.fill(big, (byte) 'A');
        assertTrue(firstLine(big, "Content-Length: " + big.length, false).contains(" 413"));
        assertTrue(firstLine(big, "Transfer-Encoding: chunked", true).contains(" 413"));
        assertEquals(200, send(http, request("/health").build()).statusCode());
    }

    /** Writes what the server takes and reads its first line, on a plain TLS socket: no client's kindness between. */
    private String firstLine(byte[] body, String lengthHeader, boolean chunked) throws Exception {
        URI est = city.est();
        try (SSLSocket socket =
                (SSLSocket) city.anonymous().getSocketFactory().createSocket(est.getHost(), est.getPort())) {
            socket.setSoTimeout(5_000);
            OutputStream out = socket.getOutputStream();
            String head = "POST /.well-known/est/simpleenroll HTTP/1.1\r\nHost: localhost\r\n"
                    + "Content-Type: application/pkcs10\r\nAuthorization: " + basic("gw-1", "x") + "\r\n"
                    + lengthHeader + "\r\n\r\n";
            out.write(head.getBytes(StandardCharsets.US_ASCII));
            try {
                if (chunked) {
                    out.write((Integer.toHexString(body.length) + "\r\n").getBytes(StandardCharsets.US_ASCII));
                }
                out.write(body, 0, EstServer.LONGEST_BODY_BYTES + 100);
                out.flush();
            } catch (IOException e) {
                assertTrue(e.getMessage() != null, "the server may close before everything is written");
            }
            return new java.io.BufferedReader(
                            new java.io.InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))
                    .readLine();
        }
    }

    @Test
    void aDeviceRenewsWithItsOwnCertificateAndBothStayKnown() throws Exception {
        DeviceIdentity first = Enrolment.enrol(
                folder.resolve("gw"), city.ticket("gw-1", Role.GATEWAY, "gw-1.kosai.example", "127.0.0.1"));
        DeviceIdentity second = Enrolment.renew(folder.resolve("gw"), city.est());
        assertFalse(first.keyid().equals(second.keyid()));
        assertEquals(Certificates.names(first.certificate()), Certificates.names(second.certificate()));
        assertEquals(second.keyid(), DeviceIdentity.load(folder.resolve("gw")).keyid());
        assertEquals(
                "gw-1", city.trust.verify(first.certificate(), Instant.now()).id());
    }

    @Test
    void renewalIsForTheSameSubjectAndNamesOnly() throws Exception {
        DeviceIdentity gateway =
                Enrolment.enrol(folder.resolve("gw"), city.ticket("gw-1", Role.GATEWAY, "gw-1.kosai.example"));
        String name = gateway.certificate().getSubjectX500Principal().getName();
        assertEquals(
                403,
                renew(gateway, Csr.base64(Csr.good("CN=gw-2,OU=gateway", "gw-1.kosai.example")))
                        .statusCode());
        assertEquals(
                403,
                renew(gateway, Csr.base64(Csr.good("CN=gw-1,OU=aggregator", "gw-1.kosai.example")))
                        .statusCode());
        assertEquals(400, renew(gateway, Csr.base64(Csr.good(name))).statusCode());
        assertEquals(
                400,
                renew(gateway, Csr.base64(Csr.good(name, "hall.kosai.example"))).statusCode());
        assertEquals(400, renew(gateway, Csr.base64(Csr.stolen(name))).statusCode());
        certificate(renew(gateway, Csr.base64(Csr.good(name, "gw-1.kosai.example"))));
    }

    @Test
    void aRevokedCertificateCannotRenewAndStandsOnTheList() throws Exception {
        DeviceIdentity gateway = Enrolment.enrol(folder.resolve("gw"), city.ticket("gw-1", Role.GATEWAY));
        byte[] before = Enrolment.revocationList(city.est(), gateway);
        assertEquals(
                "gw-1",
                city.trust
                        .without(before)
                        .verify(gateway.certificate(), Instant.now())
                        .id());
        assertEquals(1, city.register.revoke("gw-1", Instant.now()));
        String name = gateway.certificate().getSubjectX500Principal().getName();
        assertEquals(403, renew(gateway, Csr.base64(Csr.good(name))).statusCode());
        Trust after = city.trust.without(Enrolment.revocationList(city.est(), gateway));
        assertThrows(TrustException.class, () -> after.verify(gateway.certificate(), Instant.now()));
    }

    @Test
    void theRevocationListIsMadeAnewOnlyWhenSomethingChanged() throws Exception {
        byte[] first = city.authority.crl();
        assertTrue(java.util.Arrays.equals(first, city.authority.crl()));
        Enrolment.enrol(folder.resolve("gw"), city.ticket("gw-1", Role.GATEWAY));
        city.register.revoke("gw-1", Instant.now());
        byte[] second = city.authority.crl();
        assertFalse(java.util.Arrays.equals(first, second));
        var list = (java.security.cert.X509CRL) java.security.cert.CertificateFactory.getInstance("X.509")
                .generateCRL(new ByteArrayInputStream(second));
        list.verify(city.issuing.certificate().getPublicKey());
        assertEquals(1, list.getRevokedCertificates().size());
    }

    @Test
    void aCertificateTheRegisterNeverSawCannotRenew() throws Exception {
        DeviceIdentity someone = city.someone();
        String name = someone.certificate().getSubjectX500Principal().getName();
        assertEquals(403, renew(someone, Csr.base64(Csr.good(name))).statusCode());
    }

    @Test
    void renewalWithoutACertificateIsForbiddenAndAForeignOneIsAsNone() throws Exception {
        String body = Csr.base64(Csr.good(GATEWAY));
        HttpResponse<String> bare = send(
                http,
                request("/.well-known/est/simplereenroll")
                        .header("Content-Type", "application/pkcs10")
                        .POST(BodyPublishers.ofString(body))
                        .build());
        assertEquals(403, bare.statusCode());
        DeviceIdentity foreign = CertificateAuthority.root("Elsewhere", Instant.now())
                .identity("gw-1", Role.GATEWAY, List.of(), Instant.now());
        HttpResponse<String> strange = renew(believing(foreign), body);
        assertEquals(403, strange.statusCode());
        assertTrue(strange.body().contains("needs the certificate to be renewed"), strange.body());
    }

    /** TLS of a stranger who believes the city. */
    private SSLContext believing(DeviceIdentity stranger) throws Exception {
        TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
        factory.init(city.someone().trustStore());
        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(stranger.keyManagers(), factory.getTrustManagers(), null);
        return tls;
    }

    @Test
    void unknownPathsAndMethodsAreAnsweredAsSuch() throws Exception {
        assertEquals(
                404,
                send(http, request("/.well-known/est/serverkeygen").build()).statusCode());
        assertEquals(404, send(http, request("/").build()).statusCode());
        HttpResponse<String> get =
                send(http, request("/.well-known/est/simpleenroll").build());
        assertEquals(405, get.statusCode());
        assertEquals("POST", get.headers().firstValue("Allow").orElseThrow());
    }

    @Test
    void healthAnswersWithoutCredentials() throws Exception {
        HttpResponse<String> answer = send(http, request("/health").build());
        assertEquals(200, answer.statusCode());
        assertTrue(answer.body().startsWith("{\"status\":\"up\""), answer.body());
    }

    @Test
    void whoAsksTooOftenIsToldToWait() throws Exception {
        try (TestCity strict = new TestCity(folder, 2);
                HttpClient other = client(strict.anonymous())) {
            URI path = strict.est().resolve("/.well-known/est/simpleenroll");
            HttpRequest post = HttpRequest.newBuilder(path)
                    .header("Content-Type", "application/pkcs10")
                    .POST(BodyPublishers.ofString(Csr.base64(Csr.good(GATEWAY))))
                    .build();
            assertEquals(401, send(other, post).statusCode());
            assertEquals(401, send(other, post).statusCode());
            HttpResponse<String> third = send(other, post);
            assertEquals(429, third.statusCode());
            assertEquals("60", third.headers().firstValue("Retry-After").orElseThrow());
        }
    }
}
