package city.hamana.gateway;

import city.hamana.link.DeviceIdentity;
import city.hamana.link.Journal;
import city.hamana.link.Renewal;
import city.hamana.messages.v1.Heartbeat;
import city.hamana.messages.v1.Status;

/** The gateway's parts, put together in the order in which they need each other. */
final class Gateway implements AutoCloseable {
    /** Version as the status tells it. */
    static final String SOFTWARE = "edge-gateway 0.1.0";

    private final Renewal identity;
    private final GatewaySettings settings;
    private final Journal journal;
    private final Nodes nodes;
    private final Intake intake;
    private final CityUplink uplink;
    private Broker broker;
    private boolean closed;

    private Gateway(GatewaySettings settings, DeviceIdentity me) {
        this.settings = settings;
        this.nodes = new Nodes(settings.clock().clock());
        this.identity = Renewal.start(settings.identityDir(), settings.estAddress(), me, this::renewed);
        this.journal = Journal.open(settings.journalFile(), me.deviceId(), settings.journalQuotaBytes());
        this.broker = startBroker(me);
        this.uplink = new CityUplink(identity::identity, journal, nodes, settings, this::heartbeat);
        this.intake = new Intake(identity::identity, journal, nodes, settings, uplink::presenceChanged);
    }

    static Gateway start(GatewaySettings settings) {
        Gateway gateway = new Gateway(settings, DeviceIdentity.load(settings.identityDir()));
        gateway.uplink.start();
        gateway.intake.start();
        return gateway;
    }

    private Broker startBroker(DeviceIdentity me) {
        return switch (settings.broker()) {
            case EMBEDDED -> EmbeddedBroker.start(settings, me);
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

    private Heartbeat heartbeat() {
        return Heartbeat.newBuilder()
                .setGateway(status())
                .addAllNodes(nodes.presences())
                .build();
    }

    private Status status() {
        DeviceIdentity me = identity.identity();
        Journal.Waiting waiting = journal.waiting();
        return Status.newBuilder()
                .setDeviceId(me.deviceId())
                .setBootId(journal.bootId())
                .setSoftware(SOFTWARE)
                .setClock(settings.clock().state())
                .setWaitingBlocks(waiting.blocks())
                .setWaitingBytes(waiting.bytes())
                .setSetAsideBlocks(waiting.setAside())
                .setQuotaBytes(journal.quotaBytes())
                .setNextSequence(journal.nextSequence())
                .setCertificateNotAfterUnixMs(
                        me.certificate().getNotAfter().toInstant().toEpochMilli())
                .build();
    }

    @Override
    public synchronized void close() {
        closed = true;
        identity.close();
        intake.close();
        uplink.close();
        broker.close();
        journal.close();
    }
}
