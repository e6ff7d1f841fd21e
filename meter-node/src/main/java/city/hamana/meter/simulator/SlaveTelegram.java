package city.hamana.meter.simulator;

import java.io.ByteArrayOutputStream;
import java.time.ZoneId;
import java.time.ZonedDateTime;

/** Writes the long frame of a simulated meter: CI 72h, header, volume, time point, "more records follow". */
final class SlaveTelegram {
    /** The simulator's manufacturer code, HMN, low byte first. */
    private static final int[] MANUFACTURER = {0xAE, 0x21};

    private static final int VERSION = 1;
    private static final int WATER = 7;
    private static final int RSP_UD = 0x08;
    private static final int LONG_HEADER = 0x72;
    private static final int MORE_FOLLOW = 0x1F;
    private static final long LARGEST_REGISTER = 99_999_999;

    private SlaveTelegram() {}

    /**
     * The frame for one reading.
     *
     * @param id 0 to 99,999,999
     * @param more whether unread readings remain
     */
    static byte[] of(int address, int id, int accessNumber, Reading reading, ZoneId zone, boolean more) {
        ByteArrayOutputStream content = begun(address, id, accessNumber, reading.litres());
        octets(content, 0x06, 0x6D);
        time(content, reading.at().atZone(zone));
        if (more) {
            octets(content, MORE_FOLLOW);
        }
        return framed(content.toByteArray());
    }

    /** The frame of a meter that knows no time. */
    static byte[] withoutTime(int address, int id, int accessNumber, long litres) {
        return framed(begun(address, id, accessNumber, litres).toByteArray());
    }

    private static ByteArrayOutputStream begun(int address, int id, int accessNumber, long litres) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        octets(content, RSP_UD, address, LONG_HEADER);
        digits(content, id);
        octets(content, MANUFACTURER);
        octets(content, VERSION, WATER, accessNumber, 0, 0, 0);
        octets(content, 0x0C, 0x13);
        digits(content, litres % (LARGEST_REGISTER + 1));
        return content;
    }

    private static byte[] framed(byte[] content) {
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        octets(frame, 0x68, content.length, content.length, 0x68);
        frame.writeBytes(content);
        int sum = 0;
        for (byte octet : content) {
            sum += octet & 0xFF;
        }
        octets(frame, sum, 0x16);
        return frame.toByteArray();
    }

    /** Eight decimal digits, type A. */
    private static void digits(ByteArrayOutputStream out, long number) {
        long rest = number;
        for (int i = 0; i < 4; i++) {
            out.write((int) (rest % 10 | rest / 10 % 10 << 4));
            rest /= 100;
        }
    }

    /** Type I: seconds to year in six bytes. */
    private static void time(ByteArrayOutputStream out, ZonedDateTime at) {
        int year = at.getYear() % 100;
        octets(
                out,
                at.getSecond(),
                at.getMinute(),
                at.getHour() | at.getDayOfWeek().getValue() << 5);
        octets(out, at.getDayOfMonth() | (year & 7) << 5, at.getMonthValue() | (year >> 3) << 4, 0);
    }

    private static void octets(ByteArrayOutputStream out, int... octets) {
        for (int octet : octets) {
            out.write(octet);
        }
    }
}
