package city.hamana.sensing.devices;

import city.hamana.platform.http.Reply;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Server-sent events: each is the page's rows, rendered; now and then also when nothing changed. */
final class LivePage {
    /** So long the line stays open; the browser then connects again, and is asked again who it is. */
    private static final Duration LIFE = Duration.ofMinutes(10);

    /** The browser takes a line for lost when nothing came for three of these. */
    private static final long PULSE_MS = 4_000;

    /** Devices send many heartbeats a second; eyes need few pictures. */
    private static final long REST_MS = 700;

    private LivePage() {}

    /** @param rows renders news, or what was last known where there are none */
    static Reply stream(Hub.Watcher watcher, Function<Optional<List<Device>>, byte[]> rows) {
        return Reply.stream("text/event-stream", out -> {
            try (watcher) {
                write(watcher, rows, out);
            }
        });
    }

    private static void write(Hub.Watcher watcher, Function<Optional<List<Device>>, byte[]> rows, OutputStream out)
            throws IOException {
        send(out, "retry: 2000\n\n");
        long end = System.nanoTime() + LIFE.toNanos();
        while (System.nanoTime() < end && !Thread.currentThread().isInterrupted()) {
            send(out, event(rows.apply(watcher.next(PULSE_MS))));
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
