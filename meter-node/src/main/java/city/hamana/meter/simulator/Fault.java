package city.hamana.meter.simulator;

import java.util.Arrays;
import java.util.Random;

/** What can be wrong with a simulated meter, as it is wrong with real ones and real wires. */
public enum Fault {
    /** It never answers. */
    SILENT,
    /** Its answers end too early. */
    CUT,
    /** Every answer comes twice. */
    DOUBLED,
    /** Some bytes arrive as others. */
    GARBLED,
    /** It does not stop. */
    ENDLESS,
    /** The sum at the end is not the frame's. */
    WRONG_CHECKSUM,
    /** It answers as if it were its neighbour. */
    ANSWERS_FOR_ANOTHER,
    /** It acknowledges another rate and does not change to it. */
    KEEPS_BAUD;

    private static final int LONG_FRAME = 0x68;
    private static final int ADDRESS = 5;
    private static final int NUMBER = 7;
    private static final int ENDLESS_OCTETS = 4_096;

    /** What arrives of an answer. */
    byte[] of(byte[] answer) {
        boolean frame = answer.length > NUMBER;
        return switch (this) {
            case SILENT -> new byte[0];
            case CUT -> frame ? Arrays.copyOf(answer, answer.length / 2) : answer;
            case DOUBLED -> twice(answer);
            case GARBLED -> frame ? garbled(answer) : answer;
            case ENDLESS -> frame ? endless() : answer;
            case WRONG_CHECKSUM -> frame ? changed(answer, answer.length - 2) : answer;
            case ANSWERS_FOR_ANOTHER -> frame && (answer[0] & 0xFF) == LONG_FRAME ? another(answer) : answer;
            case KEEPS_BAUD -> answer;
        };
    }

    private static byte[] twice(byte[] answer) {
        byte[] twice = Arrays.copyOf(answer, 2 * answer.length);
        System.arraycopy(answer, 0, twice, answer.length, answer.length);
        return twice;
    }

    /** Always the same bytes, so that a run can be repeated. */
    private static byte[] garbled(byte[] answer) {
        byte[] garbled = answer.clone();
        Random random = new Random(answer.length);
        for (int i = 0; i < 4; i++) {
            garbled[4 + random.nextInt(answer.length - 6)] ^= (byte) (1 + random.nextInt(255));
        }
        return garbled;
    }

    private static byte[] endless() {
        byte[] octets = new byte[ENDLESS_OCTETS];
        Arrays.fill(octets, (byte) 0x55);
        return octets;
    }

    private static byte[] changed(byte[] answer, int at) {
        byte[] changed = answer.clone();
        changed[at]++;
        return changed;
    }

    /** The neighbour's primary address and number, and a sum that is right again. */
    private static byte[] another(byte[] answer) {
        byte[] another = answer.clone();
        another[ADDRESS]++;
        another[NUMBER] ^= 1;
        int sum = 0;
        for (int i = 4; i < another.length - 2; i++) {
            sum += another[i];
        }
        another[another.length - 2] = (byte) sum;
        return another;
    }
}
