package city.hamana.meter.simulator;

import java.util.Optional;

/**
 * One simulated meter on its bus: a request whose frame count bit is toggled acknowledges the last telegram and asks for
 * the next, one whose bit is not toggled gets the last again.
 */
final class SlaveMeter {
    private static final int SND_NKE = 0x40;
    private static final int REQ_UD2 = 0x5B;
    private static final int COUNT_BIT = 0x20;
    private static final byte[] ACKNOWLEDGEMENT = {(byte) 0xE5};
    private static final byte[] SILENCE = {};

    private final int address;
    private final Content content;
    private Optional<Boolean> lastBit = Optional.empty();
    private byte[] lastTelegram = SILENCE;
    private int accessNumber;

    SlaveMeter(int address, Content content) {
        this.address = address;
        this.content = content;
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
        if (lastBit.isPresent() && lastTelegram.length > 0) {
            content.acknowledged();
        }
        lastBit = Optional.of(bit);
        accessNumber = accessNumber + 1 & 0xFF;
        lastTelegram = content.telegram(address, accessNumber);
        return lastTelegram;
    }

    void close() {
        content.close();
    }
}
