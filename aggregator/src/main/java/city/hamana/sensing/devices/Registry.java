package city.hamana.sensing.devices;

import city.hamana.messages.DeviceId;
import city.hamana.messages.v1.Heartbeat;
import city.hamana.messages.v1.NodePresence;
import city.hamana.messages.v1.Status;
import city.hamana.platform.db.Dialect;
import com.google.protobuf.InvalidProtocolBufferException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** The table of devices, and what can be told from it at an instant. */
final class Registry {
    private static final int MOST_DEVICES = 5_000;
    private static final int MOST_NODES = 1_000;
    private static final String NEW = "new";
    private static final Duration STALE = Duration.ofDays(400);

    private final Dialect dialect;
    private final Clock city;
    private final int speed;
    private final Duration silentAfter;

    /**
     * A row.
     *
     * @param told code of the state the event log last told of; {@code new} where it told of none
     */
    record Row(
            String id,
            String gateway,
            Instant heard,
            boolean connected,
            String told,
            long clockOffsetMs,
            Status status) {
        boolean isGateway() {
            return id.equals(gateway);
        }
    }

    Registry(Dialect dialect, Clock city, int speed, Duration silentAfter) {
        this.dialect = dialect;
        this.city = city;
        this.speed = speed;
        this.silentAfter = silentAfter;
    }

    /**
     * Writes what a heartbeat says; nodes beyond the first 1,000, nodes with impossible names and those for which the
     * gateway may not speak are passed over. Returns what was heeded, in the gateway's right name.
     */
    Heartbeat write(Handle tx, Heartbeat heartbeat, String gateway, Instant at) {
        Map<String, Row> known = known(tx, gateway, heartbeat);
        long cityNow = city.millis();
        long offset = heartbeat.getGateway().hasClock()
                ? (heartbeat.getGateway().getClock().getUnixMs() - cityNow) / speed
                : 0;
        put(tx, known, new Row(gateway, gateway, at, true, NEW, offset, heartbeat.getGateway()));
        List<NodePresence> heeded = heartbeat.getNodesList().stream()
                .limit(MOST_NODES)
                .filter(node -> DeviceId.valid(node.getDeviceId()))
                .filter(node -> mayTell(known.get(node.getDeviceId()), node, gateway))
                .toList();
        heeded.forEach(node -> put(tx, known, row(node, heartbeat, gateway, at)));
        return Heartbeat.newBuilder()
                .setGateway(heartbeat.getGateway().toBuilder().setDeviceId(gateway))
                .addAllNodes(heeded)
                .build();
    }

    /** All devices, each gateway before its nodes; the first 5,000. */
    List<Row> all(Handle tx) {
        return tx.createQuery("""
                SELECT id, gateway, heard_ms, connected, told, clock_offset_ms, status FROM devices_device
                ORDER BY gateway, CASE WHEN id = gateway THEN 0 ELSE 1 END, id
                OFFSET 0 ROWS FETCH NEXT :most ROWS ONLY
                """)
                .bind("most", MOST_DEVICES)
                .map((row, context) -> row(
                        row.getString(1),
                        row.getString(2),
                        row.getLong(3),
                        row.getBoolean(4),
                        row.getString(5),
                        row.getLong(6),
                        row.getBytes(7)))
                .list();
    }

    /** The devices as they are at this instant. */
    List<Device> devices(List<Row> rows, Map<String, Long> quarantined, Instant now) {
        Set<String> cut = rows.stream()
                .filter(row -> row.isGateway() && isCut(row, now))
                .map(Row::id)
                .collect(Collectors.toSet());
        return rows.stream()
                .map(row -> new Device(
                        row.id,
                        row.gateway,
                        state(row, cut),
                        row.heard,
                        row.status,
                        row.clockOffsetMs,
                        quarantined.getOrDefault(row.id, 0L)))
                .toList();
    }

    /** Notes that the log tells of this state; false when another aggregator was quicker, or the device came back. */
    boolean tell(Handle tx, Device device, String before, Instant now) {
        long heardBefore = device.state() == State.CUT ? now.minus(silentAfter).toEpochMilli() : Long.MAX_VALUE;
        return tx.execute(
                        "UPDATE devices_device SET told = ? WHERE id = ? AND told = ? AND heard_ms < ?",
                        device.state().code(),
                        device.id(),
                        before,
                        heardBefore)
                == 1;
    }

    private boolean isCut(Row gateway, Instant now) {
        return Duration.between(gateway.heard, now).compareTo(silentAfter) > 0;
    }

    private static State state(Row row, Set<String> cut) {
        if (cut.contains(row.gateway)) {
            return row.isGateway() ? State.CUT : State.UNKNOWN;
        }
        return row.connected ? State.CONNECTED : State.SILENT;
    }

    /** A gateway speaks for its own nodes and for those it hears now, and never for another gateway. */
    private static boolean mayTell(Row known, NodePresence node, String gateway) {
        if (node.getDeviceId().equals(gateway)) {
            return false;
        }
        return known == null || (!known.isGateway() && (known.gateway.equals(gateway) || node.getConnected()));
    }

    private Row row(NodePresence node, Heartbeat heartbeat, String gateway, Instant at) {
        return new Row(
                node.getDeviceId(), gateway, heard(node, heartbeat, at), node.getConnected(), NEW, 0, node.getStatus());
    }

    /**
     * When the gateway heard the node, on city hall's real time: by the gateway's clock it is so long ago. The
     * gateway's clock may be the demonstration's, which runs faster, or wrong altogether.
     */
    private Instant heard(NodePresence node, Heartbeat heartbeat, Instant at) {
        long ago = heartbeat.getGateway().getClock().getUnixMs() - node.getHeardUnixMs();
        if (ago >= 0 && ago < STALE.toMillis() * speed) {
            return at.minusMillis(ago / speed);
        }
        Duration real = Duration.between(Instant.ofEpochMilli(node.getHeardUnixMs()), at);
        return real.isNegative() || real.compareTo(STALE) > 0 ? at : at.minus(real);
    }

    private Map<String, Row> known(Handle tx, String gateway, Heartbeat heartbeat) {
        List<String> ids = heartbeat.getNodesList().stream()
                .limit(MOST_NODES)
                .map(NodePresence::getDeviceId)
                .collect(Collectors.toList());
        ids.add(gateway);
        Map<String, Row> known = new HashMap<>();
        tx.createQuery("""
                SELECT id, gateway, heard_ms, connected, told, clock_offset_ms, status FROM devices_device
                WHERE id IN (<ids>)""" + dialect.lockRows())
                .bindList("ids", ids)
                .map((row, context) -> row(
                        row.getString(1),
                        row.getString(2),
                        row.getLong(3),
                        row.getBoolean(4),
                        row.getString(5),
                        row.getLong(6),
                        row.getBytes(7)))
                .forEach(row -> known.put(row.id, row));
        return known;
    }

    private static void put(Handle tx, Map<String, Row> known, Row row) {
        boolean there = known.containsKey(row.id);
        tx.createUpdate(there ? """
                                UPDATE devices_device SET gateway = :gateway, heard_ms = :heard, connected = :connected,
                                    clock_offset_ms = :offset, status = :status WHERE id = :id
                                """ : """
                                INSERT INTO devices_device (id, gateway, heard_ms, connected, told, clock_offset_ms, status)
                                VALUES (:id, :gateway, :heard, :connected, :told, :offset, :status)
                                """)
                .bind("id", row.id)
                .bind("gateway", row.gateway)
                .bind("heard", row.heard.toEpochMilli())
                .bind("connected", row.connected)
                .bind("told", row.told)
                .bind("offset", row.clockOffsetMs)
                .bind("status", row.status.toByteArray())
                .execute();
    }

    private static Row row(
            String id, String gateway, long heard, boolean connected, String told, long offset, byte[] status) {
        return new Row(id, gateway, Instant.ofEpochMilli(heard), connected, told, offset, status(status));
    }

    private static Status status(byte[] bytes) {
        try {
            return Status.parseFrom(bytes);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("a stored status that is none", e);
        }
    }
}
