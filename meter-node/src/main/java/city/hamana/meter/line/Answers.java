package city.hamana.meter.line;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/**
 * Finds a meter's answer among what comes from the line: garbage before it is skipped, a broken frame is named. Nothing
 * read from the line makes it hold more than {@link #MOST_OCTETS}.
 */
final class Answers {
    /** Two of the longest frames; what is noise for so long is no answer. */
    private static final int MOST_OCTETS = 2 * 261;

    private static final int ACKNOWLEDGEMENT = 0xE5;
    private static final int START = 0x68;
    private static final int STOP = 0x16;
    private static final int OVERHEAD = 6;
    /** C, A and CI. */
    private static final int SHORTEST_CONTENT = 3;

    private Answers() {}

    /** What came: a frame, the single character E5h, or a fault by its name. */
    sealed interface Answer {
        record Frame(byte[] bytes) implements Answer {}

        record Acknowledged() implements Answer {}

        record Fault(String name) implements Answer {}
    }

    /** How long to wait: for the first byte, and from byte to byte. */
    record Patience(Duration first, Duration next) {}

    /** Waits for E5h. */
    static Answer acknowledgement(Line line, Patience patience) throws IOException {
        int octet = line.read(patience.first());
        for (int i = 0; octet >= 0 && i < MOST_OCTETS; i++) {
            if (octet == ACKNOWLEDGEMENT) {
                return new Answer.Acknowledged();
            }
            octet = line.read(patience.next());
        }
        return new Answer.Fault(octet < 0 ? "line.timeout" : "line.garbage");
    }

    /** Waits for the long frame of a meter. */
    static Answer frame(Line line, MeterAddress address, Patience patience) throws IOException {
        ByteArrayOutputStream seen = new ByteArrayOutputStream();
        int octet = line.read(patience.first());
        String fault = octet < 0 ? "line.timeout" : "line.garbage";
        for (; octet >= 0 && seen.size() < MOST_OCTETS; octet = line.read(patience.next())) {
            seen.write(octet);
            byte[] bytes = seen.toByteArray();
            if (bytes.length == 1 && octet == ACKNOWLEDGEMENT) {
                return new Answer.Acknowledged();
            }
            Optional<Answer> complete = completed(bytes, address);
            if (complete.isPresent() && complete.get() instanceof Answer.Frame) {
                return complete.get();
            }
            fault = complete.map(f -> ((Answer.Fault) f).name()).orElse(fault);
        }
        boolean broken = fault.equals("line.garbage") && begun(seen.toByteArray());
        return new Answer.Fault(octet >= 0 ? "telegram.too-long" : broken ? "telegram.truncated" : fault);
    }

    /** What the last byte completes: a good frame, a bad one, or nothing. */
    private static Optional<Answer> completed(byte[] bytes, MeterAddress address) {
        Optional<Answer> complete = Optional.empty();
        for (int start = 0; start + OVERHEAD <= bytes.length; start++) {
            if (opens(bytes, start) && bytes.length - start == (bytes[start + 1] & 0xFF) + OVERHEAD) {
                String fault = judged(bytes, start, address);
                if (fault.isEmpty()) {
                    return Optional.of(new Answer.Frame(Arrays.copyOfRange(bytes, start, bytes.length)));
                }
                complete = Optional.of(new Answer.Fault(fault));
            }
        }
        return complete;
    }

    private static boolean begun(byte[] bytes) {
        for (int start = 0; start + 4 <= bytes.length; start++) {
            if (opens(bytes, start)) {
                return true;
            }
        }
        return false;
    }

    private static boolean opens(byte[] bytes, int start) {
        return bytes[start] == START && bytes[start + 3] == START && bytes[start + 1] == bytes[start + 2];
    }

    /** The name of what is wrong with a complete frame; empty if it is good. */
    private static String judged(byte[] bytes, int start, MeterAddress address) {
        if ((bytes[bytes.length - 1] & 0xFF) != STOP || sum(bytes, start + 4) != (bytes[bytes.length - 2] & 0xFF)) {
            return "telegram.checksum";
        }
        boolean answer = (bytes[start + 4] & 0xCF) == 0x08 && (bytes[start + 1] & 0xFF) >= SHORTEST_CONTENT;
        boolean own = answer && address.sent(Arrays.copyOfRange(bytes, start, bytes.length));
        return own ? "" : "telegram.wrong-address";
    }

    private static int sum(byte[] bytes, int from) {
        int sum = 0;
        for (int i = from; i < bytes.length - 2; i++) {
            sum += bytes[i] & 0xFF;
        }
        return sum & 0xFF;
    }
}
