package city.hamana.meter.line;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Tells a telegram that a repeater sends once more from a new one. A repeater changes nothing but the bits that say so
 * (OMS volume 2: hop counter, repeated access); a meter that says the same again later means it.
 */
final class Repeats {
    private static final Duration REPEATED_WITHIN = Duration.ofMinutes(2);
    private static final int MOST_REMEMBERED = 1_024;
    private static final int CI = 10;
    private static final int SHORT_HEADER = 0x7A;
    private static final int LONG_HEADER = 0x72;

    private final Map<ByteBuffer, Long> heardNanos = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<ByteBuffer, Long> eldest) {
            return size() > MOST_REMEMBERED;
        }
    };

    /** Whether this was heard a moment ago; from now on it was. */
    boolean heard(byte[] telegram, long nanos) {
        ByteBuffer same = ByteBuffer.wrap(withoutHops(telegram));
        Long before = heardNanos.remove(same);
        boolean repeated = before != null && nanos - before < REPEATED_WITHIN.toNanos();
        heardNanos.put(same, repeated ? before : Long.valueOf(nanos));
        return repeated;
    }

    private static byte[] withoutHops(byte[] telegram) {
        byte[] same = telegram.clone();
        int ci = CI;
        if (same.length > ci + 3 && (same[ci] & 0xFF) == 0x8C) {
            same[ci + 1] &= (byte) ~0x12;
            ci += 3;
        }
        int opening = same.length > ci ? same[ci] & 0xFF : 0;
        int configuration = opening == SHORT_HEADER ? ci + 3 : opening == LONG_HEADER ? ci + 11 : same.length;
        if (configuration < same.length) {
            same[configuration] &= (byte) ~0x03;
        }
        return same;
    }
}
