package city.hamana.sensing.vee;

import java.nio.ByteBuffer;

/**
 * How the meters of one class went on one day, added up. It spreads what is known of a gap, and stands for a meter of
 * which too little is known itself.
 */
final class Profile {
    static final int HOURS = 24;
    static final Profile NONE = new Profile(0, new long[HOURS]);

    /** Below so many meters one home would stand for another. */
    private static final int LEAST_METERS = 5;

    private final int meters;
    private final long[] sums;

    /** @param sums millilitres of each hour of all these meters */
    Profile(int meters, long[] sums) {
        this.meters = meters;
        this.sums = sums;
    }

    boolean usable() {
        return meters >= LEAST_METERS;
    }

    /** A meter's mean use of an hour of the day, in millilitres. */
    long mean(int hour) {
        return sums[hour] / meters;
    }

    Profile and(Profile other) {
        long[] both = sums.clone();
        for (int i = 0; i < HOURS; i++) {
            both[i] += other.sums[i];
        }
        return new Profile(meters + other.meters, both);
    }

    byte[] bytes() {
        ByteBuffer bytes = ByteBuffer.allocate(Integer.BYTES + HOURS * Long.BYTES);
        bytes.putInt(meters);
        for (long sum : sums) {
            bytes.putLong(sum);
        }
        return bytes.array();
    }

    static Profile read(byte[] stored) {
        ByteBuffer bytes = ByteBuffer.wrap(stored);
        int meters = bytes.getInt();
        long[] sums = new long[HOURS];
        for (int i = 0; i < HOURS; i++) {
            sums[i] = bytes.getLong();
        }
        return new Profile(meters, sums);
    }
}
