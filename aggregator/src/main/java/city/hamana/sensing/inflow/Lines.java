package city.hamana.sensing.inflow;

import java.io.IOException;
import java.io.Reader;
import java.util.Optional;

/** The lines of a text of which none can fill the memory: what is beyond the longest is read over. */
final class Lines {
    private static final int END = -1;

    private final Reader reader;
    private final int longest;
    private final char[] buffer = new char[8192];
    private int length;
    private int next;
    private long number;

    Lines(Reader reader, int longest) {
        this.reader = reader;
        this.longest = longest;
    }

    /** The next line, cut after the longest; none at the end. Waits for a pipe only when all that came has been given. */
    Optional<String> next() throws IOException {
        StringBuilder line = new StringBuilder();
        int read = character();
        if (read == END) {
            return Optional.empty();
        }
        number++;
        for (; read != END && read != '\n'; read = character()) {
            if (line.length() < longest && read != '\r') {
                line.append((char) read);
            }
        }
        return Optional.of(line.toString());
    }

    /** The number of the line given last; the first is 1. */
    long number() {
        return number;
    }

    private int character() throws IOException {
        if (next == length) {
            length = reader.read(buffer, 0, buffer.length);
            next = 0;
            if (length <= 0) {
                length = 0;
                return END;
            }
        }
        return buffer[next++];
    }
}
