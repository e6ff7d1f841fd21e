package city.hamana.meter.line;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Finds messages among what a stick sends. After a broken one it goes on behind that one's first octet, so that a good
 * one that follows is not lost; it never holds more than two of the longest.
 */
final class HciReader {
    private static final int HEADER = 3;
    private static final int MOST_NOISE = 4_096;

    private final Line line;
    private final Duration next;
    private final Consumer<String> faults;
    private byte[] again = {};

    /** Waits {@code next} from octet to octet within a message. */
    HciReader(Line line, Duration next, Consumer<String> faults) {
        this.line = line;
        this.next = next;
        this.faults = faults;
    }

    /** The next message; empty where none begins within the time, or only noise came. */
    Optional<HciMessage> next(Duration within) throws IOException {
        boolean noise = false;
        for (int i = 0; i < MOST_NOISE; i++) {
            int octet = octet(within);
            if (octet < 0) {
                return Optional.empty();
            }
            Optional<HciMessage> message = octet == HciMessage.START ? message() : Optional.empty();
            if (message.isPresent()) {
                return message;
            }
            if (octet != HciMessage.START && !noise) {
                noise = true;
                faults.accept("radio.garbage");
            }
        }
        return Optional.empty();
    }

    private Optional<HciMessage> message() throws IOException {
        byte[] header = octets(HEADER);
        if (header.length < HEADER) {
            return broken("radio.truncated", header);
        }
        int control = header[0] & 0xF0;
        int length = header[2] & 0xFF;
        byte[] rest = octets(length + trailer(control));
        byte[] whole = Arrays.copyOf(header, HEADER + rest.length);
        System.arraycopy(rest, 0, whole, HEADER, rest.length);
        if (rest.length < length + trailer(control)) {
            return broken("radio.truncated", whole);
        }
        if ((control & HciMessage.WITH_CHECK) != 0 && !checked(whole)) {
            return broken("radio.checksum", whole);
        }
        return Optional.of(new HciMessage(header[0] & 0x0F, header[1] & 0xFF, Arrays.copyOf(rest, length)));
    }

    private Optional<HciMessage> broken(String fault, byte[] after) {
        faults.accept(fault);
        byte[] pushed = Arrays.copyOf(after, after.length + again.length);
        System.arraycopy(again, 0, pushed, after.length, again.length);
        again = pushed;
        return Optional.empty();
    }

    private static int trailer(int control) {
        return ((control & HciMessage.WITH_TIME) == 0 ? 0 : 4)
                + ((control & HciMessage.WITH_STRENGTH) == 0 ? 0 : 1)
                + ((control & HciMessage.WITH_CHECK) == 0 ? 0 : 2);
    }

    private static boolean checked(byte[] whole) {
        int sent = (whole[whole.length - 2] & 0xFF) | (whole[whole.length - 1] & 0xFF) << 8;
        return HciMessage.check(Arrays.copyOf(whole, whole.length - 2)) == sent;
    }

    /** As many as come; fewer where the stick falls silent. */
    private byte[] octets(int count) throws IOException {
        byte[] octets = new byte[count];
        for (int i = 0; i < count; i++) {
            int octet = octet(next);
            if (octet < 0) {
                return Arrays.copyOf(octets, i);
            }
            octets[i] = (byte) octet;
        }
        return octets;
    }

    private int octet(Duration within) throws IOException {
        if (again.length == 0) {
            return line.read(within);
        }
        int octet = again[0] & 0xFF;
        again = Arrays.copyOfRange(again, 1, again.length);
        return octet;
    }
}
