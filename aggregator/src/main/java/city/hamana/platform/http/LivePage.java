package city.hamana.platform.http;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * Server-sent events: each is the live part of a page, rendered; now and then also when nothing changed. The page names
 * the stream in {@code data-live}.
 */
final class LivePage {
    /** So long the line stays open; the browser then connects again, and is asked again who it is. */
    private static final Duration LIFE = Duration.ofMinutes(10);

    /** Devices send many heartbeats a second; eyes need few pictures. */
    private static final long REST_MS = 700;

    private LivePage() {}

    /**
     * A stream.
     *
     * @param watching is closed when nobody looks any more
     * @param part waits for news, for {@link Reply#PULSE} at most, and renders
     */
    static Reply stream(Closeable watching, Supplier<byte[]> part) {
        return Reply.stream("text/event-stream", out -> {
            try (watching) {
                write(part, out);
            }
        });
    }

    private static void write(Supplier<byte[]> part, OutputStream out) throws IOException {
        send(out, "retry: 2000\n\n");
        long end = System.nanoTime() + LIFE.toNanos();
        while (System.nanoTime() < end && !Thread.currentThread().isInterrupted()) {
            send(out, event(part.get()));
            rest();
        }
    }

    private static String event(byte[] html) {
        String data = new String(html, StandardCharsets.UTF_8).strip().replace("\r", "");
        return "event: rows\ndata: " + data.replace("\n", "\ndata: ") + "\n\n";
    }

    private static void send(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    private static void rest() {
        try {
            Thread.sleep(REST_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
