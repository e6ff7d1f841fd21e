package city.hamana.meter.line;

import java.io.IOException;
import java.time.Duration;

/** A wire to meters: bytes out, bytes in. */
interface Line extends AutoCloseable {
    /** How a line is opened, again and again if need be. */
    interface Opener {
        Line open() throws IOException;
    }

    void send(byte[] frame) throws IOException;

    /** The next byte, or -1 if none comes in time. */
    int read(Duration within) throws IOException;

    /** Talks at another rate from now on; a converter behind a TCP port keeps its own. */
    void baud(int baud) throws IOException;

    /** Forgets what came unasked. */
    void drain() throws IOException;

    @Override
    void close();
}
