package city.hamana.meter;

import java.io.IOException;
import java.io.Reader;

/** Lines of a text without end, none of which may fill the memory: what is over the limit is read past. */
final class Lines {
    private final Reader reader;
    private final int longest;
    private final StringBuilder text = new StringBuilder();
    private boolean tooLong;

    Lines(Reader reader, int longest) {
        this.reader = reader;
        this.longest = longest;
    }

    /** Reads the next line; false at the end. */
    boolean advance() throws IOException {
        text.setLength(0);
        tooLong = false;
        int letter = reader.read();
        if (letter < 0) {
            return false;
        }
        for (; letter >= 0 && letter != '\n'; letter = reader.read()) {
            if (text.length() < longest) {
                text.append((char) letter);
            } else {
                tooLong = true;
            }
        }
        return true;
    }

    String text() {
        return text.toString();
    }

    boolean tooLong() {
        return tooLong;
    }
}
