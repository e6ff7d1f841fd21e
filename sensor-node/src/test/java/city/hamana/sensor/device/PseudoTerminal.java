package city.hamana.sensor.device;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HexFormat;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** Two serial ports that are joined: a pair of pseudo-terminals, made by socat. */
public final class PseudoTerminal implements AutoCloseable {
    private static final int QUESTION_BYTES = 8;
    private static final int MOST_TRIES = 500;

    private final Process socat;
    private final Path one;
    private final Path other;

    private PseudoTerminal(Process socat, Path one, Path other) {
        this.socat = socat;
        this.one = one;
        this.other = other;
    }

    /** Skips the test where there is no socat. */
    public static PseudoTerminal open(Path dir) throws IOException, InterruptedException {
        Assumptions.assumeTrue(Files.isExecutable(Path.of("/usr/bin/socat")), "socat is not installed");
        Path one = dir.resolve("one");
        Path other = dir.resolve("other");
        Process socat = new ProcessBuilder(
                        "/usr/bin/socat", "pty,raw,echo=0,link=" + one, "pty,raw,echo=0,link=" + other)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        for (int i = 0; i < MOST_TRIES && !(Files.exists(one) && Files.exists(other)); i++) {
            socat.waitFor(10, TimeUnit.MILLISECONDS);
        }
        assertTrue(Files.exists(other), "socat has made no pair");
        return new PseudoTerminal(socat, one, other);
    }

    public Path one() {
        return one;
    }

    public Path other() {
        return other;
    }

    /** Answers the next question that is asked at the other end with these bytes. */
    void answer(String hex) {
        Thread.ofPlatform().daemon().start(() -> {
            try (InputStream in = Files.newInputStream(one)) {
                in.readNBytes(QUESTION_BYTES);
                Files.write(one, HexFormat.of().parseHex(hex), StandardOpenOption.WRITE);
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        });
    }

    @Override
    public void close() {
        socat.destroy();
        socat.onExit().join();
    }
}
