package city.hamana.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Devices whose clock is wrong, over real TLS. */
class CertificateTimeTest {
    private static final List<String> LOOPBACK = List.of("127.0.0.1");

    private final Instant now = Instant.now();
    private final CertificateAuthority root = CertificateAuthority.root("Testville", daysAgo(1_000));
    private final CertificateAuthority issuing = root.issuing("Testville", daysAgo(1_000));
    private final Trust trust = Trust.of(List.of(root.certificate(), issuing.certificate()));
    private final DeviceIdentity node = identity("node-1", Role.NODE, List.of(), daysAgo(265), daysAgo(-100));
    private final DeviceIdentity recent = identity("gw-1", Role.GATEWAY, LOOPBACK, daysAgo(10), daysAgo(-300));
    private boolean synchronised;

    @TempDir
    Path folder;

    private Instant daysAgo(long days) {
        return now.minus(Duration.ofDays(days));
    }

    private DeviceIdentity identity(String id, Role role, List<String> names, Instant from, Instant until) {
        KeyPair pair = Certificates.newKey();
        return DeviceIdentity.of(
                pair.getPrivate(),
                issuing.issue(pair.getPublic(), new DeviceSubject(id, role), names, from, until),
                trust);
    }

    /** The node's time on a machine whose clock is this many days behind. */
    private CertificateTime behind(long days) {
        return CertificateTime.of(folder, node, () -> synchronised, () -> daysAgo(days));
    }

    @Test
    void aDeviceWhoseClockIsBehindConnectsToOneWithAYoungerCertificate() throws Exception {
        CertificateTime time = behind(200);

        connect(node, time, recent);

        assertEquals(beginning(recent), time.now());
    }

    @Test
    void aGatewayWhoseClockIsBehindLetsNodesWithYoungerCertificatesIn() throws Exception {
        DeviceIdentity gateway = identity("gw-2", Role.GATEWAY, LOOPBACK, daysAgo(265), daysAgo(-100));
        DeviceIdentity young = identity("node-2", Role.NODE, List.of(), daysAgo(10), daysAgo(-300));
        CertificateTime time = CertificateTime.of(folder, gateway, () -> synchronised, () -> daysAgo(200));

        handshake(young.sslContext(), gateway.sslContext(time));

        synchronised = true;
        assertThrows(IOException.class, () -> handshake(young.sslContext(), gateway.sslContext(time)));
    }

    @Test
    void aWrongClockThatClaimsToBeRightIsBelieved() {
        synchronised = true;

        assertThrows(SSLException.class, () -> connect(node, behind(200), recent));
    }

    @Test
    void anExpiredCertificateIsRefusedWhetherTheClockIsSetOrNot() {
        DeviceIdentity expired = identity("gw-1", Role.GATEWAY, LOOPBACK, daysAgo(400), daysAgo(1));
        assertThrows(SSLException.class, () -> connect(node, behind(0), expired));
        synchronised = true;
        assertThrows(SSLException.class, () -> connect(node, behind(0), expired));
    }

    @Test
    void whatHasExpiredSinceTheTimeThatTheCityVouchedForIsRefusedByAClockThatIsBehind() throws Exception {
        DeviceIdentity brief = identity("gw-1", Role.GATEWAY, LOOPBACK, daysAgo(250), daysAgo(150));
        CertificateTime time = behind(200);
        connect(node, time, brief);

        time.vouched(daysAgo(140));

        assertThrows(SSLException.class, () -> connect(node, time, brief));
    }

    @Test
    void aPeerThatBeginsAfterTheEndOfTheOwnCertificateIsRefused() {
        DeviceIdentity future = identity("gw-1", Role.GATEWAY, LOOPBACK, daysAgo(-101), daysAgo(-400));
        CertificateTime time = behind(200);

        assertThrows(SSLException.class, () -> connect(node, time, future));

        assertEquals(daysAgo(200), time.now());
    }

    @Test
    void timeIsNeverBelievedToBeBeyondTheEndOfTheOwnCertificate() {
        CertificateTime time = behind(200);

        time.vouched(daysAgo(-5_000));

        assertEquals(node.certificate().getNotAfter().toInstant(), time.now());
    }

    @Test
    void aDeviceIsNeverBeforeItsOwnCertificate() {
        assertEquals(beginning(node), behind(20_000).now());
        DeviceIdentity renewed = identity("node-1", Role.NODE, List.of(), daysAgo(5), daysAgo(-300));
        CertificateTime time = behind(20_000);
        time.renewed(renewed);
        assertEquals(beginning(renewed), time.now());
    }

    @Test
    void whatTheCityVouchedForOutlivesAPowerCut() throws Exception {
        connect(node, behind(200), recent);

        CertificateTime afterwards = behind(201);

        assertEquals(beginning(recent), afterwards.now());
        synchronised = true;
        assertEquals(daysAgo(201), afterwards.now());
    }

    @Test
    void theFloorIsWrittenOncePerDayOfItsRise() throws Exception {
        Path file = folder.resolve(CertificateTime.FLOOR_FILE);
        CertificateTime time = behind(200);
        time.vouched(daysAgo(100));
        Files.setLastModifiedTime(file, FileTime.from(daysAgo(9)));

        time.vouched(daysAgo(100).plus(Duration.ofHours(23)));
        time.vouched(daysAgo(120));
        assertEquals(
                FileTime.from(daysAgo(9)).toInstant(),
                Files.getLastModifiedTime(file).toInstant());

        time.vouched(daysAgo(100).plus(Duration.ofHours(24)));
        assertEquals(daysAgo(99), Instant.parse(Files.readString(file).strip()));
    }

    @Test
    void aFloorThatCannotBeReadOrWrittenDoesNotStopTheDevice() throws Exception {
        Files.writeString(folder.resolve(CertificateTime.FLOOR_FILE), "yesterday");
        assertEquals(daysAgo(200), behind(200).now());
        Path nowhere = Files.writeString(folder.resolve("file"), "").resolve("below");
        CertificateTime time = CertificateTime.of(nowhere, node, () -> false, () -> daysAgo(200));
        time.vouched(daysAgo(50));
        assertEquals(daysAgo(50), time.now());
    }

    @Test
    void theHostNameIsStillChecked() {
        DeviceIdentity elsewhere =
                identity("gw-1", Role.GATEWAY, List.of("gw-1.kosai.example"), daysAgo(10), daysAgo(-300));
        CertificateTime time = behind(200);

        String message = assertThrows(SSLException.class, () -> connect(node, time, elsewhere))
                .getMessage();

        assertTrue(message.contains("127.0.0.1"), message);
        assertEquals(daysAgo(200), time.now());
    }

    @Test
    void aStrangerAndAClientPosingAsAServerVouchForNothing() {
        CertificateAuthority other = CertificateAuthority.root("Elsewhere", daysAgo(1_000));
        DeviceIdentity stranger = other.identity("gw-1", Role.GATEWAY, LOOPBACK, now);
        DeviceIdentity client = identity("node-2", Role.NODE, List.of(), daysAgo(10), daysAgo(-300));
        CertificateTime time = behind(200);

        assertThrows(SSLException.class, () -> connect(node, time, stranger));
        assertThrows(SSLException.class, () -> connect(node, time, client));

        assertEquals(daysAgo(200), time.now());
        assertFalse(Files.exists(folder.resolve(CertificateTime.FLOOR_FILE)));
    }

    @Test
    void aRevokedServerIsRefused() {
        byte[] list = issuing.crl(
                Map.of(recent.certificate().getSerialNumber(), now), BigInteger.ONE, now, Duration.ofDays(7));
        DeviceIdentity warned = DeviceIdentity.of(
                node.privateKey(), node.certificate(), node.trust().without(list));

        assertThrows(SSLException.class, () -> connect(warned, behind(200), recent));
    }

    @Test
    void aCertificateIsVerifiedByTheSameRuleOutsideOfTls() {
        CertificateTime time = behind(200);
        assertEquals("gw-1", time.verify(recent.certificate(), trust).id());
        assertEquals(beginning(recent), time.now());
        synchronised = true;
        assertThrows(TrustException.class, () -> time.verify(recent.certificate(), trust));
    }

    private static Instant beginning(DeviceIdentity identity) {
        return identity.certificate().getNotBefore().toInstant();
    }

    private static void connect(DeviceIdentity client, CertificateTime time, DeviceIdentity server) throws Exception {
        handshake(client.sslContext(time), server.sslContext());
    }

    /** Both sides read and write a byte, so that TLS 1.3 has told its mind. */
    private static void handshake(SSLContext client, SSLContext server) throws Exception {
        try (SSLServerSocket listener = (SSLServerSocket)
                server.getServerSocketFactory().createServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            listener.setNeedClientAuth(true);
            CompletableFuture<Void> served = CompletableFuture.runAsync(() -> serveOnce(listener));
            greet(client, listener.getLocalPort());
            served.join();
        }
    }

    private static void greet(SSLContext tls, int port) throws IOException {
        try (SSLSocket socket = (SSLSocket) tls.getSocketFactory().createSocket("127.0.0.1", port)) {
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            socket.setSSLParameters(parameters);
            socket.getOutputStream().write('?');
            socket.getOutputStream().flush();
            if (socket.getInputStream().read() != '!') {
                throw new SSLException("no answer");
            }
        }
    }

    private static void serveOnce(SSLServerSocket listener) {
        try (SSLSocket socket = (SSLSocket) listener.accept()) {
            socket.getInputStream().read();
            socket.getOutputStream().write('!');
        } catch (IOException e) {
            assertTrue(e.getMessage() != null, "the client sees the fault and says it");
        }
    }
}
