package city.hamana.meter.telegram;

import java.util.Arrays;

/** Bytes read from front to back; reading past the end is the fault {@code truncated}, named after what was sought. */
final class Octets {
    private final byte[] bytes;
    private final int end;
    private int position;

    Octets(byte[] bytes) {
        this(bytes, 0, bytes.length);
    }

    Octets(byte[] bytes, int from, int end) {
        this.bytes = bytes;
        this.position = from;
        this.end = end;
    }

    int remaining() {
        return end - position;
    }

    int position() {
        return position;
    }

    /** The next byte, left where it is; -1 at the end. */
    int peek() {
        return remaining() > 0 ? bytes[position] & 0xFF : -1;
    }

    int next(String what) {
        need(1, what);
        return bytes[position++] & 0xFF;
    }

    /** Whether the next bytes are these; nothing is passed. */
    boolean opensWith(int... expected) {
        for (int i = 0; i < expected.length; i++) {
            if (remaining() <= i || (bytes[position + i] & 0xFF) != expected[i]) {
                return false;
            }
        }
        return true;
    }

    /** Two bytes, the low one first. */
    int nextTwo(String what) {
        int low = next(what);
        return low | next(what) << 8;
    }

    byte[] take(int count, String what) {
        need(count, what);
        position += count;
        return Arrays.copyOfRange(bytes, position - count, position);
    }

    byte[] rest() {
        return take(remaining(), "the rest");
    }

    /** What was passed since {@code from}. */
    byte[] since(int from) {
        return Arrays.copyOfRange(bytes, from, position);
    }

    private void need(int count, String what) {
        if (remaining() < count) {
            throw TelegramException.truncated(what);
        }
    }
}
