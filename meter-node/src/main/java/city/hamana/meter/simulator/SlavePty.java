package city.hamana.meter.simulator;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.slf4j.LoggerFactory;

/**
 * A pseudo-terminal in place of a serial port: whoever opens its link speaks with the simulator. The program socat makes
 * it, which has to be installed.
 */
final class SlavePty implements AutoCloseable {
    private static final org.slf4j.Logger LOG = LoggerFactory.getLogger(SlavePty.class);
    private static final Duration MADE_WITHIN = Duration.ofSeconds(10);
    private static final Duration ENDED_WITHIN = Duration.ofSeconds(5);

    /** Who speaks at the other end. */
    interface Speaker {
        void speak(java.io.InputStream in, java.io.OutputStream out) throws IOException;
    }

    private final Process socat;

    private SlavePty(Process socat) {
        this.socat = socat;
    }

    /** Makes the pseudo-terminal and returns once its link is there. */
    static SlavePty open(Path link, Speaker speaker) throws IOException {
        Files.deleteIfExists(link);
        Process socat = new ProcessBuilder("socat", "STDIO", "PTY,raw,echo=0,link=" + link)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        SlavePty pty = new SlavePty(socat);
        Thread.ofPlatform().name("pty-" + link.getFileName()).daemon().start(() -> pty.serve(speaker));
        pty.await(link);
        return pty;
    }

    /** The link is gone when this returns. */
    @Override
    public void close() {
        socat.destroy();
        try {
            if (!socat.waitFor(ENDED_WITHIN.toMillis(), TimeUnit.MILLISECONDS)) {
                socat.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void serve(Speaker speaker) {
        try {
            speaker.speak(socat.getInputStream(), socat.getOutputStream());
        } catch (IOException e) {
            LOG.debug("the pseudo-terminal ends: {}", e.getMessage());
        }
    }

    private void await(Path link) throws IOException {
        long until = System.nanoTime() + MADE_WITHIN.toNanos();
        while (!Files.exists(link)) {
            if (System.nanoTime() - until > 0 || ended()) {
                close();
                throw new IOException("socat makes no pseudo-terminal at " + link);
            }
        }
    }

    private boolean ended() {
        try {
            return socat.waitFor(10, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }
}
