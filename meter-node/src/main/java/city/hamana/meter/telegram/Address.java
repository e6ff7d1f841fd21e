package city.hamana.meter.telegram;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Set;

/** A meter's own address: manufacturer, identification number, version, medium; eight bytes in the order of the radio link. */
final class Address {
    static final int LENGTH = 8;
    private static final Set<String> DIEHL = Set.of("HYD", "DME", "SAP");

    private final byte[] octets;
    private final byte[] sent;

    private Address(byte[] octets, byte[] sent) {
        this.octets = octets;
        this.sent = sent;
    }

    /**
     * From a radio frame's link layer: manufacturer first. Some meters of Diehl send version and medium before the
     * number; told by a medium that is none in its place and is one in the other.
     */
    static Address ofLink(byte[] octets) {
        Address standard = new Address(octets.clone(), octets.clone());
        Address turned = new Address(turned(octets), octets.clone());
        boolean diehl = DIEHL.contains(standard.manufacturer()) && !Medium.known(standard.medium());
        return diehl && Medium.known(turned.medium()) ? turned : standard;
    }

    private static byte[] turned(byte[] octets) {
        byte[] link = octets.clone();
        System.arraycopy(octets, 4, link, 2, 4);
        System.arraycopy(octets, 2, link, 6, 2);
        return link;
    }

    /** From a long transport header: identification number first. */
    static Address ofHeader(byte[] octets) {
        byte[] link = new byte[LENGTH];
        System.arraycopy(octets, 4, link, 0, 2);
        System.arraycopy(octets, 0, link, 2, 4);
        System.arraycopy(octets, 6, link, 6, 2);
        return new Address(link, link);
    }

    /** The eight bytes as they were sent on the link, as they open an initialisation vector. */
    byte[] octets() {
        return sent.clone();
    }

    /** The identification number's four bytes as they were sent. */
    byte[] idOctets() {
        return Arrays.copyOfRange(octets, 2, 6);
    }

    /** Three letters of five bits each (EN 62056-21 FLAG); the code in hex where they are no letters. */
    String manufacturer() {
        int code = (octets[0] & 0xFF) | (octets[1] & 0xFF) << 8;
        StringBuilder letters = new StringBuilder(3);
        for (int shift = 10; shift >= 0; shift -= 5) {
            letters.append((char) (64 + (code >> shift & 0x1F)));
        }
        return letters.chars().allMatch(c -> c >= 'A' && c <= 'Z') ? letters.toString() : "%04X".formatted(code);
    }

    /** Eight digits, as printed on the meter. */
    String id() {
        byte[] id = {octets[5], octets[4], octets[3], octets[2]};
        return HexFormat.of().withUpperCase().formatHex(id);
    }

    int version() {
        return octets[6] & 0xFF;
    }

    int medium() {
        return octets[7] & 0xFF;
    }
}
