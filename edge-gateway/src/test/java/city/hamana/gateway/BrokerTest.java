package city.hamana.gateway;

import static city.hamana.gateway.TestSite.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.hamana.gateway.GatewaySettings.BrokerKind;
import city.hamana.link.CertificateAuthority;
import city.hamana.link.CertificateTime;
import city.hamana.link.Certificates;
import city.hamana.link.DeviceIdentity;
import city.hamana.link.DeviceSubject;
import city.hamana.link.Journal;
import city.hamana.link.MqttLine;
import city.hamana.link.NodeUplink;
import city.hamana.link.Role;
import city.hamana.messages.Topics;
import city.hamana.messages.Topics.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Both brokers hold the same rule and carry the same blocks. */
class BrokerTest {
    private static final byte[] HELLO = "hello".getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path dir;

    @ParameterizedTest
    @EnumSource
    void blocksReachTheGatewaysJournalAndLeaveTheNodesOnlyByReceipt(BrokerKind kind) throws Exception {
        TestSite site = new TestSite(dir);
        DeviceIdentity node = site.node("mn-0001");
        try (Journal journal = site.journal("mn-0001")) {
            for (int i = 0; i < 300; i++) {
                site.append(node, journal, i);
            }
            try (Gateway gateway = Gateway.start(site.keeper(kind, TestSite.nowhere()));
                    NodeUplink uplink = site.uplink(node, journal)) {
                eventually("the node has nothing left", () -> journal.waiting().blocks() == 0);

                assertEquals(300, gateway.journal().waiting().blocks());
                assertTrue(uplink.connected());
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void aNodeThatIsCutOffIsNoticedAndAlsoWhenItIsBack(BrokerKind kind) throws Exception {
        TestSite site = new TestSite(dir);
        DeviceIdentity node = site.node("mn-0001");
        try (Journal journal = site.journal("mn-0001");
                Gateway gateway = Gateway.start(site.keeper(kind, TestSite.nowhere()))) {
            NodeUplink uplink = site.uplink(node, journal);
            eventually("the node is seen", () -> connected(gateway));
            uplink.close();
            eventually("the node is missed", () -> !connected(gateway));
            try (NodeUplink again = site.uplink(node, journal)) {
                eventually("the node is seen again", () -> connected(gateway));
                assertTrue(again.connected());
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void afterTheGatewaysCertificateWasRenewedItsNodesComeBackAndGoOn(BrokerKind kind) throws Exception {
        TestSite site = new TestSite(dir);
        DeviceIdentity node = site.node("mn-0001");
        try (Journal journal = site.journal("mn-0001");
                Gateway gateway = Gateway.start(site.keeper(kind, TestSite.nowhere()));
                NodeUplink uplink = site.uplink(node, journal)) {
            eventually("the node is seen", () -> connected(gateway));
            DeviceIdentity fresh = site.ca.identity("gw-0001", Role.GATEWAY, List.of("127.0.0.1"), site.now);
            fresh.save(dir.resolve("identity"));
            gateway.renewed(fresh);
            site.append(node, journal, 1);
            uplink.wake();

            eventually("the node has nothing left", () -> journal.waiting().blocks() == 0);
            assertEquals(1, gateway.journal().waiting().blocks());
        }
    }

    @ParameterizedTest
    @EnumSource
    void aDevicePublishesUnderItsOwnNameOnly(BrokerKind kind) throws Exception {
        TestSite site = new TestSite(dir);
        List<Topics.Topic> heard = new CopyOnWriteArrayList<>();
        try (Broker broker = broker(site, kind);
                MqttLine gateway = line(site, site.gateway, (topic, payload) -> heard.add(topic));
                MqttLine own = line(site, site.node("mn-0001"), BrokerTest::ignore);
                MqttLine foreign = line(site, site.node("mn-0002"), BrokerTest::ignore)) {
            assertTrue(broker.running());
            for (Kind kindOfTopic : List.of(Kind.BLOCK, Kind.STATUS, Kind.CERTIFICATE)) {
                gateway.subscribe(Topics.every(kindOfTopic));
            }
            tryPublish(foreign, Topics.of("mn-0001", Kind.BLOCK));
            tryPublish(foreign, Topics.of("mn-0001", Kind.CERTIFICATE));
            own.publish(Topics.of("mn-0001", Kind.BLOCK), HELLO, false);
            eventually("the block of its own is heard", () -> !heard.isEmpty());
            Thread.sleep(200);

            assertEquals(List.of(new Topics.Topic("mn-0001", Kind.BLOCK)), heard);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aNodeHearsNoOtherNodesReceiptsOrBlocks(BrokerKind kind) throws Exception {
        TestSite site = new TestSite(dir);
        List<String> heard = new CopyOnWriteArrayList<>();
        try (Broker broker = broker(site, kind);
                MqttLine gateway = line(site, site.gateway, BrokerTest::ignore);
                MqttLine node = line(site, site.node("mn-0001"), (topic, payload) -> heard.add(topic.toString()))) {
            assertTrue(broker.running());
            for (String filter : List.of(
                    Topics.of("mn-0002", Kind.RECEIPT), Topics.every(Kind.RECEIPT), Topics.every(Kind.BLOCK), "#")) {
                trySubscribe(node, filter);
            }
            reconnectIfCut(site, node).subscribe(Topics.of("mn-0001", Kind.RECEIPT));
            gateway.publish(Topics.of("mn-0002", Kind.RECEIPT), HELLO, false);
            Thread.sleep(300);

            assertEquals(List.of(), heard);
        }
    }

    @ParameterizedTest
    @EnumSource
    void whoHasNoCertificateOfTheCityIsNotLetIn(BrokerKind kind) throws Exception {
        TestSite site = new TestSite(dir);
        DeviceIdentity stranger =
                CertificateAuthority.root("Elsewhere", site.now).identity("mn-0001", Role.NODE, List.of(), site.now);
        SSLContext nobody = SSLContext.getInstance("TLS");
        nobody.init(null, new javax.net.ssl.TrustManager[] {new Trusting()}, null);
        try (Broker broker = broker(site, kind)) {
            assertTrue(broker.running());
            assertThrows(MqttException.class, () -> line(site, stranger, BrokerTest::ignore));
            try (SSLSocket socket = (SSLSocket) nobody.getSocketFactory().createSocket("127.0.0.1", site.port)) {
                assertThrows(IOException.class, () -> talk(socket));
            }
        }
    }

    @Test
    void theEmbeddedBrokerOfAGatewayWhoseClockIsBehindLetsInWhoHasAYoungerCertificate() throws Exception {
        TestSite site = new TestSite(dir);
        DeviceIdentity node = site.node("mn-0001");
        InstantSource behind = () -> site.now.minus(Duration.ofDays(1)).minus(Duration.ofHours(1));
        CertificateTime unsure = CertificateTime.of(dir, site.gateway, () -> false, behind);
        GatewaySettings settings = site.settings(BrokerKind.EMBEDDED, TestSite.nowhere());
        try (Broker broker = EmbeddedBroker.start(settings, site.gateway, unsure);
                MqttLine line = line(site, node, BrokerTest::ignore)) {
            assertTrue(broker.running() && line.connected());
        }
        CertificateTime sure = CertificateTime.of(dir, site.gateway, () -> true, behind);
        try (Broker broker = EmbeddedBroker.start(settings, site.gateway, sure)) {
            assertTrue(broker.running());
            assertThrows(MqttException.class, () -> line(site, node, BrokerTest::ignore));
        }
    }

    @Test
    void theEmbeddedBrokerNeverLetsInWhoseCertificateHasExpired() throws Exception {
        TestSite site = new TestSite(dir);
        DeviceIdentity expired = expired(site);
        CertificateTime unsure = CertificateTime.of(dir, site.gateway, () -> false, InstantSource.system());
        GatewaySettings settings = site.settings(BrokerKind.EMBEDDED, TestSite.nowhere());
        try (Broker broker = EmbeddedBroker.start(settings, site.gateway, unsure)) {
            assertTrue(broker.running());
            assertThrows(MqttException.class, () -> line(site, expired, BrokerTest::ignore));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aPortInUseIsOneClearLine(BrokerKind kind) throws Exception {
        TestSite site = new TestSite(dir);
        try (ServerSocket taken = new ServerSocket(site.port, 1, InetAddress.getLoopbackAddress())) {
            assertFalse(taken.isClosed());
            String message = assertThrows(
                            GatewayException.class, () -> Gateway.start(site.keeper(kind, TestSite.nowhere())))
                    .getMessage();
            assertTrue(message.contains("port " + site.port), message);
        }
    }

    private static void ignore(Topics.Topic topic, byte[] payload) {}

    @Test
    void aBrokerThatAKilledGatewayLeftBehindIsEndedByTheNextStart() throws Exception {
        TestSite site = new TestSite(dir);
        GatewaySettings settings = site.settings(BrokerKind.MOSQUITTO, TestSite.nowhere());
        Mosquitto leftBehind = Mosquitto.start(settings, site.gateway);
        try (Mosquitto next = Mosquitto.start(settings, site.gateway)) {
            assertTrue(next.running());
            assertFalse(leftBehind.running());
        }
    }

    @Test
    void whatANodeSignedWithACertificateThatHasExpiredSinceIsTakenOnceItComesWithAFreshOne() throws Exception {
        TestSite site = new TestSite(dir);
        DeviceIdentity former = expired(site);
        DeviceIdentity fresh = site.node("mn-0001");
        try (Journal journal = site.journal("mn-0001")) {
            for (int i = 0; i < 20; i++) {
                site.append(former, journal, i);
            }
            site.append(fresh, journal, 20);
            try (Gateway gateway = Gateway.start(site.keeper(BrokerKind.EMBEDDED, TestSite.nowhere()));
                    NodeUplink uplink = site.uplink(fresh, journal)) {
                eventually("the node has nothing left", () -> journal.waiting().blocks() == 0);

                assertTrue(uplink.connected());
                assertEquals(21, gateway.journal().waiting().blocks());
                assertEquals(2, gateway.journal().signersOf("mn-0001").size());
            }
        }
    }

    /** A node's identity whose certificate ended an hour ago. */
    private static DeviceIdentity expired(TestSite site) {
        KeyPair pair = Certificates.newKey();
        return DeviceIdentity.of(
                pair.getPrivate(),
                site.ca.issue(
                        pair.getPublic(),
                        new DeviceSubject("mn-0001", Role.NODE),
                        List.of(),
                        site.now.minus(Duration.ofHours(20)),
                        site.now.minus(Duration.ofHours(1))),
                site.gateway.trust());
    }

    private static boolean connected(Gateway gateway) {
        return gateway.nodes().presences().stream().anyMatch(node -> node.getConnected());
    }

    private static Broker broker(TestSite site, BrokerKind kind) throws IOException {
        GatewaySettings settings = site.settings(kind, TestSite.nowhere());
        return switch (kind) {
            case EMBEDDED -> EmbeddedBroker.start(settings, site.gateway, site.time(site.gateway));
            case MOSQUITTO -> Mosquitto.start(settings, site.gateway);
        };
    }

    private static MqttLine line(TestSite site, DeviceIdentity who, BiConsumer<Topics.Topic, byte[]> handler)
            throws MqttException {
        return MqttLine.connect(site.broker(), who, site.time(who), Duration.ofSeconds(5), Optional.empty(), handler);
    }

    private static MqttLine reconnectIfCut(TestSite site, MqttLine line) throws MqttException {
        return line.connected() ? line : line(site, site.node("mn-0001"), BrokerTest::ignore);
    }

    /** A broker may answer a forbidden message with silence, a reason code or by hanging up. */
    private static void tryPublish(MqttLine line, String topic) {
        try {
            line.publish(topic, HELLO, true);
        } catch (MqttException e) {
            assertTrue(e.getMessage().length() > 1);
        }
    }

    private static void trySubscribe(MqttLine line, String filter) {
        try {
            line.subscribe(filter);
        } catch (MqttException e) {
            assertTrue(e.getReasonCode() != 0);
        }
    }

    private static void talk(SSLSocket socket) throws IOException {
        socket.setSoTimeout(5_000);
        socket.startHandshake();
        socket.getOutputStream().write(new byte[] {0x10, 0x0d, 0, 4, 'M', 'Q', 'T', 'T', 5, 2, 0, 60, 0, 0, 0});
        InputStream in = socket.getInputStream();
        if (in.read() < 0) {
            throw new IOException("hung up");
        }
    }

    /** For a client that believes any server: what is tested is the server's belief. */
    private static final class Trusting implements javax.net.ssl.X509TrustManager {
        @Override
        public void checkClientTrusted(java.security.cert.X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(java.security.cert.X509Certificate[] chain, String type) {}

        @Override
        public java.security.cert.X509Certificate[] getAcceptedIssuers() {
            return new java.security.cert.X509Certificate[0];
        }
    }
}
