package city.hamana.sensing.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import city.hamana.link.CertificateAuthority;
import city.hamana.link.CertificateTime;
import city.hamana.link.DeviceIdentity;
import city.hamana.link.Role;
import city.hamana.link.Settings;
import city.hamana.link.SettingsKeeper;
import city.hamana.link.SettingsKeeper.Reply;
import city.hamana.messages.v1.DeviceSettings;
import city.hamana.messages.v1.Heartbeat;
import city.hamana.messages.v1.NodePresence;
import city.hamana.messages.v1.SettingsState;
import city.hamana.messages.v1.Status;
import city.hamana.platform.access.Proof;
import city.hamana.platform.db.Database;
import city.hamana.platform.events.Entry;
import city.hamana.platform.events.Events;
import city.hamana.platform.html.Html;
import city.hamana.platform.http.Caller;
import city.hamana.sensing.settings.Version.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** City hall's side against a real device's side: real signatures, real files. */
class DeviceConfigurationTest {
    private static final Caller.Person SUZUKI = new Caller.Person(
            "1", "suzuki", Set.of(city.hamana.platform.access.Role.STAFF), Optional.empty(), Proof.ONE_FACTOR);

    private final Instant now = Instant.now();
    private final CertificateAuthority ca = CertificateAuthority.root("Testopolis", now);
    private final DeviceIdentity cityHall = ca.identity("city-hall", Role.AGGREGATOR, List.of("localhost"), now);
    private final DeviceIdentity node = ca.identity("mn-0001", Role.NODE, List.of(), now);

    @TempDir
    Path dir;

    private Database database;
    private Events events;
    private DeviceConfiguration configuration;

    @BeforeEach
    void open() throws IOException {
        database = Database.open("jdbc:derby:memory:settings;create=true");
        events = new Events(database);
        configuration = new DeviceConfiguration(
                database, events, new Html(), cityHall, id -> Optional.empty(), InstantSource.system());
        database.migrate(List.of(Events.SCHEMA, configuration.schema()));
        Files.writeString(dir.resolve("node.properties"), "poll-every-ms=300000\n");
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void aDeviceTriesNewSettingsAndKeepsThemOnceItHasHeardOfThemAgain() {
        issue("poll-every-ms", "60000");
        try (SettingsKeeper<Long> first = keeper()) {
            assertEquals(300_000, first.settings());
            assertEquals(Reply.RESTART, receive(first));
        }
        try (SettingsKeeper<Long> restarted = keeper()) {
            assertEquals(60_000, restarted.settings());
            assertEquals(1, answer(restarted.state()).size());
            assertEquals(Reply.CONFIRMED, receive(restarted));
            assertEquals(List.of(), answer(restarted.state()));
        }
        assertEquals(State.CONFIRMED, newest().state());
        assertEquals(List.of("settings.confirmed", "settings.issued"), kinds());
    }

    @Test
    void whatTheDeviceCannotReadIsRefusedWithItsReason() {
        issue("poll-every-ms", "1");
        try (SettingsKeeper<Long> keeper = keeper()) {
            assertEquals(Reply.REFUSED, receive(keeper));
            assertEquals(List.of(), answer(keeper.state()));
            assertEquals(300_000, keeper.settings());
        }
        assertEquals(State.REFUSED, newest().state());
        assertEquals(true, newest().reason().contains("poll-every-ms"), newest().reason());
    }

    @Test
    void aLaterVersionReplacesOneThatWasNotAnswered() {
        issue("poll-every-ms", "60000");
        issue("poll-every-ms", "90000");

        assertEquals(1, answer(SettingsState.getDefaultInstance()).size());
        assertEquals(
                List.of(State.SENT, State.SUPERSEDED),
                versions().stream().map(Version::state).toList());
    }

    @Test
    void nobodyElseIsSentADevicesSettings() {
        issue("poll-every-ms", "60000");
        Heartbeat other = Heartbeat.newBuilder()
                .setGateway(Status.newBuilder().setDeviceId("gw-0002"))
                .build();

        assertEquals(List.of(), configuration.unconfirmed(other));
    }

    @Test
    void whatIsNoSettingOrCannotBeItsValueIsNotIssued() {
        assertThrows(IllegalArgumentException.class, () -> issue("identity-dir", "/tmp"));
        assertThrows(IllegalArgumentException.class, () -> issue("poll-every-ms", "soon"));
        assertThrows(IllegalArgumentException.class, () -> issue("gateway-address", "not an address"));
        assertEquals(List.of(), versions());
    }

    private void issue(String key, String value) {
        configuration.issue("mn-0001", Map.of(key, value), Duration.ofMinutes(30), SUZUKI);
    }

    private SettingsKeeper<Long> keeper() {
        return SettingsKeeper.open(
                dir.resolve("node.properties"), Set.of("poll-every-ms"), DeviceConfigurationTest::pollEvery);
    }

    private static Long pollEvery(Settings settings) {
        return settings.number("poll-every-ms", 300_000, 10, 86_400_000);
    }

    private Reply receive(SettingsKeeper<Long> keeper) {
        DeviceSettings sent = answer(keeper.state()).getFirst();
        CertificateTime time = CertificateTime.of(dir, node, () -> true, InstantSource.system());
        return keeper.receive(sent.getAttested().toByteArray(), node, time);
    }

    private List<DeviceSettings> answer(SettingsState state) {
        NodePresence presence = NodePresence.newBuilder()
                .setDeviceId("mn-0001")
                .setStatus(Status.newBuilder().setSettings(state))
                .build();
        return configuration.unconfirmed(Heartbeat.newBuilder()
                .setGateway(Status.newBuilder().setDeviceId("gw-0001"))
                .addNodes(presence)
                .build());
    }

    private Version newest() {
        return versions().getFirst();
    }

    private List<Version> versions() {
        return database.inTransaction(tx -> new Versions().of(tx, "mn-0001", 10));
    }

    private List<String> kinds() {
        return database.inTransaction(tx -> events.about(tx, "device:mn-0001", 10)).stream()
                .map(Entry::kind)
                .toList();
    }
}
