package city.hamana.gateway;

import city.hamana.link.CertificateAuthority;
import city.hamana.link.CertificateTime;
import city.hamana.link.DeviceIdentity;
import city.hamana.link.Journal;
import city.hamana.link.NodeUplink;
import city.hamana.link.Role;
import city.hamana.link.SettingsKeeper;
import city.hamana.messages.Dsse;
import city.hamana.messages.Quantity;
import city.hamana.messages.Sample;
import city.hamana.messages.SampleBlock;
import city.hamana.messages.v1.ClockState;
import city.hamana.messages.v1.Priority;
import city.hamana.messages.v1.Status;
import com.google.protobuf.ByteString;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** A city's CA, a gateway and nodes on loopback, with short waits. */
final class TestSite {
    private static final Journal.Options OPTIONS = new Journal.Options(64 << 20, 0, ZoneId.of("Asia/Tokyo"));

    final Instant now = Instant.now();
    final CertificateAuthority ca = CertificateAuthority.root("Testopolis", now);
    final DeviceIdentity gateway = ca.identity("gw-0001", Role.GATEWAY, List.of("localhost", "127.0.0.1"), now);
    final Path dir;
    final int port;

    TestSite(Path dir) throws IOException {
        this.dir = dir;
        this.port = freePort();
        gateway.save(dir.resolve("identity"));
    }

    /** A settings file like a gateway's, read like a gateway's. */
    SettingsKeeper<GatewaySettings> keeper(GatewaySettings.BrokerKind kind, URI city) throws IOException {
        Path file = Files.writeString(
                dir.resolve("gateway.properties"), """
                identity-dir=identity
                journal-file=gateway.db
                journal-retain-bytes=0
                broker=%s
                broker-port=%d
                broker-dir=broker
                city-address=%s
                heartbeat-every-ms=200
                upload-timeout-ms=2000
                backoff-most-ms=2000
                batch-blocks=64
                batch-bytes=1048576
                clock-trusted=true
                """.formatted(kind.name().toLowerCase(Locale.ROOT), port, city));
        return SettingsKeeper.open(file, GatewaySettings.FROM_AFAR, GatewaySettings::read);
    }

    GatewaySettings settings(GatewaySettings.BrokerKind kind, URI city) throws IOException {
        return keeper(kind, city).settings();
    }

    URI broker() {
        return URI.create("ssl://127.0.0.1:" + port);
    }

    DeviceIdentity node(String id) {
        return ca.identity(id, Role.NODE, List.of(), now);
    }

    Journal journal(String id) {
        return Journal.open(dir.resolve(id + ".db"), id, OPTIONS);
    }

    NodeUplink uplink(DeviceIdentity node, Journal journal) {
        return uplink(node, journal, settings -> {});
    }

    NodeUplink uplink(DeviceIdentity node, Journal journal, Consumer<byte[]> settingsArrived) {
        NodeUplink uplink = new NodeUplink(
                () -> node,
                time(node),
                journal,
                () -> Status.newBuilder().setDeviceId(node.deviceId()).build(),
                new NodeUplink.CityHallSaid(settingsArrived, command -> {}),
                new NodeUplink.Options(
                        broker(),
                        "gw-0001",
                        64,
                        Duration.ofMillis(500),
                        Duration.ofMillis(200),
                        Duration.ofSeconds(5)));
        uplink.start();
        return uplink;
    }

    ByteString append(DeviceIdentity node, Journal journal, long litres) {
        Sample sample = new Sample("hmn-00000001", Quantity.VOLUME, now.plusSeconds(litres * 3600), litres, -3, 0);
        ClockState clock = ClockState.newBuilder()
                .setUnixMs(now.toEpochMilli())
                .setSynchronised(true)
                .build();
        return journal.append(node, clock, Journal.Content.of(Priority.PRIORITY_READING, List.of(sample)));
    }

    static List<Journal.Incoming> incoming(List<Journal.Held> blocks, DeviceIdentity signer) {
        return blocks.stream()
                .map(b -> Journal.Incoming.of(
                        b.envelope(),
                        SampleBlock.parse(Dsse.parse(b.envelope()).getPayload().toByteArray()),
                        signer.certificate()))
                .toList();
    }

    /** Of a device whose clock is right. */
    CertificateTime time(DeviceIdentity device) {
        return CertificateTime.of(dir, device, () -> true, InstantSource.system());
    }

    static URI nowhere() {
        return URI.create("https://127.0.0.1:1");
    }

    /** Waits until something becomes true, at most 20 s. */
    static void eventually(String what, BooleanSupplier condition) throws InterruptedException {
        long until = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > until) {
                throw new AssertionError("did not come true within 20 s: " + what);
            }
            Thread.sleep(20);
        }
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
