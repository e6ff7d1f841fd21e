package city.hamana.sensing.settings;

import city.hamana.link.DeviceIdentity;
import city.hamana.link.SignedSettings;
import city.hamana.messages.DeviceId;
import city.hamana.messages.v1.DeviceSettings;
import city.hamana.messages.v1.Heartbeat;
import city.hamana.messages.v1.RemoteSettings;
import city.hamana.messages.v1.SettingsState;
import city.hamana.platform.access.Role;
import city.hamana.platform.db.Database;
import city.hamana.platform.events.Event;
import city.hamana.platform.events.Events;
import city.hamana.platform.html.Html;
import city.hamana.platform.http.Call;
import city.hamana.platform.http.Caller;
import city.hamana.platform.http.Reply;
import city.hamana.platform.http.Routes;
import city.hamana.platform.module.ServiceModule;
import city.hamana.sensing.settings.Fleet.Known;
import city.hamana.sensing.settings.Version.State;
import com.google.protobuf.ByteString;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;

/** Issues settings to devices, sends them until they are answered, and notes the answer. */
public final class DeviceConfiguration implements ServiceModule {
    private static final String PAGE = "city/hamana/sensing/settings/settings";
    private static final int MOST_VERSIONS = 50;
    private static final long USUAL_MINUTES = 30;
    private static final long MOST_MINUTES = 10_080;

    private final Database database;
    private final Events events;
    private final Html html;
    private final DeviceIdentity identity;
    private final InstantSource real;
    private final Versions versions = new Versions();
    private final Fleet fleet;

    /**
     * The module over these tables.
     *
     * @param identity signs the settings
     * @param fleet which devices there are
     */
    public DeviceConfiguration(
            Database database, Events events, Html html, DeviceIdentity identity, Fleet fleet, InstantSource real) {
        this.database = database;
        this.events = events;
        this.html = html;
        this.identity = identity;
        this.fleet = fleet;
        this.real = real;
    }

    @Override
    public String name() {
        return "settings";
    }

    @Override
    public void routes(Routes routes) {
        routes.get("/staff/settings/{device}", Role.STAFF, this::show)
                .post("/staff/settings/{device}", Role.STAFF, this::issue)
                .post("/staff/settings/{device}/{version}/again", Role.STAFF, this::again);
    }

    /**
     * Issues the next version of a device's settings.
     *
     * @param values all that is to be set from afar; an earlier version's values that are not among them are set no more
     * @param by whose decision it is
     * @throws IllegalArgumentException if a key is not known or a value cannot be
     */
    public long issue(String device, Map<String, String> values, Duration confirmWithin, Caller.Person by) {
        DeviceId.check(device);
        values.forEach((word, value) -> {
            if (Key.ofWord(word).filter(key -> key.fits(value)).isEmpty()) {
                throw new IllegalArgumentException(word + " cannot be set to " + value);
            }
        });
        Instant now = real.instant();
        return database.inTransaction(tx -> {
            long number = versions.next(tx, device);
            versions.add(tx, new Version(device, number, now, by.name(), confirmWithin, values, State.SENT, now, ""));
            Map<String, ?> detail = Map.of("version", number, "values", new TreeMap<>(values));
            tell(tx, "settings.issued", by.actor(), device, detail, now);
            return number;
        });
    }

    /** What the answer to a heartbeat carries: what these devices have not answered yet. Their answers are noted. */
    public List<DeviceSettings> unconfirmed(Heartbeat heartbeat) {
        Map<String, SettingsState> states = new HashMap<>();
        states.put(heartbeat.getGateway().getDeviceId(), heartbeat.getGateway().getSettings());
        heartbeat
                .getNodesList()
                .forEach(node -> states.put(node.getDeviceId(), node.getStatus().getSettings()));
        return database.inTransaction(tx -> {
            List<DeviceSettings> toSend = new ArrayList<>();
            for (Version version : versions.sent(tx, states.keySet())) {
                if (!answered(tx, version, states.get(version.device()))) {
                    toSend.add(signed(version));
                }
            }
            return toSend;
        });
    }

    private boolean answered(Handle tx, Version version, SettingsState state) {
        Instant now = real.instant();
        String actor = "device:" + version.device();
        if (state.getRefusedVersion() >= version.number()) {
            if (versions.told(tx, version, State.REFUSED, state.getReason(), now)) {
                Map<String, ?> detail = Map.of("version", version.number(), "reason", state.getReason());
                tell(tx, "settings.refused", actor, version.device(), detail, now);
            }
            return true;
        }
        if (state.getVersion() == version.number() && !state.getOnTrial()) {
            if (versions.told(tx, version, State.CONFIRMED, "", now)) {
                Map<String, ?> detail = Map.of("version", version.number());
                tell(tx, "settings.confirmed", actor, version.device(), detail, now);
            }
            return true;
        }
        return false;
    }

    /** Signed when it is sent: by then the certificate of the day of issue may be a former one. */
    private DeviceSettings signed(Version version) {
        RemoteSettings settings = RemoteSettings.newBuilder()
                .setDeviceId(version.device())
                .setVersion(version.number())
                .putAllValues(version.values())
                .setConfirmWithinMs(version.confirmWithin().toMillis())
                .setIssuedUnixMs(version.issued().toEpochMilli())
                .build();
        return DeviceSettings.newBuilder()
                .setDeviceId(version.device())
                .setAttested(ByteString.copyFrom(SignedSettings.attest(settings, identity)))
                .build();
    }

    private void tell(Handle tx, String kind, String actor, String device, Map<String, ?> detail, Instant now) {
        events.append(tx, new Event(now, kind, actor, "device:" + device, detail));
    }

    // --- the page ------------------------------------------------------------------------------------------------

    private Reply show(Call call) {
        return known(call)
                .map(known -> page(call, known, inForce(call.part("device")), List.of(), USUAL_MINUTES))
                .orElseGet(Reply::notFound);
    }

    private Reply issue(Call call) {
        Optional<Known> known = known(call);
        return known.isEmpty() ? Reply.notFound() : issue(call, known.get());
    }

    private Reply issue(Call call, Known known) {
        Map<String, String> typed = new TreeMap<>();
        for (Key key : Key.of(known)) {
            if (!call.field(key.word()).isEmpty()) {
                typed.put(key.word(), call.field(key.word()));
            }
        }
        List<Key> wrong = Key.of(known).stream()
                .filter(key -> typed.containsKey(key.word()) && !key.fits(typed.get(key.word())))
                .toList();
        long minutes = minutes(call.field("minutes"));
        if (!wrong.isEmpty()) {
            return page(call, known, typed, wrong, minutes).withStatus(400);
        }
        issue(call.part("device"), typed, Duration.ofMinutes(minutes), call.person());
        return Reply.seeOther("/staff/settings/" + call.part("device"));
    }

    /** Issues what an earlier version had, as a new version: the way back. */
    private Reply again(Call call) {
        Optional<Version> earlier = known(call)
                .flatMap(known -> versions(call.part("device")).stream()
                        .filter(version -> Long.toString(version.number()).equals(call.part("version")))
                        .findFirst());
        return earlier.map(version -> {
                    issue(version.device(), version.values(), version.confirmWithin(), call.person());
                    return Reply.seeOther("/staff/settings/" + version.device());
                })
                .orElseGet(Reply::notFound);
    }

    private Optional<Known> known(Call call) {
        return DeviceId.valid(call.part("device")) ? fleet.device(call.part("device")) : Optional.empty();
    }

    private List<Version> versions(String device) {
        return database.inTransaction(tx -> versions.of(tx, device, MOST_VERSIONS));
    }

    /** The last version that is or may come into force. */
    private Map<String, String> inForce(String device) {
        return versions(device).stream()
                .filter(version -> version.state() == State.SENT || version.state() == State.CONFIRMED)
                .findFirst()
                .map(Version::values)
                .orElse(Map.of());
    }

    private static long minutes(String typed) {
        return typed.matches("[0-9]{1,5}") ? Math.clamp(Long.parseLong(typed), 1, MOST_MINUTES) : USUAL_MINUTES;
    }

    private Reply page(Call call, Known known, Map<String, String> typed, List<Key> wrong, long minutes) {
        String device = call.part("device");
        SettingsPage it = new SettingsPage(
                device,
                known.gateway(),
                known.status().getSettings(),
                Key.of(known),
                typed,
                wrong,
                minutes,
                versions(device));
        return Reply.html(html.render(PAGE, call.page(), it));
    }
}
