package city.hamana.meter.telegram;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/**
 * The wireless link layer (EN 13757-4): {@code L C M M A×6 | CI data}, in format A (a check after 10 bytes and after each
 * 16), in format B (one check for up to 126 bytes, a second for the rest; L counts them), or with the checks already
 * taken out by the receiver.
 */
final class RadioFrame {
    private static final int FIRST_BLOCK = 10;
    private static final int LATER_BLOCK = 16;
    private static final int CHECK = 2;
    private static final int FIRST_B_BLOCK = 126;
    private static final int SHORTEST = FIRST_BLOCK + 1;

    private RadioFrame() {}

    /**
     * The frame from its L field on, without checks.
     *
     * @throws TelegramException truncated, wrong-length, wrong-checksum
     */
    static byte[] withoutChecks(byte[] received) {
        byte[] frame = withoutSynchronisation(received);
        if (frame.length < SHORTEST) {
            throw TelegramException.truncated("the link layer");
        }
        int whole = (frame[0] & 0xFF) + 1;
        if (frame.length == whole) {
            return formatB(frame) ? strippedB(frame) : frame;
        }
        if (frame.length == formatALength(whole)) {
            return strippedA(frame, whole);
        }
        if (frame.length < whole) {
            throw TelegramException.truncated("the frame, of whose " + whole + " bytes " + frame.length + " are there");
        }
        throw TelegramException.of(
                "wrong-length", "the length field says " + whole + " bytes, there are " + frame.length);
    }

    /** Mode C receivers may leave the synchronisation word in front: 543Dh tells format B, 54CDh format A. */
    private static byte[] withoutSynchronisation(byte[] received) {
        boolean present = received.length > SHORTEST
                && received[0] == 0x54
                && (received[1] == 0x3D || received[1] == (byte) 0xCD)
                && received.length != 0x54 + 1;
        return present ? Arrays.copyOfRange(received, 2, received.length) : received;
    }

    private static int formatALength(int whole) {
        if (whole < FIRST_BLOCK) {
            return -1;
        }
        int later = (whole - FIRST_BLOCK + LATER_BLOCK - 1) / LATER_BLOCK;
        return whole + CHECK * (1 + later);
    }

    private static byte[] strippedA(byte[] frame, int whole) {
        ByteArrayOutputStream stripped = new ByteArrayOutputStream(whole);
        int from = 0;
        for (int size = FIRST_BLOCK; stripped.size() < whole; size = Math.min(LATER_BLOCK, whole - stripped.size())) {
            if (!checked(frame, from, from + size)) {
                throw TelegramException.of("wrong-checksum", "the check of the block at byte " + from + " is wrong");
            }
            stripped.write(frame, from, size);
            from += size + CHECK;
        }
        return stripped.toByteArray();
    }

    /** Nothing tells format B from a frame without checks but the checks themselves. */
    private static boolean formatB(byte[] frame) {
        int first = Math.min(frame.length - CHECK, FIRST_B_BLOCK);
        int second = first + CHECK;
        boolean one = first >= SHORTEST && checked(frame, 0, first);
        return one
                && (frame.length == second
                        || (frame.length > second + CHECK && checked(frame, second, frame.length - CHECK)));
    }

    private static byte[] strippedB(byte[] frame) {
        int first = Math.min(frame.length - CHECK, FIRST_B_BLOCK);
        ByteArrayOutputStream stripped = new ByteArrayOutputStream(frame.length);
        stripped.write(frame, 0, first);
        if (frame.length > first + CHECK) {
            stripped.write(frame, first + CHECK, frame.length - first - 2 * CHECK);
        }
        return stripped.toByteArray();
    }

    private static boolean checked(byte[] frame, int from, int end) {
        return Crc.of(frame, from, end) == ((frame[end] & 0xFF) << 8 | (frame[end + 1] & 0xFF));
    }
}
