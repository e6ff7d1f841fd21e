package city.hamana.meter.simulator;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;

/**
 * One simulated meter. It hands over its log reading by reading: a request whose frame count bit is toggled acknowledges
 * the last telegram and asks for the next, one whose bit is not toggled gets the last again.
 */
final class SlaveMeter {
    private static final int SND_NKE = 0x40;
    private static final int REQ_UD2 = 0x5B;
    private static final int COUNT_BIT = 0x20;
    private static final byte[] ACKNOWLEDGEMENT = {(byte) 0xE5};
    private static final byte[] SILENCE = {};

    private final int address;
    private final int id;
    private final Logger log;
    private final Memory.Place read;
    private final Clock clock;
    private final ZoneId zone;
    private Optional<Boolean> lastBit = Optional.empty();
    private byte[] lastTelegram = SILENCE;
    private boolean lastWasUnread;
    private int accessNumber;

    SlaveMeter(int address, int id, Logger log, Memory.Place read, Clock clock, ZoneId zone) {
        this.address = address;
        this.id = id;
        this.log = log;
        this.read = read;
        this.clock = clock;
        this.zone = zone;
    }

    int address() {
        return address;
    }

    /** What the meter says to a short frame's control field; nothing where a meter would be silent. */
    synchronized byte[] answer(int control) {
        if (control == SND_NKE) {
            lastBit = Optional.empty();
            return ACKNOWLEDGEMENT;
        }
        return (control & ~COUNT_BIT) == REQ_UD2 ? data((control & COUNT_BIT) != 0) : SILENCE;
    }

    private byte[] data(boolean bit) {
        boolean repeat = lastBit.isPresent() && lastBit.get() == bit;
        if (repeat) {
            return lastTelegram;
        }
        if (lastBit.isPresent() && lastWasUnread) {
            read.set(read.get() + 1);
        }
        lastBit = Optional.of(bit);
        lastTelegram = telegram(clock.instant());
        return lastTelegram;
    }

    private byte[] telegram(Instant now) {
        long last = log.lastPlace(now);
        long next = read.get();
        lastWasUnread = next <= last;
        if (last < 0) {
            return SILENCE;
        }
        accessNumber = accessNumber + 1 & 0xFF;
        Reading reading = log.at(lastWasUnread ? next : last);
        return SlaveTelegram.of(address, id, accessNumber, reading, zone, lastWasUnread && next < last);
    }

    void close() {
        read.close();
    }
}
