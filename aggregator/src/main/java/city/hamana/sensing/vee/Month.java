package city.hamana.sensing.vee;

import java.util.Arrays;

/**
 * One month of one meter, as it is stored. A row never changes its size while the month fills, so that the database
 * writes it where it stands:
 *
 * <pre>
 * 1 byte     version, 1
 * 1 byte     width of an hour in bytes, 3 or 5
 * 4 bytes    for each day: bits of {@link Code}, and {@link Code#VALIDATED}
 * width      for each hour, big-endian: millilitres &lt;&lt; 4 | number of the {@link Origin}, or a state without an amount
 * </pre>
 *
 * Three bytes hold up to 1,048 litres an hour, which is what nearly every home's meter ever counts; a month with more is
 * kept in five.
 */
final class Month {
    private static final byte VERSION = 1;
    private static final int HEAD = 2;
    private static final int DAY = 4;
    private static final int NARROW = 3;
    private static final int WIDE = 5;
    private static final int STATE_BITS = 4;
    private static final int STATE_MASK = (1 << STATE_BITS) - 1;
    private static final int BYTE = 8;
    private static final long MOST_NARROW = (1L << (NARROW * BYTE - STATE_BITS)) - 1;
    private static final long MOST = (1L << (WIDE * BYTE - STATE_BITS)) - 1;

    private final int number;
    private final int firstDay;
    private final int days;
    private final long startMs;
    private final int hours;
    private final boolean stored;
    private byte[] bytes;
    private boolean changed;

    private Month(int number, CityDays calendar, byte[] bytes, boolean stored) {
        this.number = number;
        this.firstDay = CityDays.firstDay(number);
        this.days = CityDays.lastDay(number) - firstDay + 1;
        this.startMs = calendar.startMs(firstDay);
        this.hours = (int) ((calendar.startMs(firstDay + days) - startMs) / SampleChecks.HOUR_MS);
        this.bytes = bytes;
        this.stored = stored;
    }

    static Month empty(int number, CityDays calendar) {
        Month month = new Month(number, calendar, new byte[0], false);
        month.bytes = new byte[HEAD + month.days * DAY + month.hours * NARROW];
        month.bytes[0] = VERSION;
        month.bytes[1] = NARROW;
        return month;
    }

    /**
     * A stored month.
     *
     * @throws IllegalStateException if the bytes are anything else
     */
    static Month read(int number, CityDays calendar, byte[] bytes) {
        Month month = new Month(number, calendar, bytes, true);
        boolean whole = bytes.length > HEAD
                && bytes[0] == VERSION
                && (bytes[1] == NARROW || bytes[1] == WIDE)
                && bytes.length == HEAD + month.days * DAY + month.hours * bytes[1];
        if (!whole) {
            throw new IllegalStateException("month " + number + " of a meter cannot be read");
        }
        return month;
    }

    int number() {
        return number;
    }

    /** Whether it was read from the database. */
    boolean stored() {
        return stored;
    }

    boolean changed() {
        return changed;
    }

    byte[] bytes() {
        return bytes;
    }

    long startMs() {
        return startMs;
    }

    long endMs() {
        return startMs + hours * SampleChecks.HOUR_MS;
    }

    int codes(int day) {
        int at = HEAD + (day - firstDay) * DAY;
        return (bytes[at] & 0xff) << 24
                | (bytes[at + 1] & 0xff) << 16
                | (bytes[at + 2] & 0xff) << 8
                | (bytes[at + 3] & 0xff);
    }

    void codes(int day, int codes) {
        int at = HEAD + (day - firstDay) * DAY;
        for (int i = 0; i < DAY; i++) {
            put(at + i, (byte) (codes >>> (24 - i * BYTE)));
        }
    }

    /** Number of an origin, or a state without an amount. */
    int state(int hour) {
        return bytes[place(hour) + bytes[1] - 1] & STATE_MASK;
    }

    /** Millilitres; 0 where the state has no amount. */
    long amount(int hour) {
        int at = place(hour);
        long cell = 0;
        for (int i = 0; i < bytes[1]; i++) {
            cell = cell << BYTE | (bytes[at + i] & 0xff);
        }
        return cell >>> STATE_BITS;
    }

    void set(int hour, long millilitres, int state) {
        if (millilitres < 0 || millilitres > MOST) {
            throw new IllegalArgumentException(millilitres + " mL in one hour");
        }
        if (millilitres > MOST_NARROW && bytes[1] == NARROW) {
            widen();
        }
        long cell = millilitres << STATE_BITS | state;
        int at = place(hour);
        for (int i = bytes[1] - 1; i >= 0; i--) {
            put(at + i, (byte) cell);
            cell >>>= BYTE;
        }
    }

    private void put(int at, byte value) {
        changed |= bytes[at] != value;
        bytes[at] = value;
    }

    private void widen() {
        int head = HEAD + days * DAY;
        byte[] wide = Arrays.copyOf(Arrays.copyOf(bytes, head), head + hours * WIDE);
        wide[1] = WIDE;
        for (int hour = 0; hour < hours; hour++) {
            System.arraycopy(bytes, head + hour * NARROW, wide, head + hour * WIDE + WIDE - NARROW, NARROW);
        }
        bytes = wide;
        changed = true;
    }

    private int place(int hour) {
        return HEAD + days * DAY + hour * bytes[1];
    }
}
