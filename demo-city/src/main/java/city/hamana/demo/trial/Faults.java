package city.hamana.demo.trial;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** How every kind of fault is done at one site, and how often each was. */
final class Faults {
    private final Map<Kind, Fault> table = new EnumMap<>(Kind.class);
    private final Map<Kind, Integer> done = new EnumMap<>(Kind.class);
    private final Map<Kind, TreeSet<String>> notAvailable = new EnumMap<>(Kind.class);

    Faults(Site site, Jumps jumps, Damages damages, CapturedBlocks captured, CityHall cityHall) {
        ProgramFaults programs = new ProgramFaults(site.city());
        LineFaults lines = new LineFaults(site.lines());
        BlockFaults blocks = new BlockFaults(site, captured, cityHall);
        GarbageFaults garbage = new GarbageFaults(site.plan());
        DiskFaults disks = new DiskFaults(site);
        ClockFaults clocks = new ClockFaults(site, jumps);
        DamageFaults damage = new DamageFaults(site, damages);
        for (Kind kind : Kind.values()) {
            table.put(
                    kind,
                    switch (kind) {
                        case KILL -> programs::kill;
                        case KILL_TWO -> programs::killTwo;
                        case KILL_AGAIN -> programs::killAgain;
                        case STALL -> programs::stall;
                        case CUT, BLACK_HOLE, DELAY, SLOW, SWALLOW, MIDWAY -> lines::begin;
                        case REPLAY -> blocks::replay;
                        case POISON -> blocks::poison;
                        case FORK -> blocks::fork;
                        case GARBAGE_HTTP -> garbage::atDevicePort;
                        case GARBAGE_TCP -> garbage::atBroker;
                        case DISK_FULL -> disks::full;
                        case DISK_READ_ONLY -> disks::readOnly;
                        case DISK_SLOW -> disks::slow;
                        case DISK_FAILING -> disks::failing;
                        case CLOCK_JUMP -> clocks::jump;
                        case NO_CLOCK -> clocks::none;
                        case PAGE_NOISE -> damage::pageNoise;
                        case WAL_CUT -> damage::walCut;
                        case JOURNAL_GONE -> damage::gone;
                    });
        }
    }

    /** Begins a fault; one that this machine cannot do is noted with its reason and heals nothing. */
    Fault.Healing begin(Step step) throws IOException, InterruptedException {
        try {
            Fault.Healing healing = table.get(step.kind()).begin(step);
            done.merge(step.kind(), 1, Integer::sum);
            return healing;
        } catch (Fault.NotAvailableException e) {
            notAvailable.computeIfAbsent(step.kind(), kind -> new TreeSet<>()).add(e.getMessage());
            return Fault.Healing.NOTHING_TO_HEAL;
        }
    }

    /** One line for each of these kinds: how often it was done, and why it was not. */
    List<String> lines(Collection<Kind> kinds) {
        List<String> lines = new ArrayList<>();
        for (Kind kind : kinds) {
            String line = "%6d  %s".formatted(done.getOrDefault(kind, 0), kind.words());
            TreeSet<String> reasons = notAvailable.getOrDefault(kind, new TreeSet<>());
            lines.add(reasons.isEmpty() ? line : line + " (not available: " + String.join("; ", reasons) + ")");
        }
        return lines;
    }
}
