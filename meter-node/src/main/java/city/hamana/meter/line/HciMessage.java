package city.hamana.meter.line;

import java.io.ByteArrayOutputStream;

/**
 * A message of IMST's host controller interface, as the iM871A speaks it: {@code A5 | control, endpoint | id | length |
 * payload | time stamp, signal strength, check where the control bits say so}.
 *
 * @param endpoint 1: the stick itself, 2: the radio
 */
public record HciMessage(int endpoint, int id, byte[] payload) {
    public static final int START = 0xA5;
    public static final int DEVICE = 1;
    public static final int RADIO = 2;
    public static final int SET_CONFIGURATION = 0x03;
    public static final int CONFIGURATION_SET = 0x04;
    public static final int TELEGRAM_HEARD = 0x03;

    static final int WITH_TIME = 0x20;
    static final int WITH_STRENGTH = 0x40;
    static final int WITH_CHECK = 0x80;

    /** From the start octet on, with a check. */
    public byte[] bytes() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(WITH_CHECK | endpoint);
        out.write(id);
        out.write(payload.length);
        out.writeBytes(payload);
        int check = check(out.toByteArray());
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        whole.write(START);
        whole.writeBytes(out.toByteArray());
        whole.write(check);
        whole.write(check >> 8);
        return whole.toByteArray();
    }

    /** CRC-16 of CCITT as HDLC uses it: reflected 1021h, from FFFFh, inverted; sent with the low byte first. */
    static int check(byte[] octets) {
        int crc = 0xFFFF;
        for (byte octet : octets) {
            crc ^= octet & 0xFF;
            for (int bit = 0; bit < 8; bit++) {
                crc = (crc & 1) == 0 ? crc >> 1 : crc >> 1 ^ 0x8408;
            }
        }
        return ~crc & 0xFFFF;
    }
}
