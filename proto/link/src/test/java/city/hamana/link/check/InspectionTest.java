package city.hamana.link.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.hamana.link.CertificateAuthority;
import city.hamana.link.ClockWatch;
import city.hamana.link.DeviceIdentity;
import city.hamana.link.LocalStatus;
import city.hamana.link.Role;
import city.hamana.messages.v1.ClockState;
import city.hamana.messages.v1.Heartbeat;
import city.hamana.messages.v1.NodePresence;
import city.hamana.messages.v1.SettingsState;
import city.hamana.messages.v1.Status;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Over real sockets and real TLS. */
class InspectionTest {
    private static final List<String> LOOPBACK = List.of("127.0.0.1");

    private final Instant now = Instant.now();
    private final CertificateAuthority ca = CertificateAuthority.root("Testville", now);
    private final DeviceIdentity gateway = ca.identity("gw-1", Role.GATEWAY, LOOPBACK, now);
    private final DeviceIdentity hall = ca.identity("hall", Role.AGGREGATOR, LOOPBACK, now);

    @TempDir
    Path folder;

    private HttpsServer cityHall;
    private volatile int cityHallAnswers = 404;
    private SSLServerSocket broker;

    @BeforeEach
    void serve() throws Exception {
        gateway.save(folder.resolve("identity"));
        cityHall = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 5);
        cityHall.setHttpsConfigurator(new MutualTls(hall.sslContext()));
        cityHall.createContext("/", exchange -> {
            exchange.sendResponseHeaders(cityHallAnswers, -1);
            exchange.close();
        });
        cityHall.start();
        broker = (SSLServerSocket) gateway.sslContext()
                .getServerSocketFactory()
                .createServerSocket(0, 50, InetAddress.getLoopbackAddress());
        broker.setNeedClientAuth(true);
        Thread.ofPlatform().daemon().start(this::listen);
    }

    @AfterEach
    void stop() throws IOException {
        cityHall.stop(0);
        broker.close();
    }

    /** As a broker does: takes the handshake, then waits for the client to speak. */
    private void listen() {
        while (!broker.isClosed()) {
            try {
                SSLSocket socket = (SSLSocket) broker.accept();
                Thread.ofVirtual().start(() -> hold(socket));
            } catch (IOException e) {
                assertTrue(broker.isClosed());
            }
        }
    }

    private static void hold(SSLSocket socket) {
        try (socket) {
            socket.startHandshake();
            socket.getInputStream().read();
        } catch (IOException e) {
            assertFalse(socket.getUseClientMode());
        }
    }

    private static final class MutualTls extends HttpsConfigurator {
        MutualTls(SSLContext tls) {
            super(tls);
        }

        @Override
        public void configure(HttpsParameters parameters) {
            SSLParameters tls = getSSLContext().getDefaultSSLParameters();
            tls.setNeedClientAuth(true);
            parameters.setSSLParameters(tls);
        }
    }

    private URI hallAddress() {
        return URI.create("https://127.0.0.1:" + cityHall.getAddress().getPort());
    }

    private Subject subject() {
        return new Subject(
                folder.resolve("gateway.conf"),
                folder.resolve("identity"),
                Optional.of(hallAddress()),
                folder.resolve("journal.db"),
                new ClockWatch(Clock.systemUTC(), true, folder),
                hallAddress(),
                Optional.of(URI.create("ssl://127.0.0.1:" + broker.getLocalPort())));
    }

    private Subject node() {
        Subject all = subject();
        return new Subject(
                all.settingsFile(),
                all.identityDir(),
                all.est(),
                all.journalFile(),
                all.clock(),
                all.ownBroker().orElseThrow(),
                Optional.empty());
    }

    private Report check(Subject subject) throws InterruptedException {
        return Inspection.of(subject, folder.resolve("no-cards"));
    }

    private static Finding finding(Report report, String name) {
        return report.findings().stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no line " + name + " in\n" + report.text()));
    }

    private Heartbeat live() {
        long unixMs = now.toEpochMilli();
        return Heartbeat.newBuilder()
                .setGateway(Status.newBuilder()
                        .setDeviceId("gw-1")
                        .setSoftware("edge-gateway 0.1.0")
                        .setQuotaBytes(1 << 20)
                        .setClock(ClockState.newBuilder().setUnixMs(unixMs))
                        .setSettings(SettingsState.newBuilder().setVersion(3)))
                .addNodes(NodePresence.newBuilder()
                        .setDeviceId("mn-1")
                        .setConnected(true)
                        .setHeardUnixMs(unixMs - 4_000))
                .build();
    }

    @Test
    void aGatewayThatRunsAndReachesEverythingIsWell() throws Exception {
        try (LocalStatus local = LocalStatus.serve(subject().journalFile(), this::live)) {
            Report report = check(subject());

            assertTrue(report.running(), local.toString());
            assertEquals("gw-1", report.device());
            assertEquals(
                    List.of(
                            "program",
                            "clock",
                            "storage-speed",
                            "storage-wear",
                            "journal",
                            "certificate",
                            "broker",
                            "uplink",
                            "node",
                            "settings"),
                    report.findings().stream().map(Finding::name).toList());
            for (String name : List.of("program", "clock", "journal", "certificate", "broker", "uplink", "node")) {
                assertEquals(Grade.OK, finding(report, name).grade(), report.text());
            }
            assertEquals("mn-1 heard 4 s ago", finding(report, "node").figure());
            assertEquals(20, finding(report, "uplink").values().get("tried"));
            assertEquals(0L, finding(report, "clock").values().get("city-hall-ahead-ms"));
            assertEquals(3L, finding(report, "settings").values().get("version"));
            assertTrue(finding(report, "broker").figure().contains("CN=gw-1,OU=gateway"));
        }
    }

    @Test
    void aProgramThatDoesNotRunIsSaidAndTheRestIsStillLookedAt() throws Exception {
        Files.write(folder.resolve("journal.db"), new byte[2048]);

        Report report = check(subject());

        assertFalse(report.running());
        assertEquals(2, report.exitCode());
        assertEquals(Grade.BAD, finding(report, "program").grade());
        assertTrue(finding(report, "journal").figure().contains("2.0 KiB"));
        assertEquals(Grade.OK, finding(report, "uplink").grade());
    }

    @Test
    void aNodeIsMeasuredToItsGatewaysBroker() throws Exception {
        try (LocalStatus local = LocalStatus.serve(node().journalFile(), this::live)) {
            Report report = check(node());

            assertEquals(20, finding(report, "uplink").values().get("tried"), local.toString());
            assertTrue(finding(report, "uplink").figure().startsWith("the gateway answers"));
            assertTrue(finding(report, "broker").figure().contains("CN=gw-1,OU=gateway"));
            assertEquals("mn-1 heard 4 s ago", finding(report, "meter").figure());
        }
    }

    @Test
    void whatIsOutOfReachIsBadAndDoesNotTakeTwentyTimeouts() throws Exception {
        cityHall.stop(0);
        broker.close();

        Report report = check(subject());

        assertEquals(3, finding(report, "uplink").values().get("tried"));
        assertEquals(Grade.BAD, finding(report, "uplink").grade());
        assertEquals(Grade.BAD, finding(report, "broker").grade());
        assertEquals(Grade.LOOK, finding(report, "certificate").grade());
    }

    @Test
    void aCityHallThatDoesNotWantThisDeviceIsNotTakenForOneThatAnswers() throws Exception {
        for (int status : new int[] {401, 403, 503}) {
            cityHallAnswers = status;
            Finding uplink = finding(check(subject()), "uplink");
            assertEquals(Grade.BAD, uplink.grade());
            assertTrue(uplink.figure().contains(Integer.toString(status)), uplink.figure());
        }
    }

    @Test
    void aBrokerThatDoesNotWantThisDeviceIsNotTakenForOneThatDoes() throws Exception {
        DeviceIdentity stranger =
                CertificateAuthority.root("Elsewhere", now).identity("gw-1", Role.GATEWAY, LOOPBACK, now);
        SSLContext believing = SSLContext.getInstance("TLS");
        javax.net.ssl.TrustManagerFactory city = javax.net.ssl.TrustManagerFactory.getInstance("PKIX");
        city.init(gateway.trustStore());
        believing.init(stranger.keyManagers(), city.getTrustManagers(), null);

        Handshake seen = Handshake.with(URI.create("ssl://127.0.0.1:" + broker.getLocalPort()), believing);

        assertTrue(seen.refusal().isPresent());
    }

    @Test
    void withoutAnIdentityThatCanBeReadTheLineSaysWhatToDo() throws Exception {
        Files.delete(folder.resolve("identity/key.pem"));

        Report report = check(subject());

        assertEquals(Grade.BAD, finding(report, "certificate").grade());
        assertTrue(finding(report, "certificate").figure().contains("key.pem"));
        assertEquals("unknown device", report.device());
    }

    @Test
    void aFolderThatTakesNoFileIsBad() throws Exception {
        Subject all = subject();
        Subject nowhere = new Subject(
                all.settingsFile(),
                all.identityDir(),
                all.est(),
                folder.resolve("gone/journal.db"),
                all.clock(),
                all.uplink(),
                all.ownBroker());

        Report report = check(nowhere);

        assertEquals(Grade.BAD, finding(report, "storage-speed").grade());
        assertEquals(Grade.LOOK, finding(report, "journal").grade());
    }

    @Test
    void theSpeedThatIsMeasuredIsThatOfWritesWhichReallyHappened() throws Exception {
        DiskSpeed speed = DiskSpeed.measure(folder);
        assertTrue(speed.medianMs() > 0 && speed.worstMs() >= speed.medianMs());
        try (var left = Files.list(folder)) {
            assertEquals(List.of(folder.resolve("identity")), left.toList());
        }
    }
}
