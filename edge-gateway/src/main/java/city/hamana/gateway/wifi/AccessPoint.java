package city.hamana.gateway.wifi;

import city.hamana.gateway.wifi.Part.Facts;
import city.hamana.gateway.wifi.WifiSettings.Patience;
import city.hamana.messages.v1.Equipment;
import city.hamana.messages.v1.EquipmentKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One access point or controller of the settings: asks it, and knows how it was last found. Thread-safe. */
final class AccessPoint {
    private static final Logger LOG = LoggerFactory.getLogger(AccessPoint.class);
    private static final long NEVER = 0;

    private final AccessPointSettings settings;
    private final Patience patience;
    private final Vendors vendors;
    private final Faults faults = new Faults();
    private final AtomicBoolean asking = new AtomicBoolean();
    private Optional<Snapshot> last = Optional.empty();
    private boolean asked;
    private boolean answers;
    private long heardMs = NEVER;

    AccessPoint(AccessPointSettings settings, Patience patience, Vendors vendors) {
        this.settings = settings;
        this.patience = patience;
        this.vendors = vendors;
    }

    String id() {
        return settings.id();
    }

    /** To be called before {@link #ask}: false while an earlier one is under way. */
    boolean begin() {
        return asking.compareAndSet(false, true);
    }

    /** Asks the agent; empty if it does not answer. */
    Optional<Snapshot> ask(Instant at) {
        try (Session session = Session.open(settings, patience, faults)) {
            Snapshot snapshot = new Poll(settings, session, faults, patience.mostRows()).take(vendors);
            heard(snapshot, at);
            return Optional.of(snapshot);
        } catch (SnmpFault e) {
            silent(e.getMessage());
            return Optional.empty();
        } finally {
            asking.set(false);
        }
    }

    private synchronized void heard(Snapshot snapshot, Instant at) {
        if (!answers) {
            LOG.info("{} answers", settings.id());
        }
        asked = true;
        answers = true;
        last = Optional.of(snapshot);
        heardMs = at.toEpochMilli();
    }

    private synchronized void silent(String why) {
        faults.count(why);
        if (answers || !asked) {
            LOG.warn("{} at {} does not answer: {}", settings.id(), settings.address(), why);
        }
        asked = true;
        answers = false;
    }

    Map<String, Long> faults() {
        return faults.all();
    }

    /** The device first, then its access points, radios and SSIDs, these with their name as the model. */
    synchronized List<Equipment> equipment() {
        List<Equipment> all = new ArrayList<>();
        boolean controller = last.map(Snapshot::controller).orElse(false);
        all.add(equipment(settings.id(), last.map(s -> s.device().facts()).orElse(Facts.NONE), answers)
                .setKind(
                        controller
                                ? EquipmentKind.EQUIPMENT_KIND_CONTROLLER
                                : EquipmentKind.EQUIPMENT_KIND_ACCESS_POINT)
                .setLine(settings.address().toString())
                .putAllFaults(faults.all())
                .build());
        last.ifPresent(s -> s.parts().forEach(part -> all.add(equipment(part))));
        return all;
    }

    private Equipment equipment(Part part) {
        Equipment.Builder one = equipment(part.id(), part.facts(), answers && part.up());
        one.setLine(settings.id());
        return switch (part.kind()) {
            case AP ->
                one.setKind(EquipmentKind.EQUIPMENT_KIND_ACCESS_POINT)
                        .setLine(settings.id() + " " + part.name())
                        .build();
            case RADIO ->
                one.setKind(EquipmentKind.EQUIPMENT_KIND_RADIO)
                        .setModel(part.name())
                        .build();
            case SSID ->
                one.setKind(EquipmentKind.EQUIPMENT_KIND_SSID)
                        .setModel(part.name())
                        .build();
            case DEVICE -> one.setModel(part.name()).build();
        };
    }

    private Equipment.Builder equipment(String id, Facts facts, boolean up) {
        return Equipment.newBuilder()
                .setId(id)
                .setAnswers(up)
                .setHeardUnixMs(heardMs)
                .setVendor(facts.vendor())
                .setModel(facts.model())
                .setSerial(facts.serial())
                .setSoftware(facts.software());
    }
}
