package city.hamana.aggregator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.hamana.link.DeviceIdentity;
import city.hamana.link.SettingsException;
import city.hamana.messages.v1.Heartbeat;
import city.hamana.messages.v1.Status;
import city.hamana.platform.http.Caller;
import city.hamana.platform.http.TrustedProxies;
import city.hamana.sensing.devices.Devices;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Filter;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole city over real sockets. */
class ServerTest {
    private static Server server;

    @TempDir
    Path folder;

    @BeforeAll
    static void start() {
        server = Server.start(TestCity.settings(), TestCity.identity());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void theDeviceListenerTakesNobodyWithoutACertificate() {
        HttpClient stranger = HttpClient.newBuilder()
                .sslContext(trusting(TestCity.gateway("gw-1")))
                .build();
        assertThrows(IOException.class, () -> get(stranger, server.devicePort(), "/device/v1/anything"));
    }

    @Test
    void aGatewayIsAnsweredAsAProgram() throws Exception {
        HttpClient gateway = HttpClient.newBuilder()
                .sslContext(TestCity.gateway("gw-1").sslContext())
                .build();
        HttpResponse<String> answer = get(gateway, server.devicePort(), "/device/v1/nothing-here");
        assertEquals(404, answer.statusCode());
        assertEquals(HttpClient.Version.HTTP_1_1, answer.version());
        assertEquals(
                "application/problem+json",
                answer.headers().firstValue("Content-Type").orElse(""));
    }

    @Test
    void aGatewaysHeartbeatIsTakenUnderTheNameInItsCertificate() throws Exception {
        HttpClient gateway = HttpClient.newBuilder()
                .sslContext(TestCity.gateway("gw-1").sslContext())
                .build();
        byte[] body = Heartbeat.newBuilder()
                .setGateway(Status.newBuilder().setDeviceId("gw-other"))
                .build()
                .toByteArray();
        assertEquals(200, post(gateway, "/device/v1/heartbeat", body));
        assertEquals(400, post(gateway, "/device/v1/heartbeat", new byte[] {1, 2, 3}));
        Devices devices = TestCity.module(server.city(), Devices.class);
        assertEquals("gw-1", devices.devices().getFirst().id());
    }

    @Test
    void onlyAGatewayOfTheCityIsADevice() {
        assertEquals(
                "gw-1",
                device(TestCity.gateway("gw-1").certificate())
                        .orElseThrow()
                        .peer()
                        .id());
        assertTrue(device(TestCity.node("node-1").certificate()).isEmpty());
        assertTrue(device(TestCity.identity().certificate()).isEmpty());
    }

    @Test
    void thePublicListenerAsksForNoCertificateAndSaysItIsReady() throws Exception {
        HttpClient anyone = HttpClient.newBuilder()
                .sslContext(trusting(TestCity.gateway("gw-1")))
                .version(HttpClient.Version.HTTP_1_1)
                .build();
        HttpResponse<String> answer = get(anyone, server.publicPort(), "/health/ready");
        assertEquals("ready\n", answer.body());
        assertTrue(answer.headers().firstValue("Strict-Transport-Security").isPresent());
    }

    @Test
    void aPortInUseIsSaidAtStart() {
        Settings free = TestCity.settings();
        Settings taken = new Settings(
                free.host(),
                server.publicPort(),
                0,
                free.publicAddress(),
                free.databaseUrl(),
                free.identityDir(),
                free.estAddress(),
                free.clock(),
                free.demo(),
                free.attribution(),
                free.helpPhone(),
                free.channels(),
                free.payments(),
                free.tiles(),
                free.moreFonts(),
                free.closedDays(),
                free.silentAfter(),
                free.expiredSigners(),
                free.initialUsersFile(),
                free.proxies(),
                free.signIn());

        String said = assertThrows(StartException.class, () -> Server.start(taken, TestCity.identity()))
                .getMessage();

        assertTrue(said.contains("port " + server.publicPort()), said);
    }

    @Test
    void settingsHaveDefaultsAndTellOfASlip() throws IOException {
        Path file = folder.resolve("aggregator.properties");
        Files.writeString(file, "public-port=0\nsilent-after-ms=2000\n");
        Settings settings = Settings.read(file);
        assertEquals("jdbc:derby:" + folder.resolve("data/database") + ";create=true", settings.databaseUrl());
        assertEquals(2_000, settings.silentAfter().toMillis());
        Files.writeString(file, "pubic-port=0\n");
        assertThrows(SettingsException.class, () -> Settings.read(file));
    }

    @Test
    void aReverseProxysWordCountsOnlyWhereItIsNamed() throws Exception {
        assertEquals("127.0.0.1", loggedAddress(server, "203.0.113.9"));
        TrustedProxies proxies = TrustedProxies.of("127.0.0.0/8", TrustedProxies.Header.X_FORWARDED_FOR);
        try (Server behind = Server.start(TestCity.settings(proxies), TestCity.identity())) {
            assertEquals("203.0.113.9", loggedAddress(behind, "198.51.100.1, 203.0.113.9"));
            assertEquals("127.0.0.1", loggedAddress(behind, "garbage"));
        }
    }

    @Test
    void proxiesThatAreNoAddressesAreASlipInTheSettings() throws IOException {
        Path file = folder.resolve("proxies.properties");
        Files.writeString(
                file, "public-port=0\ntrusted-proxies=10.0.0.0/8, fd00::/8\ntrusted-proxy-header=forwarded\n");
        assertEquals(2, Settings.read(file).proxies().ranges().size());
        Files.writeString(file, "public-port=0\ntrusted-proxies=our-proxy\n");
        assertThrows(SettingsException.class, () -> Settings.read(file));
    }

    /** The address in the access log, which is the one that the limits count. */
    private static String loggedAddress(Server asked, String forwarded) throws Exception {
        List<String> lines = new CopyOnWriteArrayList<>();
        Logger log = Logger.getLogger("city.hamana.access");
        Level before = log.getLevel();
        Filter keeping = line -> lines.add(new SimpleFormatter().formatMessage(line));
        log.setLevel(Level.INFO);
        log.setFilter(keeping);
        try {
            HttpClient anyone = HttpClient.newBuilder()
                    .sslContext(trusting(TestCity.gateway("gw-1")))
                    .version(HttpClient.Version.HTTP_1_1)
                    .build();
            HttpRequest request = HttpRequest.newBuilder(
                            URI.create("https://localhost:" + asked.publicPort() + "/health/ready"))
                    .header("X-Forwarded-For", forwarded)
                    .build();
            anyone.send(request, HttpResponse.BodyHandlers.ofString());
            long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
            while (lines.isEmpty() && System.nanoTime() < end) {
                Thread.onSpinWait();
            }
        } finally {
            log.setFilter(null);
            log.setLevel(before);
        }
        return lines.getFirst().split(" ", 2)[0];
    }

    private static Optional<Caller.Device> device(X509Certificate certificate) {
        return server.city().site().gate().device(certificate);
    }

    /** A client that knows the city's CA and has nothing to show for itself. */
    private static SSLContext trusting(DeviceIdentity identity) {
        try {
            TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
            trust.init(identity.trustStore());
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static int post(HttpClient client, String path, byte[] body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("https://localhost:" + server.devicePort() + path))
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
        return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    }

    private static HttpResponse<String> get(HttpClient client, int port, String path)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("https://localhost:" + port + path))
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }
}
