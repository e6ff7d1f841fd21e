package city.hamana.sensing.devices;

import city.hamana.link.ScaledClock;
import city.hamana.messages.DeviceId;
import city.hamana.messages.v1.Heartbeat;
import city.hamana.messages.v1.HeartbeatAnswer;
import city.hamana.platform.access.Role;
import city.hamana.platform.db.Database;
import city.hamana.platform.events.Entry;
import city.hamana.platform.events.Event;
import city.hamana.platform.events.Events;
import city.hamana.platform.html.Door;
import city.hamana.platform.html.Html;
import city.hamana.platform.http.Call;
import city.hamana.platform.http.Reply;
import city.hamana.platform.http.Routes;
import city.hamana.platform.jobs.Jobs;
import city.hamana.platform.metrics.Metrics;
import city.hamana.platform.module.ServiceModule;
import com.google.protobuf.InvalidProtocolBufferException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jdbi.v3.core.Handle;

/** The devices of the city, and staff's live page of them. */
public final class Devices implements ServiceModule {
    private static final String HERE = "city/hamana/sensing/devices/";
    private static final Duration LOOK_EVERY = Duration.ofMillis(500);
    private static final Duration LOOK_AT_LEAST = Duration.ofSeconds(2);
    private static final int HISTORY = 50;
    private static final int LONGEST_HEARTBEAT_BYTES = 2 << 20;

    private final Database database;
    private final Events events;
    private final Html html;
    private final InstantSource real;
    private final Quarantine quarantine;
    private final Wanted wanted;
    private final Unconfirmed unconfirmed;
    private final Commanded commanded;
    private final Registry registry;
    private final Hub hub = new Hub();
    private final AtomicBoolean heard = new AtomicBoolean(true);
    private volatile Instant lookedAt = Instant.EPOCH;
    private volatile List<Device> lastLook = List.of();

    /**
     * @param city the city's clock, which the devices' clocks are compared with
     * @param real real time, on which heartbeats come
     * @param silentAfter without a heartbeat, a gateway counts as cut
     * @param wanted what a heartbeat's answer asks for again
     * @param unconfirmed the settings that it carries
     * @param commanded the commands that it carries
     */
    public Devices(
            Database database,
            Events events,
            Html html,
            Clock city,
            InstantSource real,
            Duration silentAfter,
            Quarantine quarantine,
            Wanted wanted,
            Unconfirmed unconfirmed,
            Commanded commanded,
            Metrics metrics) {
        this.database = database;
        this.events = events;
        this.html = html;
        this.real = real;
        this.quarantine = quarantine;
        this.wanted = wanted;
        this.unconfirmed = unconfirmed;
        this.commanded = commanded;
        int speed = ScaledClock.speedOf(city);
        this.registry = new Registry(database.dialect(), city, speed, silentAfter);
        metrics.gauge("hamana_devices", "Devices known.", () -> lastLook.size());
        metrics.gauge("hamana_devices_connected", "Devices connected.", this::connected);
        metrics.gauge("hamana_devices_watched", "Open live pages of devices.", hub::watching);
    }

    @Override
    public String name() {
        return "devices";
    }

    @Override
    public void routes(Routes routes) {
        routes.post("/device/v1/heartbeat", Role.DEVICE, LONGEST_HEARTBEAT_BYTES, this::receive)
                .get("/staff/devices", Role.STAFF, this::list)
                .get("/staff/devices.csv", Role.STAFF, this::csv)
                .get("/staff/devices/events", Role.STAFF, this::live)
                .get("/staff/devices/{id}", Role.STAFF, this::detail);
    }

    @Override
    public List<Door> doors() {
        return List.of(new Door("/staff/devices", "devices.door", Role.STAFF, Door.Group.SENSING));
    }

    @Override
    public void jobs(Jobs jobs) {
        jobs.every(LOOK_EVERY, "devices-look", this::lookIfDue);
    }

    /**
     * Takes a gateway's heartbeat: what it says of itself and of its nodes is written, and whoever watches sees it soon.
     *
     * @param gatewayId the gateway as its certificate names it; what the message calls it does not count
     * @param at real time of receipt
     * @return what is wanted of the gateway and its nodes
     */
    public HeartbeatAnswer heartbeat(Heartbeat heartbeat, String gatewayId, Instant at) {
        String gateway = DeviceId.check(gatewayId);
        Heartbeat heeded = database.inTransaction(tx -> registry.write(tx, heartbeat, gateway, at));
        heard.set(true);
        return HeartbeatAnswer.newBuilder()
                .addAllWanted(wanted.of(heeded, gateway, at))
                .addAllSettings(unconfirmed.of(heeded))
                .addAllCommands(commanded.of(heeded))
                .build();
    }

    /** All devices as they are now, each gateway before its nodes. */
    public List<Device> devices() {
        Map<String, Long> quarantined = quarantine.counts();
        return database.inTransaction(tx -> registry.devices(registry.all(tx), quarantined, real.instant()));
    }

    /** All devices as they were at the last look, two seconds ago at most. */
    public List<Device> seen() {
        return lastLook.isEmpty() ? devices() : lastLook;
    }

    /** One device as it is now; empty when nothing was ever heard of it. */
    public Optional<Device> device(String id) {
        return devices().stream().filter(d -> d.id().equals(id)).findFirst();
    }

    /** Looks where a heartbeat came since the last look, and now and then for those that no longer come. */
    private void lookIfDue() {
        if (heard.getAndSet(false) || Duration.between(lookedAt, real.instant()).compareTo(LOOK_AT_LEAST) > 0) {
            look();
        }
    }

    /** Looks at every device, tells the log what changed, and shows it to whoever watches. */
    synchronized void look() {
        Instant now = real.instant();
        lookedAt = now;
        Map<String, Long> quarantined = quarantine.counts();
        List<Device> devices = database.inTransaction(tx -> {
            List<Registry.Row> rows = registry.all(tx);
            List<Device> found = registry.devices(rows, quarantined, now);
            tellChanges(tx, rows, found, now);
            return found;
        });
        if (!devices.equals(lastLook)) {
            lastLook = devices;
            hub.publish(devices);
        }
    }

    private void tellChanges(Handle tx, List<Registry.Row> rows, List<Device> devices, Instant now) {
        Map<String, String> told = new HashMap<>();
        rows.forEach(row -> told.put(row.id(), row.told()));
        for (Device device : devices) {
            String before = told.get(device.id());
            if (!device.state().code().equals(before) && registry.tell(tx, device, before, now)) {
                Map<String, String> detail = Map.of("before", before, "gateway", device.gateway());
                String kind = "devices." + device.state().code();
                events.append(tx, new Event(now, kind, "system", "device:" + device.id(), detail));
            }
        }
    }

    private long connected() {
        return lastLook.stream().filter(d -> d.state() == State.CONNECTED).count();
    }

    private Reply receive(Call call) {
        try {
            Heartbeat heartbeat = Heartbeat.parseFrom(call.body());
            HeartbeatAnswer answer = heartbeat(heartbeat, call.device().peer().id(), real.instant());
            return Reply.bytes("application/x-protobuf", answer.toByteArray());
        } catch (InvalidProtocolBufferException e) {
            return Reply.badRequest("The body is not a heartbeat.");
        }
    }

    private Reply list(Call call) {
        return Reply.html(html.render(HERE + "list", call.page(), view(call, devices())));
    }

    private Reply live(Call call) {
        Optional<Hub.Watcher> watcher = hub.watch();
        return watcher.map(w -> Reply.live(
                        w,
                        () -> html.render(
                                HERE + "rows",
                                call.page(),
                                view(call, w.next(Reply.PULSE.toMillis()).orElse(lastLook)))))
                .orElseGet(() -> Reply.problem(503, "Too many live pages are open."));
    }

    private DeviceList view(Call call, List<Device> devices) {
        Filter filter = Filter.of(call);
        return new DeviceList(devices, filter.of(devices), filter, real.instant());
    }

    private Reply csv(Call call) {
        List<Device> shown = Filter.of(call).of(devices());
        return Reply.text("text/csv", DevicesCsv.of(shown)).download("devices.csv");
    }

    private Reply detail(Call call) {
        String id = call.part("id");
        List<Device> all = devices();
        Optional<Device> device = all.stream().filter(d -> d.id().equals(id)).findFirst();
        return device.map(d -> Reply.html(html.render(HERE + "detail", call.page(), page(d, all))))
                .orElseGet(Reply::notFound);
    }

    private DevicePage page(Device device, List<Device> all) {
        List<Device> nodes = all.stream()
                .filter(d -> d.gateway().equals(device.id()) && !d.isGateway())
                .toList();
        List<Entry> history = database.inTransaction(tx -> events.about(tx, "device:" + device.id(), HISTORY));
        return new DevicePage(device, nodes, history, real.instant());
    }
}
