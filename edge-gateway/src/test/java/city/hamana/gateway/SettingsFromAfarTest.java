package city.hamana.gateway;

import static city.hamana.gateway.TestSite.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.hamana.gateway.GatewaySettings.BrokerKind;
import city.hamana.link.DeviceIdentity;
import city.hamana.link.Journal;
import city.hamana.link.NodeUplink;
import city.hamana.link.Role;
import city.hamana.link.Settings;
import city.hamana.link.SettingsKeeper;
import city.hamana.link.SignedSettings;
import city.hamana.messages.v1.DeviceSettings;
import city.hamana.messages.v1.Heartbeat;
import city.hamana.messages.v1.HeartbeatAnswer;
import city.hamana.messages.v1.RemoteSettings;
import city.hamana.messages.v1.SettingsState;
import com.google.protobuf.ByteString;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All the way from city hall, which answers heartbeats over real TLS, to a gateway and over its broker to a node. */
class SettingsFromAfarTest {
    @TempDir
    Path dir;

    private TestSite site;
    private DeviceIdentity cityHall;
    private HttpsServer server;
    private volatile HeartbeatAnswer answer = HeartbeatAnswer.getDefaultInstance();
    private volatile SettingsState told = SettingsState.getDefaultInstance();

    @BeforeEach
    void start() throws IOException {
        site = new TestSite(dir);
        cityHall = site.ca.identity("city-hall", Role.AGGREGATOR, List.of("localhost"), site.now);
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
        server.setHttpsConfigurator(new HttpsConfigurator(cityHall.sslContext()));
        server.createContext("/device/v1/heartbeat", this::heartbeat);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private void heartbeat(HttpExchange exchange) throws IOException {
        told = Heartbeat.parseFrom(exchange.getRequestBody()).getGateway().getSettings();
        byte[] body = answer.toByteArray();
        exchange.sendResponseHeaders(200, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private SettingsKeeper<GatewaySettings> gatewaysStart() throws IOException {
        URI city = URI.create("https://localhost:" + server.getAddress().getPort());
        return site.keeper(BrokerKind.EMBEDDED, city);
    }

    private HeartbeatAnswer sending(String device, String key, String value) {
        RemoteSettings settings = RemoteSettings.newBuilder()
                .setDeviceId(device)
                .setVersion(1)
                .putValues(key, value)
                .setConfirmWithinMs(600_000)
                .build();
        return HeartbeatAnswer.newBuilder()
                .addSettings(DeviceSettings.newBuilder()
                        .setDeviceId(device)
                        .setAttested(ByteString.copyFrom(SignedSettings.attest(settings, cityHall))))
                .build();
    }

    @Test
    void aGatewayStartsAnewWithThemAndCityHallsNextAnswerConfirmsThem() throws Exception {
        CountDownLatch restart = new CountDownLatch(1);
        SettingsKeeper<GatewaySettings> before = gatewaysStart();
        try (Gateway gateway = Gateway.start(before)) {
            before.watch(restart::countDown);
            answer = sending("gw-0001", "heartbeat-every-ms", "150");
            assertTrue(
                    restart.await(20, TimeUnit.SECONDS),
                    "told to end: " + gateway.journal().device());
        }

        SettingsKeeper<GatewaySettings> after = gatewaysStart();
        assertEquals(150, after.settings().heartbeatEvery().toMillis());
        assertTrue(after.state().getOnTrial());
        try (Gateway gateway = Gateway.start(after)) {
            eventually("confirmed", () -> !after.state().getOnTrial());
            eventually("city hall is told", () -> told.getVersion() == 1 && !told.getOnTrial());
            assertEquals("gw-0001", gateway.journal().device());
        }
    }

    @Test
    void whatAGatewayRefusesIsToldToCityHallWithTheReason() throws Exception {
        try (Gateway gateway = Gateway.start(gatewaysStart())) {
            answer = sending("gw-0001", "identity-dir", "/tmp");

            eventually("city hall is told", () -> told.getRefusedVersion() == 1);

            assertTrue(told.getReason().contains("identity-dir cannot be set from afar"), told.getReason());
            assertEquals("gw-0001", gateway.journal().device());
        }
    }

    @Test
    void aNodeGetsItsOwnOverTheGatewaysBroker() throws Exception {
        DeviceIdentity node = site.node("mn-0001");
        Path file = Files.writeString(dir.resolve("node.conf"), "poll-every-ms=100\n");
        SettingsKeeper<Long> keeper =
                SettingsKeeper.open(file, Set.of("poll-every-ms"), SettingsFromAfarTest::pollEveryMs);
        CountDownLatch restart = new CountDownLatch(1);
        keeper.watch(restart::countDown);
        try (Journal journal = site.journal("mn-0001");
                Gateway gateway = Gateway.start(gatewaysStart());
                NodeUplink uplink = site.uplink(node, journal, sent -> keeper.receive(sent, node, site.time(node)))) {
            answer = sending("mn-0001", "poll-every-ms", "250");

            assertTrue(restart.await(20, TimeUnit.SECONDS), "told to end");

            assertTrue(uplink.connected());
            assertEquals(0, gateway.journal().waiting().setAside());
        }
        assertEquals(
                250L,
                SettingsKeeper.open(file, Set.of("poll-every-ms"), SettingsFromAfarTest::pollEveryMs)
                        .settings());
    }

    private static Long pollEveryMs(Settings settings) {
        return settings.number("poll-every-ms", 1, 1, 1_000);
    }
}
