package city.hamana.demo.trial;

import java.util.List;

/** The table of faults: what each is called and what it can be done to. */
enum Kind {
    KILL("kill -9", Targets.PROGRAMS),
    KILL_TWO("kill -9 of two at once", Targets.PROGRAMS),
    KILL_AGAIN("kill -9, and again while it starts", Targets.PROGRAMS),
    STALL("half-dead (SIGSTOP, SIGCONT)", Targets.PROGRAMS),
    CUT("line: cut (RST)", Targets.LINES),
    BLACK_HOLE("line: black hole", Targets.LINES),
    DELAY("line: delay", Targets.LINES),
    SLOW("line: low rate", Targets.LINES),
    SWALLOW("line: answers swallowed", Targets.LINES),
    MIDWAY("line: cut within a request", Targets.LINES),
    REPLAY("old blocks again, in another order", Targets.NODES),
    POISON("garbage, truncated and foreign-signed blocks", Targets.NODES),
    FORK("a signed second block of an old place", Targets.NODES),
    GARBAGE_HTTP("garbage at the device port", Targets.CITY_HALL),
    GARBAGE_TCP("garbage at the broker port", Targets.GATEWAY),
    DISK_FULL("disk: full (ENOSPC)", Targets.SMALL_DISKS),
    DISK_READ_ONLY("disk: read-only at a start", Targets.SMALL_DISKS),
    DISK_SLOW("disk: slow syncs", Targets.EDGE),
    DISK_FAILING("disk: failing writes (EIO, EROFS)", Targets.EDGE),
    CLOCK_JUMP("clock: jumps and jumps back", Targets.EDGE),
    NO_CLOCK("clock: boot without one, set later", Targets.NODES),
    PAGE_NOISE("journal: a page overwritten", Targets.NODES),
    WAL_CUT("journal: write-ahead log truncated", Targets.NODES),
    JOURNAL_GONE("journal: deleted under the program", Targets.NODES);

    private final String words;
    private final Targets targets;

    Kind(String words, Targets targets) {
        this.words = words;
        this.targets = targets;
    }

    String words() {
        return words;
    }

    List<String> targets() {
        return targets.names();
    }
}
