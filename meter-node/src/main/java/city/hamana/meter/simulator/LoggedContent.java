package city.hamana.meter.simulator;

import java.time.Clock;
import java.time.ZoneId;
import java.util.List;

/** A meter with a time of its own and a data logger: it hands over its log, reading by reading. */
final class LoggedContent implements Content {
    private static final byte[] NOTHING = {};

    private final int id;
    private final Log log;
    private final Memory.Place read;
    private final Clock clock;
    private final ZoneId zone;
    private final List<Integer> flags;
    private boolean lastWasUnread;

    /** One that never tells of alarms. */
    LoggedContent(int id, Log log, Memory.Place read, Clock clock, ZoneId zone) {
        this(id, log, read, clock, zone, List.of());
    }

    /** With its error flags behind every reading: none, or one number. */
    LoggedContent(int id, Log log, Memory.Place read, Clock clock, ZoneId zone, List<Integer> flags) {
        this.flags = List.copyOf(flags);
        this.id = id;
        this.log = log;
        this.read = read;
        this.clock = clock;
        this.zone = zone;
    }

    /** The first unread reading; where all are read, the last again. */
    @Override
    public byte[] telegram(int address, int accessNumber) {
        long last = log.lastPlace(clock.instant());
        long next = read.get();
        lastWasUnread = next <= last;
        if (last < 0) {
            return NOTHING;
        }
        Reading reading = log.at(lastWasUnread ? next : last);
        return SlaveTelegram.of(address, id, accessNumber, reading, zone, flags, lastWasUnread && next < last);
    }

    @Override
    public byte[] identity() {
        return SlaveTelegram.identity(id);
    }

    @Override
    public void acknowledged() {
        if (lastWasUnread) {
            read.set(read.get() + 1);
        }
    }

    @Override
    public void close() {
        read.close();
    }
}
