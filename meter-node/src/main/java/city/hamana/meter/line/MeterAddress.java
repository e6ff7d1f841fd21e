package city.hamana.meter.line;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How a meter is called on a wired bus (EN 13757-2 and -3). */
public sealed interface MeterAddress {
    /** Most meters on one bus. */
    int MOST = 250;

    /** The address that whoever is selected answers to. */
    int SELECTED = 0xFD;

    /** As the settings write it. */
    String text();

    /** The A field that a meter at this address is called with. */
    int field();

    /** Whether a whole and undamaged long frame is of this meter. */
    boolean sent(byte[] frame);

    /** An address given to the meter at its installation, 0 to 250; 254 asks whoever is alone on a line. */
    record Primary(int field) implements MeterAddress {
        private static final int ANY = 0xFE;

        @Override
        public String text() {
            return Integer.toString(field);
        }

        @Override
        public boolean sent(byte[] frame) {
            return field == ANY || (frame[5] & 0xFF) == field;
        }
    }

    /**
     * The meter's own address, as its maker gave it.
     *
     * @param mask identification number, manufacturer, version and medium as a selection sends them: eight bytes, the
     *     number with its lowest digits first, Fh for any digit and FFh for any other byte
     */
    record Secondary(String text, List<Byte> mask) implements MeterAddress {
        private static final int LONG_HEADER = 0x72;
        private static final int FIXED_STRUCTURE = 0x73;
        private static final int HEADER = 7;

        @Override
        public int field() {
            return SELECTED;
        }

        byte[] octets() {
            byte[] octets = new byte[mask.size()];
            for (int i = 0; i < octets.length; i++) {
                octets[i] = mask.get(i);
            }
            return octets;
        }

        /** The header tells; a frame without one cannot be told from the selected meter's. */
        @Override
        public boolean sent(byte[] frame) {
            int ci = frame[6] & 0xFF;
            int told = ci == LONG_HEADER ? 8 : ci == FIXED_STRUCTURE ? 4 : 0;
            return frame.length >= HEADER + told && matches(Arrays.copyOfRange(frame, HEADER, HEADER + told));
        }

        private boolean matches(byte[] told) {
            for (int i = 0; i < told.length; i++) {
                int wanted = mask.get(i) & 0xFF;
                boolean same = i < 4
                        ? digit(wanted >> 4, told[i] >> 4 & 0xF) && digit(wanted & 0xF, told[i] & 0xF)
                        : wanted == 0xFF || wanted == (told[i] & 0xFF);
                if (!same) {
                    return false;
                }
            }
            return true;
        }

        private static boolean digit(int wanted, int told) {
            return wanted == 0xF || wanted == told;
        }

        /** Whether an address can be written so. */
        static boolean is(String text) {
            return Syntax.SECONDARY.matcher(text).matches();
        }

        /** {@code 12345678-HMN-01-07}; whatever stands at the end may be left out and is then any. */
        static Secondary of(String text) {
            Matcher parts = Syntax.SECONDARY.matcher(text.toUpperCase(Locale.ROOT));
            if (!parts.matches()) {
                throw new IllegalArgumentException("not a secondary address such as 12345678-HMN-01-07: " + text);
            }
            List<Byte> mask = new ArrayList<>();
            byte[] id = HexFormat.of().parseHex(parts.group(1));
            for (int i = 3; i >= 0; i--) {
                mask.add(id[i]);
            }
            int code = parts.group(2) == null ? 0xFFFF : code(parts.group(2));
            mask.add((byte) code);
            mask.add((byte) (code >> 8));
            mask.add(octet(parts.group(3)));
            mask.add(octet(parts.group(4)));
            return new Secondary(text.toUpperCase(Locale.ROOT), List.copyOf(mask));
        }

        private static byte octet(String hex) {
            return (byte) (hex == null ? 0xFF : Integer.parseInt(hex, 16));
        }

        /** Three letters of five bits each (EN 62056-21 FLAG). */
        private static int code(String letters) {
            return letters.chars().reduce(0, (code, letter) -> code << 5 | letter - 64);
        }
    }

    /** How addresses are written. */
    final class Syntax {
        private static final Pattern PRIMARIES = Pattern.compile("([0-9]{1,3})(?:-([0-9]{1,3}))?");
        private static final Pattern SECONDARY =
                Pattern.compile("([0-9]{8})(?:-([A-Z]{3})(?:-([0-9A-F]{2})(?:-([0-9A-F]{2}))?)?)?");

        private Syntax() {}
    }

    /**
     * Reads a list: primary addresses and their ranges, and secondary addresses, by comma.
     *
     * @throws IllegalArgumentException for what is no address, no meter at all, more than 250, or one twice
     */
    static List<MeterAddress> list(String text) {
        List<MeterAddress> meters = new ArrayList<>();
        for (String word : text.split(",")) {
            Matcher range = Syntax.PRIMARIES.matcher(word.strip());
            if (range.matches()) {
                addRange(range, meters);
            } else {
                meters.add(Secondary.of(word.strip()));
            }
        }
        if (meters.isEmpty()
                || meters.size() > MOST
                || meters.stream().distinct().count() < meters.size()) {
            throw new IllegalArgumentException("no meter, more than " + MOST + ", or one twice: " + text);
        }
        return List.copyOf(meters);
    }

    private static void addRange(Matcher range, List<MeterAddress> meters) {
        int first = primary(range.group(1));
        int last = range.group(2) == null ? first : primary(range.group(2));
        for (int address = first; address <= last; address++) {
            meters.add(new Primary(address));
        }
    }

    private static int primary(String text) {
        int address = Integer.parseInt(text);
        if (address > 254 || address == SELECTED) {
            throw new IllegalArgumentException("not a primary address, 0 to 250 or 254: " + text);
        }
        return address;
    }
}
