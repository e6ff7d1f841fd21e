package city.hamana.meter.line;

import city.hamana.link.Counters;
import city.hamana.messages.Condition;
import city.hamana.messages.v1.Equipment;
import city.hamana.messages.v1.EquipmentKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Each meter as it was last found: whether it answers, what it warns of, and its faults by name, which are counted for
 * the whole node too. A meter is known by its place, a line and an address on it, until a telegram tells its id.
 * Thread-safe.
 */
public final class Roster {
    /** Most meters that a status tells of. */
    static final int MOST_REPORTED = 300;

    private static final int MOST_KEPT = 10_000;
    private static final int MOST_FAULTS = 30;

    private final Counters counters;
    private final Map<Place, Found> found = new LinkedHashMap<>();

    /** Where a meter is: the line's name, and the address as the settings write it. */
    public record Place(String line, String address) {
        /** The name of a meter that has not told its own. */
        String name() {
            return (line + "-" + address).toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_-]", "-");
        }
    }

    private static final class Found {
        private final Equipment.Builder told;
        private final Map<String, Long> faults = new TreeMap<>();

        Found(Place place) {
            told = Equipment.newBuilder()
                    .setId(place.name())
                    .setKind(EquipmentKind.EQUIPMENT_KIND_METER)
                    .setLine((place.line() + " " + place.address()).strip())
                    .setAnswers(true);
        }

        boolean worthTelling() {
            return !told.getAnswers() || !faults.isEmpty() || told.getConditionsCount() > 0;
        }

        void count(String fault) {
            if (faults.containsKey(fault) || faults.size() < MOST_FAULTS) {
                faults.merge(fault, 1L, Long::sum);
            }
        }

        Equipment equipment() {
            return told.clone().putAllFaults(faults).build();
        }
    }

    public Roster(Counters counters) {
        this.counters = counters;
    }

    /** Counts for the whole node only: what cannot be laid at one meter's door. */
    public void count(String name) {
        counters.count(name);
    }

    /** A fault of one meter. */
    public synchronized void fault(Place place, String fault) {
        counters.count(fault);
        at(place).count(fault);
    }

    /** A meter was asked in vain, again and again. */
    public synchronized void silent(Place place) {
        at(place).told.setAnswers(false);
    }

    /** A telegram has come. */
    public synchronized void heard(Place place, Instant at) {
        at(place).told.setAnswers(true).setHeardUnixMs(at.toEpochMilli());
    }

    /** A telegram has told whose it is. */
    public synchronized void named(Place place, String meter, String maker) {
        at(place).told.setId(meter).setVendor(maker);
    }

    /** A telegram has told what the meter warns of, or that it does not. */
    public synchronized void warns(Place place, Collection<? extends Condition> conditions) {
        List<String> codes = conditions.stream().map(Condition::code).sorted().toList();
        at(place).told.clearConditions().addAllConditions(codes);
    }

    /** Those that do not answer, have faults or warn: the first 300. */
    public synchronized List<Equipment> report() {
        List<Equipment> report = new ArrayList<>();
        for (Found meter : found.values()) {
            if (meter.worthTelling() && report.size() < MOST_REPORTED) {
                report.add(meter.equipment());
            }
        }
        return report;
    }

    /** Places beyond the first 10,000 share one entry: nothing that comes from a line makes memory grow. */
    private Found at(Place place) {
        Place kept = found.containsKey(place) || found.size() < MOST_KEPT ? place : new Place("others", "");
        return found.computeIfAbsent(kept, Found::new);
    }
}
