package city.hamana.platform.http;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * What goes back.
 *
 * @param headers in order, names may repeat
 */
public record Reply(int status, List<Header> headers, Body body) {
    /** The longest a live page waits for news: the browser takes a line for lost when nothing came for three of these. */
    public static final Duration PULSE = Duration.ofSeconds(4);

    public Reply {
        headers = List.copyOf(headers);
    }

    public record Header(String name, String value) {}

    /** The answer's bytes. */
    public sealed interface Body {
        record Nothing() implements Body {}

        /** Bytes that are not changed any more. */
        @SuppressWarnings("ArrayRecordComponent")
        record Bytes(byte[] bytes) implements Body {}

        /** Written while the line is open. */
        record Stream(Writer writer) implements Body {}

        /** An error, shown as a page to a person and as a problem (RFC 9457) to a program. */
        record Problem(String words, String detail) implements Body {}
    }

    /**
     * The live part of a page as server-sent events, for ten minutes; the browser then asks again. The page names the
     * address in {@code data-live}.
     *
     * @param watching is closed when nobody looks any more
     * @param part waits for news, for {@link #PULSE} at most, and renders
     */
    public static Reply live(Closeable watching, Supplier<byte[]> part) {
        return LivePage.stream(watching, part);
    }

    /** Writes until it returns or the line breaks; flushes where the reader should see something. */
    @FunctionalInterface
    public interface Writer {
        void write(OutputStream out) throws IOException;
    }

    public static Reply html(byte[] page) {
        return bytes("text/html; charset=utf-8", page);
    }

    public static Reply text(String type, String text) {
        return bytes(type + "; charset=utf-8", text.getBytes(StandardCharsets.UTF_8));
    }

    public static Reply json(byte[] json) {
        return bytes("application/json", json);
    }

    public static Reply bytes(String type, byte[] bytes) {
        return new Reply(200, List.of(new Header("Content-Type", type)), new Body.Bytes(bytes));
    }

    public static Reply stream(String type, Writer writer) {
        return new Reply(200, List.of(new Header("Content-Type", type)), new Body.Stream(writer));
    }

    public static Reply empty(int status) {
        return new Reply(status, List.of(), new Body.Nothing());
    }

    /** To another page of this site, by GET. */
    public static Reply seeOther(String path) {
        return new Reply(303, List.of(new Header("Location", path)), new Body.Nothing());
    }

    /** A refusal, with one English sentence for programs; the page has its own words for each status. */
    public static Reply problem(int status, String detail) {
        return new Reply(status, List.of(), new Body.Problem("error." + status, detail));
    }

    public static Reply badRequest(String detail) {
        return problem(400, detail);
    }

    public static Reply notFound() {
        return problem(404, "There is nothing at this address.");
    }

    public Reply with(String name, String value) {
        List<Header> more = new ArrayList<>(headers);
        more.add(new Header(name, value));
        return new Reply(status, more, body);
    }

    /** A cookie for the whole site, over TLS only, out of reach of scripts; gone after {@code life}. */
    public Reply withCookie(String name, String value, Duration life) {
        return with(
                "Set-Cookie",
                "%s=%s; Path=/; Max-Age=%d; Secure; HttpOnly; SameSite=Lax".formatted(name, value, life.toSeconds()));
    }

    /** May show images of another origin: {@code https://cyberjapandata.gsi.go.jp}. */
    public Reply withImagesFrom(String origin) {
        if (!origin.matches("https://[a-z0-9.-]+(:\\d+)?")) {
            throw new IllegalArgumentException("not an origin: " + origin);
        }
        return with("Content-Security-Policy", Headers.policy(" " + origin));
    }

    /** May be read by scripts of any site; for what is public. */
    public Reply openToAll() {
        return with("Access-Control-Allow-Origin", "*").with("Cross-Origin-Resource-Policy", "cross-origin");
    }

    public Reply withStatus(int other) {
        return new Reply(other, headers, body);
    }

    /** To be saved under this name; plain letters only. */
    public Reply download(String fileName) {
        return with(
                "Content-Disposition", "attachment; filename=\"" + fileName.replaceAll("[^A-Za-z0-9._-]", "_") + "\"");
    }
}
