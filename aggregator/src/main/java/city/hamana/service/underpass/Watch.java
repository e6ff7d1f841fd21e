package city.hamana.service.underpass;

import city.hamana.capability.maps.Feature;
import city.hamana.capability.maps.Maps;
import city.hamana.capability.notices.Notice;
import city.hamana.capability.notices.Notices;
import city.hamana.capability.notices.Recipient;
import city.hamana.capability.notices.Urgency;
import city.hamana.messages.DeviceId;
import city.hamana.messages.v1.SignAspect;
import city.hamana.messages.v1.SignReason;
import city.hamana.messages.v1.SignState;
import city.hamana.platform.db.Database;
import city.hamana.platform.events.Event;
import city.hamana.platform.events.Events;
import city.hamana.sensing.devices.Device;
import city.hamana.sensing.devices.State;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;

/** Looks at what the signs say of themselves; a change goes to the log, the map and the road staff. */
final class Watch {
    private static final int MOST_SIGNS = 500;

    /** A state that stays as it was is written now and then, so that its page can say how old it is. */
    private static final Duration FRESH = Duration.ofSeconds(30);

    private final Database database;
    private final Events events;
    private final InstantSource clock;
    private final Supplier<List<Device>> devices;
    private final SpotStore store;
    private final Maps maps;
    private final Notices notices;

    Watch(
            Database database,
            Events events,
            InstantSource clock,
            Supplier<List<Device>> devices,
            SpotStore store,
            Maps maps,
            Notices notices) {
        this.database = database;
        this.events = events;
        this.clock = clock;
        this.devices = devices;
        this.store = store;
        this.maps = maps;
        this.notices = notices;
    }

    /** One look at all signs, the first 500. */
    void look() {
        List<Device> signs = devices.get().stream()
                .filter(device -> device.status().hasSign()
                        && DeviceId.valid(device.status().getSign().getId()))
                .limit(MOST_SIGNS)
                .toList();
        for (Device device : signs) {
            Spot now = new Spot(
                    device.status().getSign().getId(),
                    device.id(),
                    device.state() == State.CONNECTED,
                    device.status().getSign(),
                    device.heard(),
                    Optional.empty());
            database.inTransaction(tx -> look(tx, now));
        }
    }

    private boolean look(Handle tx, Spot now) {
        Optional<Spot> before = store.one(tx, now.id());
        boolean changed = before.map(b -> differs(b, now)).orElse(true);
        boolean stale = before.map(b -> !b.state().equals(now.state())
                        || Duration.between(b.heard(), now.heard()).compareTo(FRESH) > 0)
                .orElse(true);
        if (changed || stale) {
            store.put(tx, now);
        }
        maps.feature(tx, now.id())
                .filter(feature -> !feature.text("state").equals(now.code()))
                .ifPresent(feature -> maps.put(tx, "system", with(feature, now.code())));
        if (changed) {
            tell(tx, now);
        }
        return changed;
    }

    private static boolean differs(Spot before, Spot now) {
        return before.reached() != now.reached()
                || before.state().getAspect() != now.state().getAspect()
                || before.state().getReason() != now.state().getReason();
    }

    private static Feature with(Feature feature, String state) {
        Map<String, Object> properties = new LinkedHashMap<>(feature.properties());
        properties.put("state", state);
        return new Feature(
                feature.id(), feature.layer(), feature.geometry(), properties, feature.validFrom(), feature.validTo());
    }

    private void tell(Handle tx, Spot now) {
        Instant at = clock.instant();
        SignState state = now.state();
        Map<String, Object> detail = new LinkedHashMap<>();
        detail.put("reason", now.reason());
        if (state.hasLevelMm()) {
            detail.put("level-mm", state.getLevelMm());
        }
        boolean closed = state.getAspect() == SignAspect.SIGN_ASPECT_CLOSED;
        boolean blind = state.getReason() == SignReason.SIGN_REASON_FAIL_SAFE;
        if (now.reached() && (closed || blind)) {
            String words = blind ? "underpass.notice-blind" : "underpass.notice-closed";
            String once = "underpass:" + now.id() + ":" + now.code() + ":" + now.reason() + ":" + at.toEpochMilli();
            String name = maps.feature(tx, now.id()).map(f -> f.text("name")).orElse(now.id());
            notices.send(
                    tx,
                    new Notice(
                            new Recipient.Division(Underpasses.ROAD_DIVISION),
                            words,
                            List.of(name),
                            "/staff/underpass/" + now.id(),
                            Urgency.PROMPT,
                            once));
        }
        events.append(
                tx, new Event(at, "underpass." + now.code(), "device:" + now.device(), "sign:" + now.id(), detail));
    }
}
