package city.hamana.meter.simulator;

import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/**
 * One simulated meter on its bus: a request whose frame count bit is toggled acknowledges the last telegram and asks for
 * the next, one whose bit is not toggled gets the last again.
 */
final class SlaveMeter {
    /** At which every meter talks that was not told otherwise. */
    static final int FIRST_BAUD = 2_400;

    /** How long a meter waits at a new rate for a word that it understands. */
    private static final Duration FALLS_BACK_AFTER = Duration.ofSeconds(30);

    private static final int SND_NKE = 0x40;
    private static final int REQ_UD2 = 0x5B;
    private static final int COUNT_BIT = 0x20;
    private static final byte[] ACKNOWLEDGEMENT = {(byte) 0xE5};
    private static final byte[] SILENCE = {};

    private final int address;
    private final Content content;
    private Optional<Boolean> lastBit = Optional.empty();
    private Optional<Fault> fault = Optional.empty();
    private byte[] lastTelegram = SILENCE;
    private int accessNumber;
    private boolean selected;
    private int baud = FIRST_BAUD;
    private long provisionalSinceNanos;
    private boolean provisional;

    SlaveMeter(int address, Content content) {
        this.address = address;
        this.content = content;
    }

    int address() {
        return address;
    }

    /** From now on it has this fault. */
    synchronized void fails(Fault kind) {
        fault = Optional.of(kind);
    }

    /** Whether it understands what is said at a rate; 0 is every rate, as behind a converter. */
    synchronized boolean hears(int rate) {
        if (provisional && System.nanoTime() - provisionalSinceNanos > FALLS_BACK_AFTER.toNanos()) {
            provisional = false;
            baud = FIRST_BAUD;
        }
        boolean hears = rate == 0 || rate == baud;
        provisional &= !hears;
        return hears;
    }

    /** Told to talk at another rate from its acknowledgement on. */
    synchronized byte[] changeBaud(int rate) {
        if (fault.filter(Fault.KEEPS_BAUD::equals).isEmpty()) {
            baud = rate;
            provisional = true;
            provisionalSinceNanos = System.nanoTime();
        }
        return said(ACKNOWLEDGEMENT);
    }

    /** Selected by a mask that fits its own address, else selected no more and silent. */
    synchronized byte[] select(byte[] mask) {
        selected = fits(mask, content.identity());
        if (!selected) {
            return SILENCE;
        }
        begin();
        return said(ACKNOWLEDGEMENT);
    }

    synchronized boolean selected() {
        return selected;
    }

    synchronized void deselect() {
        selected = false;
    }

    /** What the meter says to a short frame's control field; nothing where a meter would be silent. */
    synchronized byte[] answer(int control) {
        if (control == SND_NKE) {
            begin();
            return said(ACKNOWLEDGEMENT);
        }
        return said((control & ~COUNT_BIT) == REQ_UD2 ? data((control & COUNT_BIT) != 0) : SILENCE);
    }

    private byte[] said(byte[] answer) {
        return fault.map(kind -> kind.of(answer)).orElse(answer);
    }

    private void begin() {
        lastBit = Optional.empty();
        content.begin();
    }

    private byte[] data(boolean bit) {
        boolean repeat = lastBit.isPresent() && lastBit.get() == bit;
        if (repeat) {
            return lastTelegram;
        }
        if (lastBit.isPresent() && lastTelegram.length > 0) {
            content.acknowledged();
        }
        lastBit = Optional.of(bit);
        accessNumber = accessNumber + 1 & 0xFF;
        lastTelegram = content.telegram(address, accessNumber);
        return lastTelegram;
    }

    /** Digit by digit in the number, byte by byte behind it; Fh and FFh fit all. */
    private static boolean fits(byte[] mask, byte[] own) {
        byte[] seen = own.clone();
        for (int i = 0; i < seen.length; i++) {
            boolean high = (mask[i] & 0xF0) == 0xF0;
            boolean low = (mask[i] & 0x0F) == 0x0F;
            int wild = i < 4 ? (high ? 0xF0 : 0) | (low ? 0x0F : 0) : high && low ? 0xFF : 0;
            seen[i] |= (byte) wild;
        }
        return Arrays.equals(seen, mask);
    }

    void close() {
        content.close();
    }
}
