package city.hamana.meter.telegram;

/** The wired link layer (EN 13757-2, format class FT 1.2): {@code 68 L L 68 | C A CI data | checksum 16}. */
final class LongFrame {
    private static final int START = 0x68;
    private static final int STOP = 0x16;
    private static final int OVERHEAD = 6;

    private LongFrame() {}

    /** Whether the bytes open as a wired frame does, be it whole or not. */
    static boolean opens(byte[] bytes) {
        return bytes.length >= 4 && (bytes[0] & 0xFF) == START && (bytes[3] & 0xFF) == START && bytes[1] == bytes[2];
    }

    /**
     * What stands after C and A: the CI field and its data.
     *
     * @throws TelegramException truncated, wrong-length, wrong-stop, wrong-checksum
     */
    static Octets content(byte[] bytes) {
        int length = bytes[1] & 0xFF;
        if (bytes.length < length + OVERHEAD) {
            throw TelegramException.truncated(
                    "the frame, of whose " + (length + OVERHEAD) + " bytes " + bytes.length + " are there");
        }
        if (bytes.length > length + OVERHEAD || length < 3) {
            throw TelegramException.of(
                    "wrong-length",
                    "the length field says " + length + ", the frame holds " + (bytes.length - OVERHEAD));
        }
        if ((bytes[bytes.length - 1] & 0xFF) != STOP) {
            throw TelegramException.of("wrong-stop", "the frame does not end with 16h");
        }
        int sum = sum(bytes, 4, 4 + length);
        if (sum != (bytes[4 + length] & 0xFF)) {
            throw TelegramException.of(
                    "wrong-checksum",
                    "the checksum is %02Xh, the frame says %02Xh".formatted(sum, bytes[4 + length] & 0xFF));
        }
        return new Octets(bytes, 6, 4 + length);
    }

    /** The arithmetic sum modulo 256 of {@code bytes[from, end)}. */
    static int sum(byte[] bytes, int from, int end) {
        int sum = 0;
        for (int i = from; i < end; i++) {
            sum += bytes[i] & 0xFF;
        }
        return sum & 0xFF;
    }
}
