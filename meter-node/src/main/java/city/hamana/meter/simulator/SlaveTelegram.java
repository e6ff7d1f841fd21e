package city.hamana.meter.simulator;

import java.io.ByteArrayOutputStream;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;

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
     * @param flags error flags, bits of MeterAlarm: none or one number
     * @param more whether unread readings remain
     */
    static byte[] of(
            int address, int id, int accessNumber, Reading reading, ZoneId zone, List<Integer> flags, boolean more) {
        ByteArrayOutputStream content = begun(address, id, accessNumber, reading.litres());
        octets(content, 0x06, 0x6D);
        time(content, reading.at().atZone(zone));
        flags.forEach(bits -> octets(content, 0x02, 0xFD, 0x17, bits, bits >> 8));
        if (more) {
            octets(content, MORE_FOLLOW);
        }
        return framed(content.toByteArray());
    }

    /** The frame of a meter that knows no time. */
    static byte[] withoutTime(int address, int id, int accessNumber, long litres) {
        return framed(begun(address, id, accessNumber, litres).toByteArray());
    }

    /** What a meter tells of the present: litres, litres per hour, degrees Celsius, days, bits of MeterAlarm. */
    record Present(long litres, long reverseLitres, int litresPerHour, int degrees, int batteryDays, int alarms) {}

    /** The first telegram of a readout, after which another comes. */
    static byte[] detailed(int address, int id, int accessNumber, Present present) {
        ByteArrayOutputStream content = begun(address, id, accessNumber, present.litres());
        octets(content, 0x0C, 0x93, 0x3C);
        digits(content, present.reverseLitres() % (LARGEST_REGISTER + 1));
        octets(content, 0x02, 0x3B, present.litresPerHour(), present.litresPerHour() >> 8);
        octets(content, 0x01, 0x5B, present.degrees());
        octets(content, 0x02, 0xFD, 0x74, present.batteryDays(), present.batteryDays() >> 8);
        octets(content, 0x02, 0xFD, 0x17, present.alarms(), present.alarms() >> 8);
        octets(content, MORE_FOLLOW);
        return framed(content.toByteArray());
    }

    /** The second: registers at the ends of the last months, storage numbers 1, 2, 3 …. */
    static byte[] months(int address, int id, int accessNumber, long[] litres) {
        ByteArrayOutputStream content = header(address, id, accessNumber);
        for (int i = 0; i < litres.length; i++) {
            int storage = i + 1;
            octets(content, 0x8C | (storage & 1) << 6, storage >> 1, 0x13);
            digits(content, litres[i] % (LARGEST_REGISTER + 1));
        }
        return framed(content.toByteArray());
    }

    /** The meter's own address as a selection names it. */
    static byte[] identity(int id) {
        ByteArrayOutputStream identity = new ByteArrayOutputStream();
        digits(identity, id);
        octets(identity, MANUFACTURER);
        octets(identity, VERSION, WATER);
        return identity.toByteArray();
    }

    private static ByteArrayOutputStream begun(int address, int id, int accessNumber, long litres) {
        ByteArrayOutputStream content = header(address, id, accessNumber);
        octets(content, 0x0C, 0x13);
        digits(content, litres % (LARGEST_REGISTER + 1));
        return content;
    }

    private static ByteArrayOutputStream header(int address, int id, int accessNumber) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        octets(content, RSP_UD, address, LONG_HEADER);
        content.writeBytes(identity(id));
        octets(content, accessNumber, 0, 0, 0);
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
