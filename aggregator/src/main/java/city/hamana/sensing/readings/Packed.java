package city.hamana.sensing.readings;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToIntFunction;

/**
 * One day of one series as bytes, about three per hourly sample. All numbers are LEB128 varints; signed ones zigzag.
 *
 * <pre>
 * version      1
 * count        number of samples, 1 to 100,000
 * unit         0: milliseconds, 1: seconds; the coarser one in which every instant is whole
 * instants     count numbers in that unit: the first from 00:00 UTC, then signed changes of the step
 * exponents    runs: number of runs, then signed exponent and length of each
 * values       count signed changes of the value, wrapping in 64 bits
 * flags        runs: number of runs, then flags and length of each
 * </pre>
 *
 * Samples stand in the order of their instants, each instant once; so the same samples always give the same bytes.
 */
final class Packed {
    static final int MOST_SAMPLES = 100_000;
    static final long DAY_MS = 86_400_000;

    private static final int VERSION = 1;
    private static final int SECOND_MS = 1_000;
    private static final int WIDEST_EXPONENT = 12;

    private Packed() {}

    /** Packs points of the UTC day {@code day} (days since 1970-01-01), ascending by instant. */
    static byte[] pack(long day, List<Point> points) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(points.size() * 4 + 16);
        unsigned(out, VERSION);
        unsigned(out, points.size());
        packInstants(out, day * DAY_MS, points);
        packRuns(out, points, p -> zigzag(p.exponent()));
        long before = 0;
        for (Point point : points) {
            unsigned(out, zigzag(point.value() - before));
            before = point.value();
        }
        packRuns(out, points, Point::flags);
        return out.toByteArray();
    }

    /**
     * The points of a packed day.
     *
     * @throws PackedException if the bytes are anything else
     */
    static List<Point> unpack(long day, byte[] bytes) {
        Reader in = new Reader(bytes);
        in.require(in.unsigned() == VERSION, "its version is unknown");
        int count = in.count(MOST_SAMPLES, "samples");
        long[] instants = unpackInstants(in, day * DAY_MS, count);
        int[] exponents = unpackRuns(in, count, true);
        long[] values = new long[count];
        long before = 0;
        for (int i = 0; i < count; i++) {
            before += in.signed();
            values[i] = before;
        }
        int[] flags = unpackRuns(in, count, false);
        in.require(in.atEnd(), "bytes are left over");
        List<Point> points = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            points.add(new Point(instants[i], values[i], exponents[i], flags[i]));
        }
        return points;
    }

    private static void packInstants(ByteArrayOutputStream out, long midnight, List<Point> points) {
        boolean seconds = points.stream().allMatch(p -> p.at() % SECOND_MS == 0);
        int unit = seconds ? SECOND_MS : 1;
        unsigned(out, seconds ? 1 : 0);
        long last = (points.getFirst().at() - midnight) / unit;
        unsigned(out, last);
        long lastStep = 0;
        for (Point point : points.subList(1, points.size())) {
            long offset = (point.at() - midnight) / unit;
            unsigned(out, zigzag(offset - last - lastStep));
            lastStep = offset - last;
            last = offset;
        }
    }

    private static long[] unpackInstants(Reader in, long midnight, int count) {
        long unit = in.unsigned();
        in.require(unit == 0 || unit == 1, "its unit of time is unknown");
        long unitMs = unit == 1 ? SECOND_MS : 1;
        long most = DAY_MS / unitMs;
        long[] instants = new long[count];
        long offset = in.unsigned();
        long step = 0;
        for (int i = 0; i < count; i++) {
            if (i > 0) {
                step += in.signed();
                in.require(step > 0 && step < most, "its instants do not ascend");
                offset += step;
            }
            in.require(offset >= 0 && offset < most, "an instant lies outside the day");
            instants[i] = midnight + offset * unitMs;
        }
        return instants;
    }

    private static void packRuns(ByteArrayOutputStream out, List<Point> points, ToIntFunction<Point> of) {
        ByteArrayOutputStream runs = new ByteArrayOutputStream();
        int number = 0;
        for (int from = 0; from < points.size(); number++) {
            int value = of.applyAsInt(points.get(from));
            int to = from;
            while (to < points.size() && of.applyAsInt(points.get(to)) == value) {
                to++;
            }
            unsigned(runs, value);
            unsigned(runs, to - from);
            from = to;
        }
        unsigned(out, number);
        out.writeBytes(runs.toByteArray());
    }

    private static int[] unpackRuns(Reader in, int count, boolean signed) {
        int[] values = new int[count];
        int filled = 0;
        for (int runs = in.count(count, "runs"); runs > 0; runs--) {
            long value = signed ? in.signed() : in.unsigned();
            in.require(
                    value >= (signed ? -WIDEST_EXPONENT : 0) && value <= (signed ? WIDEST_EXPONENT : Integer.MAX_VALUE),
                    "an exponent or flags out of range");
            int length = in.count(count - filled, "samples in a run");
            Arrays.fill(values, filled, filled + length, (int) value);
            filled += length;
        }
        in.require(filled == count, "runs that do not cover the samples");
        return values;
    }

    private static long zigzag(long value) {
        return (value << 1) ^ (value >> 63);
    }

    private static int zigzag(int value) {
        return (value << 1) ^ (value >> 31);
    }

    private static void unsigned(ByteArrayOutputStream out, long value) {
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            out.write((int) ((rest & 0x7f) | 0x80));
            rest >>>= 7;
        }
        out.write((int) rest);
    }

    /** Bytes being read. */
    private static final class Reader {
        private final byte[] bytes;
        private int at;

        Reader(byte[] bytes) {
            this.bytes = bytes;
        }

        boolean atEnd() {
            return at == bytes.length;
        }

        void require(boolean holds, String otherwise) {
            if (!holds) {
                throw PackedException.of(otherwise);
            }
        }

        /** A number from 1 to {@code most}. */
        int count(int most, String of) {
            long count = unsigned();
            require(count >= 1 && count <= most, Long.toUnsignedString(count) + " " + of);
            return (int) count;
        }

        long signed() {
            long zigzag = unsigned();
            return (zigzag >>> 1) ^ -(zigzag & 1);
        }

        long unsigned() {
            long value = 0;
            for (int shift = 0; shift < 64; shift += 7) {
                require(at < bytes.length, "it ends too early");
                byte next = bytes[at++];
                value |= (long) (next & 0x7f) << shift;
                if (next >= 0) {
                    return value;
                }
            }
            throw PackedException.of("a number longer than 64 bits");
        }
    }
}
