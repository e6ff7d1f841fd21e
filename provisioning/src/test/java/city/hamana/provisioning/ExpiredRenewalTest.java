package city.hamana.provisioning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.hamana.link.Certificates;
import city.hamana.link.DeviceIdentity;
import city.hamana.link.DeviceSubject;
import city.hamana.link.Enrolment;
import city.hamana.link.EnrolmentException;
import city.hamana.link.Pem;
import city.hamana.link.Role;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Devices that come back after months, over real TLS to a real EST server. */
class ExpiredRenewalTest {
    private static final DeviceSubject SUBJECT = new DeviceSubject("gw-1", Role.GATEWAY);

    @TempDir
    Path folder;

    private TestCity city;
    private Path device;

    @BeforeEach
    void start() {
        city = new TestCity(folder);
        device = folder.resolve("device");
    }

    @AfterEach
    void stop() {
        city.close();
    }

    /** A certificate as the CA would have issued it a year before its end, in the register and in the device's folder. */
    private DeviceIdentity endedDaysAgo(long days) {
        KeyPair pair = Certificates.newKey();
        Instant end = Instant.now().minus(Duration.ofDays(days)).minusSeconds(60);
        Instant begin = end.minus(Duration.ofDays(365));
        X509Certificate issued =
                city.issuing.issue(pair.getPublic(), SUBJECT, List.of("gw-1.kosai.example"), begin, end);
        city.register.add(issued, SUBJECT, begin);
        DeviceIdentity identity = DeviceIdentity.of(pair.getPrivate(), issued, city.trust);
        identity.save(device);
        return identity;
    }

    private String refused() {
        return assertThrows(EnrolmentException.class, () -> Enrolment.renew(device, city.est()))
                .getMessage();
    }

    private IssuedCertificate last() {
        return city.register.certificates().getLast();
    }

    @Test
    void aDeviceWhoseLastCertificateExpiredLongAgoRenewsItByItselfAndTheRegisterSaysSo() {
        DeviceIdentity old = endedDaysAgo(200);

        DeviceIdentity renewed = Enrolment.renew(device, city.est());

        assertEquals(
                "gw-1", city.trust.verify(renewed.certificate(), Instant.now()).id());
        assertFalse(renewed.keyid().equals(old.keyid()));
        assertEquals(renewed.keyid(), DeviceIdentity.load(device).keyid());
        assertEquals(List.of("gw-1.kosai.example"), Certificates.names(renewed.certificate()));
        assertEquals(200, last().expiredDays().orElseThrow());
        assertEquals(Optional.of(old.certificate().getSerialNumber().toString(16)), last().predecessor());
        assertEquals(renewed.keyid(), last().keyid());
    }

    @Test
    void theListOfCertificatesSaysSoToo() throws Exception {
        DeviceIdentity old = endedDaysAgo(200);
        Enrolment.renew(device, city.est());
        Pem.replace(folder.resolve(CaFolder.CERTIFICATES), Pem.text(city.trust.certificates()));
        Path config = Files.writeString(folder.resolve("provisioning.properties"), "folder=.\n");
        StringWriter out = new StringWriter();

        int code = Main.commandLine().setOut(new PrintWriter(out)).execute("list", "--config", config.toString());

        assertEquals(0, code);
        String serial = old.certificate().getSerialNumber().toString(16);
        assertTrue(out.toString().contains("good  renewed 200 days after the end of " + serial), out.toString());
    }

    @Test
    void aRenewalInTimeIsNotMarked() {
        Enrolment.enrol(device, city.ticket("gw-1", Role.GATEWAY, "gw-1.kosai.example"));

        Enrolment.renew(device, city.est());

        assertTrue(last().expiredDays().isEmpty());
        assertTrue(last().predecessor().isPresent());
    }

    @Test
    void anExpiredCertificateThatIsNotTheLastOneOfItsDeviceIsRefused() {
        endedDaysAgo(300);
        Path copy = folder.resolve("copy");
        DeviceIdentity.load(device).save(copy);
        Enrolment.renew(device, city.est());
        device = copy;

        String message = refused();

        assertTrue(message.contains("403: the certificate has expired, and it is not the last one that gw-1"), message);
        assertTrue(message.contains("one-time code"), message);
    }

    @Test
    void aDeviceThatNeverGotTheAnswerAsksForTheSameKeyAndIsGivenTheSameCertificate() throws Exception {
        DeviceIdentity old = endedDaysAgo(300);
        Path key = device.resolve("renewal-key.pem");
        Path before = folder.resolve("before");
        old.save(before);
        assertThrows(
                EnrolmentException.class,
                () -> Enrolment.renew(device, java.net.URI.create("https://127.0.0.1:1")),
                "no server there");
        Files.copy(key, before.resolve("renewal-key.pem"));
        DeviceIdentity lost = Enrolment.renew(device, city.est());
        assertFalse(Files.exists(key));

        DeviceIdentity again = Enrolment.renew(before, city.est());

        assertEquals(lost.certificate(), again.certificate());
        assertEquals(
                1,
                city.register.certificates().stream()
                        .filter(one -> one.predecessor().isPresent())
                        .count());
        Files.copy(before.resolve("key.pem"), key, StandardCopyOption.REPLACE_EXISTING);
        assertFalse(Enrolment.renew(before, city.est()).keyid().equals(again.keyid()), "a used key is not used again");
    }

    @Test
    void aRevokedOneIsRefused() {
        endedDaysAgo(30);
        city.register.revoke("gw-1", Instant.now());

        assertTrue(refused().contains("403: the certificate is revoked"));
    }

    @Test
    void whenTheGraceIsOverTheRefusalSaysWhatToDo() {
        endedDaysAgo(401);

        String message = refused();

        assertTrue(message.contains("expired 401 days ago; that is more than the 400 days"), message);
        assertTrue(message.contains("provision code --device gw-1 --role gateway"), message);
    }

    @Test
    void oneThatTheRegisterDoesNotKnowIsRefused() {
        KeyPair pair = Certificates.newKey();
        Instant now = Instant.now();
        X509Certificate unknown = city.issuing.issue(
                pair.getPublic(), SUBJECT, List.of(), now.minus(Duration.ofDays(9)), now.minus(Duration.ofDays(1)));
        DeviceIdentity.of(pair.getPrivate(), unknown, city.trust).save(device);

        assertTrue(refused().contains("403"));
    }

    @Test
    void onTheWayOfOneTimeCodesAnExpiredCertificateIsAsNone() throws Exception {
        DeviceIdentity expired = endedDaysAgo(30);
        try (HttpClient client =
                HttpClient.newBuilder().sslContext(expired.sslContext()).build()) {
            assertEquals(401, enrol(client, Optional.empty()).statusCode());
            assertEquals(401, enrol(client, Optional.of("wrong")).statusCode());
            String code = city.code("gw-1", Role.GATEWAY, "gw-1.kosai.example");
            assertEquals(200, enrol(client, Optional.of(code)).statusCode());
        }
    }

    private HttpResponse<String> enrol(HttpClient client, Optional<String> code) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(city.est().resolve("/.well-known/est/simpleenroll"))
                .header("Content-Type", "application/pkcs10")
                .POST(BodyPublishers.ofString(Csr.base64(Csr.good("CN=gw-1,OU=gateway"))));
        code.ifPresent(c -> request.header(
                "Authorization",
                "Basic " + Base64.getEncoder().encodeToString(("gw-1:" + c).getBytes(StandardCharsets.UTF_8))));
        return client.send(request.build(), BodyHandlers.ofString());
    }

    @Test
    void aRegisterFromBeforeRenewalsWereTracedIsOpenedAndTakesTheirTrace() throws Exception {
        Path file = folder.resolve("old.db");
        try (Connection db = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement sql = db.createStatement()) {
            sql.execute("create table issued (serial text primary key, device text not null, role text not null, "
                    + "keyid text not null, issued_ms integer not null, not_after_ms integer not null, "
                    + "revoked_ms integer, certificate blob not null)");
            sql.execute("insert into issued values ('1f', 'gw-9', 'gateway', 'k', 1, 2, null, x'00')");
        }

        Register register = new Register(file);

        IssuedCertificate kept = register.certificates().getFirst();
        assertEquals("gw-9", kept.device());
        assertTrue(kept.predecessor().isEmpty() && kept.expiredDays().isEmpty());
        assertEquals(1, new Register(file).certificates().size());
    }
}
