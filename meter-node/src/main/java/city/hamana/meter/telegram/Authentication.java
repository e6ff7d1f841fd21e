package city.hamana.meter.telegram;

import java.util.Arrays;

/** The authentication and fragmentation layer, CI 90h (EN 13757-7). */
final class Authentication {
    private static final int MORE_FRAGMENTS = 1 << 14;
    private static final int MESSAGE_CONTROL = 1 << 13;
    private static final int MESSAGE_LENGTH = 1 << 12;
    private static final int MESSAGE_COUNTER = 1 << 11;
    private static final int MAC = 1 << 10;
    private static final int KEY_INFORMATION = 1 << 9;

    private final byte[] control;
    private final byte[] counter;
    private final byte[] length;
    private final byte[] mac;

    private Authentication(byte[] control, byte[] counter, byte[] length, byte[] mac) {
        this.control = control;
        this.counter = counter;
        this.length = length;
        this.mac = mac;
    }

    /** Reads the layer; {@code in} stands behind its CI field. */
    static Authentication read(Octets in) {
        int size = in.next("the authentication layer");
        byte[] layer = in.take(size, "the authentication layer");
        Octets fields = new Octets(layer);
        int flags = fields.nextTwo("the fragmentation control field");
        if ((flags & MORE_FRAGMENTS) != 0 || (flags & 0xFF) > 1) {
            throw TelegramException.of("fragmented", "this is fragment " + (flags & 0xFF) + " of a longer message");
        }
        byte[] control = optional(fields, flags, MESSAGE_CONTROL, 1);
        optional(fields, flags, KEY_INFORMATION, 2);
        byte[] counter = optional(fields, flags, MESSAGE_COUNTER, 4);
        byte[] mac = optional(fields, flags, MAC, control.length == 0 ? 0 : macLength(control[0] & 0x0F));
        byte[] length = optional(fields, flags, MESSAGE_LENGTH, 2);
        return new Authentication(control, counter, length, mac);
    }

    /** Four bytes that never repeat under one key; none where the layer carries none. */
    byte[] counter() {
        return counter.clone();
    }

    /** Whether the message, from its next CI field to its end, is what the holder of the key sent. */
    boolean authentic(byte[] macKey, byte[] message) {
        byte[] expected = Cipher.mac(macKey, control, counter, length, message);
        return Arrays.equals(Arrays.copyOf(expected, mac.length), mac);
    }

    private static byte[] optional(Octets fields, int flags, int flag, int size) {
        return (flags & flag) == 0 ? new byte[0] : fields.take(size, "the authentication layer");
    }

    private static int macLength(int type) {
        return switch (type) {
            case 3 -> 2;
            case 4 -> 4;
            case 5 -> 8;
            case 6, 8 -> 12;
            case 7 -> 16;
            default ->
                throw TelegramException.of(
                        "unsupported-authentication", "authentication type " + type + " is reserved");
        };
    }
}
