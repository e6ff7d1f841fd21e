package city.hamana.gateway;

import city.hamana.gateway.wifi.Wifi;
import city.hamana.link.CertificateTime;
import city.hamana.link.DeviceIdentity;
import city.hamana.link.DeviceStatus;
import city.hamana.link.Journal;
import city.hamana.link.Journal.Content;
import city.hamana.link.LocalStatus;
import city.hamana.link.Renewal;
import city.hamana.link.SettingsKeeper;
import city.hamana.link.Watchdog;
import city.hamana.messages.Sample;
import city.hamana.messages.Topics.Kind;
import city.hamana.messages.v1.BlockSet;
import city.hamana.messages.v1.DeviceSettings;
import city.hamana.messages.v1.Heartbeat;
import city.hamana.messages.v1.HeartbeatAnswer;
import city.hamana.messages.v1.NodePresence;
import city.hamana.messages.v1.Priority;
import city.hamana.messages.v1.Wanted;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The gateway's parts, put together in the order in which they need each other. */
final class Gateway implements AutoCloseable {
    /** Version as the status tells it. */
    static final String SOFTWARE = "edge-gateway 0.1.0";

    private static final Logger LOG = LoggerFactory.getLogger(Gateway.class);

    private final Renewal identity;
    private final SettingsKeeper<GatewaySettings> keeper;
    private final GatewaySettings settings;
    private final CertificateTime time;
    private final Journal journal;
    private final DeviceStatus status;
    private final Nodes nodes;
    private final Intake intake;
    private final CityUplink uplink;
    private final Wifi wifi;
    private final LocalStatus local;
    private Broker broker;
    private boolean closed;

    private Gateway(SettingsKeeper<GatewaySettings> keeper, DeviceIdentity me) {
        this.keeper = keeper;
        this.settings = keeper.settings();
        this.time =
                CertificateTime.of(settings.identityDir(), me, settings.clock()::synchronised, InstantSource.system());
        this.nodes = new Nodes(settings.clock().clock());
        this.identity = Renewal.start(settings.identityDir(), settings.estAddress(), me, time, this::renewed);
        this.journal = Journal.open(settings.journalFile(), me.deviceId(), settings.journal());
        this.status =
                new DeviceStatus(SOFTWARE, identity::identity, journal, settings.clock(), settings.flashBudgetBytes());
        this.broker = startBroker(me);
        this.uplink = new CityUplink(identity::identity, time, journal, settings, this::heartbeat, this::answered);
        this.intake = new Intake(
                identity::identity, time, journal, nodes, settings, uplink::presenceChanged, this::ensureBroker);
        this.wifi = new Wifi(settings.wifi(), settings.clock(), this::keepOwn);
        this.local = LocalStatus.serve(settings.journalFile(), this::heartbeat);
    }

    static Gateway start(SettingsKeeper<GatewaySettings> keeper) {
        Gateway gateway =
                new Gateway(keeper, DeviceIdentity.load(keeper.settings().identityDir()));
        gateway.uplink.start();
        gateway.intake.start();
        gateway.wifi.start();
        Watchdog.start(gateway::heartbeat);
        return gateway;
    }

    private Broker startBroker(DeviceIdentity me) {
        return switch (settings.broker()) {
            case EMBEDDED -> EmbeddedBroker.start(settings, me, time);
            case MOSQUITTO -> Mosquitto.start(settings, me);
        };
    }

    /** The broker shows its certificate from its start on, so it starts anew; nodes and intake connect again. */
    synchronized void renewed(DeviceIdentity me) {
        if (!closed && broker != null) {
            broker.close();
            broker = startBroker(me);
            uplink.identityChanged();
        }
    }

    Nodes nodes() {
        return nodes;
    }

    Journal journal() {
        return journal;
    }

    /** A broker that has ended by itself is started again when the intake misses it. */
    private synchronized void ensureBroker() {
        if (closed || broker.running()) {
            return;
        }
        LOG.warn("the broker does not run any more; starting it again");
        try {
            broker.close();
            broker = startBroker(identity.identity());
        } catch (GatewayException e) {
            LOG.error("{}", e.getMessage());
        }
    }

    /** What the gateway has measured itself is kept as a block of its own. */
    private void keepOwn(List<Sample> samples) {
        journal.append(identity.identity(), settings.clock().state(), Content.of(Priority.PRIORITY_READING, samples));
    }

    /** The nodes first: what moves from a node to the gateway meanwhile is then told twice, never not at all. */
    private Heartbeat heartbeat() {
        List<NodePresence> presences = nodes.presences();
        return Heartbeat.newBuilder()
                .addAllNodes(presences)
                .setGateway(status.now()
                        .setSettings(keeper.state())
                        .addAllEquipment(wifi.equipment())
                        .putAllCounters(wifi.faults()))
                .build();
    }

    /** What city hall misses is sent again from here, or asked for at the node that made it. */
    private void answered(HeartbeatAnswer answer) {
        Map<String, Wanted.Builder> elsewhere = new LinkedHashMap<>();
        for (BlockSet set : journal.wanted(answer.getWantedList())) {
            elsewhere
                    .computeIfAbsent(set.getDeviceId(), node -> Wanted.newBuilder())
                    .addBlocks(set);
        }
        elsewhere.forEach(
                (node, wanted) -> tell(node, Kind.WANTED, wanted.build().toByteArray()));
        answer.getSettingsList().forEach(this::handOn);
        answer.getCommandsList()
                .forEach(command -> tell(
                        command.getDeviceId(),
                        Kind.COMMAND,
                        command.getAttested().toByteArray()));
    }

    private void handOn(DeviceSettings sent) {
        if (sent.getDeviceId().equals(journal.device())) {
            keeper.receive(sent.getAttested().toByteArray(), identity.identity(), time);
        } else {
            tell(sent.getDeviceId(), Kind.SETTINGS, sent.getAttested().toByteArray());
        }
    }

    private void tell(String node, Kind kind, byte[] payload) {
        if (nodes.knows(node)) {
            intake.tell(node, kind, payload);
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        local.close();
        wifi.close();
        identity.close();
        intake.close();
        uplink.close();
        broker.close();
        journal.close();
    }
}
