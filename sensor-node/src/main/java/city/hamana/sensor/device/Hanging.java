package city.hamana.sensor.device;

import city.hamana.link.Counters;
import city.hamana.messages.Condition;
import city.hamana.messages.v1.Equipment;
import city.hamana.messages.v1.EquipmentKind;
import java.util.Collection;
import java.util.List;

/** What is known of a gauge or an analyser beside its values: whether it answers, since when not, how often what failed. */
public final class Hanging {
    private final String id;
    private final EquipmentKind kind;
    private final String line;
    private final String vendor;
    private final Counters ofNode;
    private final Counters own = new Counters();
    private boolean answers;
    private long heardUnixMs;
    private List<String> conditions = List.of();

    /**
     * Nothing was heard of it yet.
     *
     * @param vendor as staff see it; empty where nobody knows
     * @param ofNode where its faults are counted too
     */
    public Hanging(String id, EquipmentKind kind, String line, String vendor, Counters ofNode) {
        this.id = id;
        this.kind = kind;
        this.line = line;
        this.vendor = vendor;
        this.ofNode = ofNode;
    }

    public String id() {
        return id;
    }

    /** It told something that can be used. */
    public synchronized void heard(long unixMs) {
        answers = true;
        heardUnixMs = unixMs;
    }

    /** It did not. */
    public synchronized void failed(String fault, boolean answered, long unixMs) {
        own.count(fault);
        ofNode.count(fault);
        answers = answered;
        heardUnixMs = answered ? unixMs : heardUnixMs;
    }

    /** What is the case with it from now on. */
    public synchronized void conditions(Collection<? extends Condition> now) {
        conditions = now.stream().map(Condition::code).toList();
    }

    /** Whether it last answered. */
    public synchronized boolean answers() {
        return answers;
    }

    public synchronized long heardUnixMs() {
        return heardUnixMs;
    }

    /** Whether the staff's page is to show it: it is not as it should be, or has not always been. */
    public synchronized boolean tells() {
        return !answers || !conditions.isEmpty() || !own.all().isEmpty();
    }

    /** For the device's status. */
    public synchronized Equipment state() {
        return Equipment.newBuilder()
                .setId(id)
                .setKind(kind)
                .setLine(line)
                .setVendor(vendor)
                .setAnswers(answers)
                .setHeardUnixMs(heardUnixMs)
                .addAllConditions(conditions)
                .putAllFaults(own.all())
                .build();
    }
}
