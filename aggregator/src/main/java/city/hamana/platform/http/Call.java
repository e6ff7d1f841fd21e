package city.hamana.platform.http;

import city.hamana.platform.html.Page;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Optional;

/**
 * One request, its caller known and allowed.
 *
 * @param address the caller's in the network, as far as {@link TrustedProxies} are believed
 * @param page the frame for an answer that is a page
 * @param form what a form sent; empty for other bodies
 */
public record Call(Route route, ServerRequest request, String address, Caller caller, Page page, Form form) {
    public static final String SESSION_COOKIE = "__Host-session";
    public static final String CSRF_COOKIE = "__Host-csrf";
    public static final String LANGUAGE_COOKIE = "language";
    public static final String SIZE_COOKIE = "text-size";

    /** The part of the path with this name in the route. */
    public String part(String name) {
        return Form.withoutNul(request.path().pathParameters().get(name));
    }

    /** The part of the path with this name, where it is a record's number: 1 to 18 digits. */
    public Optional<Long> number(String name) {
        return Optional.of(part(name)).filter(text -> text.matches("\\d{1,18}")).map(Long::valueOf);
    }

    /** The first value of a query parameter, blank ones as absent. */
    public Optional<String> query(String name) {
        return request.query()
                .first(name)
                .asOptional()
                .map(Form::withoutNul)
                .map(String::strip)
                .filter(v -> !v.isEmpty());
    }

    /** A form's field, stripped; empty text when it is absent. */
    public String field(String name) {
        return form.text(name).strip();
    }

    public Optional<String> header(String name) {
        return request.headers().first(HeaderNames.create(name));
    }

    public Optional<String> cookie(String name) {
        return request.headers().cookies().first(name).asOptional();
    }

    public Instant now() {
        return page.now();
    }

    /**
     * The person who calls; for routes of RESIDENT and STAFF.
     *
     * @throws IllegalStateException if the route lets others in
     */
    public Caller.Person person() {
        if (caller instanceof Caller.Person person) {
            return person;
        }
        throw new IllegalStateException(route.path() + " asks for a person but lets others in");
    }

    /** The device that calls; for routes of DEVICE. */
    public Caller.Device device() {
        if (caller instanceof Caller.Device device) {
            return device;
        }
        throw new IllegalStateException(route.path() + " asks for a device but lets others in");
    }

    /**
     * The body, no longer than the route allows.
     *
     * @throws BodyException if it is longer or breaks off; the caller gets 413 or 400
     */
    public byte[] body() {
        return body(request, route.longestBytes());
    }

    static byte[] body(ServerRequest request, int longest) {
        if (!request.content().hasEntity()) {
            return new byte[0];
        }
        if (request.headers().contentLength().orElse(0) > longest) {
            throw BodyException.tooLong(longest);
        }
        try (InputStream in = request.content().inputStream()) {
            byte[] bytes = in.readNBytes(longest + 1);
            if (bytes.length > longest) {
                throw BodyException.tooLong(longest);
            }
            return bytes;
        } catch (IOException e) {
            throw BodyException.broken(e);
        }
    }
}
