package city.hamana.meter.line;

import city.hamana.meter.line.Answers.Answer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * Finds the meters of a bus by their own addresses (EN 13757-3, wildcard search): all whose number begins with certain
 * digits are selected and asked. One good answer is one meter; what is no good answer are several at once, and the next
 * digit is tried out. Whoever is found is called by its whole address once more, to be sure. A bus of 250 is searched in some minutes.
 */
public final class SecondarySearch {
    private static final int DIGITS = 8;
    private static final int HEADER = 7;
    private static final int LONG_HEADER = 0x72;
    private static final int FIXED_STRUCTURE = 0x73;

    private final BusMaster master;
    private final List<Found> found = new ArrayList<>();

    /**
     * What answered.
     *
     * @param address as the settings write it
     * @param medium device type, 0 to 255; empty where the meter does not tell it
     * @param alone false: several meters have this number, and no digit tells them apart
     */
    public record Found(String address, Optional<Integer> medium, boolean alone) {}

    private SecondarySearch(Line line, MeterBus.Limits limits) {
        this.master = new BusMaster(line, limits.patience(), 0);
    }

    /**
     * Searches a whole bus.
     *
     * @throws IOException if the line cannot be opened or is lost
     */
    public static List<Found> of(MeterBus.Wire wire, MeterBus.Limits limits) throws IOException {
        try (Line open = wire.opener().open()) {
            SecondarySearch search = new SecondarySearch(open, limits);
            search.beginningWith("");
            return List.copyOf(search.found);
        }
    }

    private void beginningWith(String digits) throws IOException {
        MeterAddress.Secondary mask = mask(digits);
        Answer selection = master.heard(BusMaster.selection(mask), mask);
        if (nobody(selection)) {
            return;
        }
        Answer answer = master.heard(BusMaster.firstRequest(), mask);
        if (answer instanceof Answer.Frame(byte[] frame) && isThere(found(frame, digits))) {
            found.add(found(frame, digits));
        } else if (!nobody(answer)) {
            descend(digits);
        }
    }

    /** A bus full of noise cannot make it longer: the found are as many as a bus can hold, or it ends. */
    private void descend(String digits) throws IOException {
        if (digits.length() == DIGITS) {
            found.add(new Found(digits, Optional.empty(), false));
            return;
        }
        for (char digit = '0'; digit <= '9' && found.size() < MeterAddress.MOST; digit++) {
            beginningWith(digits + digit);
        }
    }

    private static boolean nobody(Answer answer) {
        return answer instanceof Answer.Fault(String fault) && fault.equals("line.timeout");
    }

    /** Several that speak at once may be heard as a good answer of somebody who is not there. */
    private boolean isThere(Found answered) throws IOException {
        if (!answered.alone()) {
            return false;
        }
        MeterAddress.Secondary address = MeterAddress.Secondary.of(answered.address());
        return !nobody(master.heard(BusMaster.selection(address), address));
    }

    private static Found found(byte[] frame, String digits) {
        int ci = frame[6] & 0xFF;
        if (ci != LONG_HEADER && ci != FIXED_STRUCTURE) {
            return new Found((digits + "00000000").substring(0, DIGITS), Optional.empty(), false);
        }
        String id = HexFormat.of()
                .withUpperCase()
                .formatHex(new byte[] {frame[HEADER + 3], frame[HEADER + 2], frame[HEADER + 1], frame[HEADER]});
        if (ci == FIXED_STRUCTURE) {
            return new Found(id, Optional.empty(), MeterAddress.Secondary.is(id));
        }
        int code = (frame[HEADER + 4] & 0xFF) | (frame[HEADER + 5] & 0xFF) << 8;
        int medium = frame[HEADER + 7] & 0xFF;
        String address = "%s-%s-%02X-%02X".formatted(id, letters(code), frame[HEADER + 6] & 0xFF, medium);
        boolean plain = MeterAddress.Secondary.is(address);
        return new Found(plain ? address : id, Optional.of(medium), plain);
    }

    private static String letters(int code) {
        StringBuilder letters = new StringBuilder();
        for (int shift = 10; shift >= 0; shift -= 5) {
            letters.append((char) (64 + (code >> shift & 0x1F)));
        }
        return letters.toString();
    }

    private static MeterAddress.Secondary mask(String digits) {
        String wild = (digits + "FFFFFFFF").substring(0, DIGITS);
        byte[] id = HexFormat.of().parseHex(wild);
        byte any = (byte) 0xFF;
        return new MeterAddress.Secondary(wild, List.of(id[3], id[2], id[1], id[0], any, any, any, any));
    }
}
