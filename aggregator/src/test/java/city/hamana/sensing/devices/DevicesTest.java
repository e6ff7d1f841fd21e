package city.hamana.sensing.devices;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.hamana.messages.v1.BlockSet;
import city.hamana.messages.v1.ClockState;
import city.hamana.messages.v1.DeviceSettings;
import city.hamana.messages.v1.Heartbeat;
import city.hamana.messages.v1.HeartbeatAnswer;
import city.hamana.messages.v1.NodePresence;
import city.hamana.messages.v1.Status;
import city.hamana.platform.db.Database;
import city.hamana.platform.events.Entry;
import city.hamana.platform.events.Events;
import city.hamana.platform.html.Html;
import city.hamana.platform.metrics.Metrics;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DevicesTest {
    private static final Instant START = Instant.parse("2026-07-03T05:20:00Z");

    private Database database;
    private Events events;
    private Devices devices;
    private Instant now = START;

    @BeforeEach
    void open() {
        database = Database.open("jdbc:derby:memory:devices;create=true");
        events = new Events(database);
        devices = devices();
        database.migrate(List.of(Events.SCHEMA, devices.schema()));
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void aHeartbeatShowsTheGatewayAndItsNodes() {
        devices.heartbeat(heartbeat(node("node-1", true), node("node-2", false)), "gw-1", now);
        assertEquals(Map.of("gw-1", State.CONNECTED, "node-1", State.CONNECTED, "node-2", State.SILENT), states());
        Device gateway = devices.devices().getFirst();
        assertEquals(3, gateway.status().getWaitingBlocks());
        assertEquals(2_000, gateway.clockOffsetMs());
        assertEquals(9, gateway.quarantined());
    }

    @Test
    void aGatewayThatIsNotHeardIsCutAndItsNodesAreUnknownAndBothComeBack() {
        beat("gw-1", node("node-1", true));
        now = START.plusSeconds(7);
        devices.look();
        assertEquals(Map.of("gw-1", State.CUT, "node-1", State.UNKNOWN), states());
        beat("gw-1", node("node-1", true));
        assertEquals(Map.of("gw-1", State.CONNECTED, "node-1", State.CONNECTED), states());
        assertEquals(List.of("devices.connected", "devices.cut", "devices.connected"), kinds("device:gw-1"));
        assertEquals(List.of("devices.connected", "devices.unknown", "devices.connected"), kinds("device:node-1"));
    }

    @Test
    void aChangeIsToldOnceHoweverManyAggregatorsLook() {
        Devices other = devices();
        beat("gw-1");
        now = START.plusSeconds(7);
        devices.look();
        other.look();
        devices.look();
        assertEquals(List.of("devices.connected", "devices.cut"), kinds("device:gw-1"));
    }

    @Test
    void aGatewayCannotSpeakForAnotherGateway() {
        devices.heartbeat(heartbeat(), "gw-1", now);
        devices.heartbeat(heartbeat(node("gw-1", false)), "gw-2", now);
        assertEquals(Map.of("gw-1", State.CONNECTED, "gw-2", State.CONNECTED), states());
    }

    @Test
    void aNodeMovesToTheGatewayThatHearsIt() {
        devices.heartbeat(heartbeat(node("node-1", true)), "gw-1", now);
        devices.heartbeat(heartbeat(node("node-1", false)), "gw-2", now);
        assertEquals("gw-1", gatewayOf("node-1"));
        devices.heartbeat(heartbeat(node("node-1", true)), "gw-2", now);
        assertEquals("gw-2", gatewayOf("node-1"));
    }

    @Test
    void theAnswerAsksOnlyForWhatTheGatewayMaySpeakOf() {
        devices.heartbeat(heartbeat(node("node-1", true)), "gw-1", now);
        HeartbeatAnswer answer = devices.heartbeat(
                heartbeat(node("gw-1", true), node("node-1", false), node("node-2", false), node("../x", true)),
                "gw-2",
                now);
        assertEquals(
                List.of("node-2"),
                answer.getWantedList().stream().map(BlockSet::getDeviceId).toList());
        assertEquals("gw-2", answer.getSettings(0).getDeviceId());
    }

    @Test
    void whoWatchesGetsTheNewestAndASlowOneHoldsUpNobody() {
        Hub hub = new Hub();
        try (Hub.Watcher watcher = hub.watch().orElseThrow()) {
            hub.publish(List.of());
            beat("gw-1");
            hub.publish(devices.devices());
            assertEquals(1, watcher.next(0).orElseThrow().size());
            assertTrue(watcher.next(1).isEmpty());
        }
        assertEquals(0, hub.watching());
    }

    @Test
    void thereIsALimitToWhoWatches() {
        Hub hub = new Hub();
        for (int i = 0; i < 200; i++) {
            assertTrue(hub.watch().isPresent());
        }
        assertTrue(hub.watch().isEmpty());
    }

    @Test
    void whatADeviceSaysCannotBecomeAFormula() {
        Heartbeat hostile = Heartbeat.newBuilder()
                .setGateway(Status.newBuilder().setDeviceId("gw-1").setSoftware("=cmd|'/c calc'!A1\n,x"))
                .build();
        devices.heartbeat(hostile, "gw-1", now);
        String csv = DevicesCsv.of(devices.devices());
        assertEquals(2, csv.lines().count());
        assertTrue(csv.contains(",_cmd__"));
    }

    private void beat(String gateway, NodePresence... nodes) {
        devices.heartbeat(heartbeat(nodes), gateway, now);
        devices.look();
    }

    private Devices devices() {
        Clock city = Clock.fixed(START.minusSeconds(2), ZoneOffset.UTC);
        return new Devices(
                database,
                events,
                new Html(),
                city,
                () -> now,
                Duration.ofSeconds(6),
                () -> Map.of("gw-1", 9L),
                (heartbeat, gateway, at) -> heartbeat.getNodesList().stream()
                        .map(node -> BlockSet.newBuilder()
                                .setDeviceId(node.getDeviceId())
                                .build())
                        .toList(),
                heartbeat -> List.of(DeviceSettings.newBuilder()
                        .setDeviceId(heartbeat.getGateway().getDeviceId())
                        .build()),
                heartbeat -> List.of(),
                new Metrics());
    }

    private Map<String, State> states() {
        return devices.devices().stream().collect(Collectors.toMap(Device::id, Device::state));
    }

    private String gatewayOf(String id) {
        return devices.devices().stream()
                .filter(d -> d.id().equals(id))
                .findFirst()
                .orElseThrow()
                .gateway();
    }

    /** The oldest first. */
    private List<String> kinds(String subject) {
        return database.inTransaction(tx -> events.about(tx, subject, 10)).reversed().stream()
                .map(Entry::kind)
                .toList();
    }

    private static Heartbeat heartbeat(NodePresence... nodes) {
        return Heartbeat.newBuilder()
                .setGateway(Status.newBuilder()
                        .setDeviceId("gw-1")
                        .setWaitingBlocks(3)
                        .setClock(ClockState.newBuilder().setUnixMs(START.toEpochMilli())))
                .addAllNodes(List.of(nodes))
                .build();
    }

    private static NodePresence node(String id, boolean connected) {
        return NodePresence.newBuilder()
                .setDeviceId(id)
                .setConnected(connected)
                .setHeardUnixMs(START.minusSeconds(1).toEpochMilli())
                .build();
    }
}
