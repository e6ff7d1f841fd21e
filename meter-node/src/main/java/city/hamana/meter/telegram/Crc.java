package city.hamana.meter.telegram;

/** The cyclic redundancy check of EN 13757: polynomial 3D65h, start 0, result inverted. */
final class Crc {
    private static final int POLYNOMIAL = 0x3D65;

    private Crc() {}

    /** The 16-bit check of {@code bytes[from, end)}. */
    static int of(byte[] bytes, int from, int end) {
        int crc = 0;
        for (int i = from; i < end; i++) {
            crc ^= (bytes[i] & 0xFF) << 8;
            for (int bit = 0; bit < 8; bit++) {
                crc = (crc & 0x8000) == 0 ? crc << 1 : crc << 1 ^ POLYNOMIAL;
            }
            crc &= 0xFFFF;
        }
        return ~crc & 0xFFFF;
    }

    static int of(byte[] bytes) {
        return of(bytes, 0, bytes.length);
    }
}
