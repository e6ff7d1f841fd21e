package city.hamana.platform.http;

import city.hamana.platform.access.Secret;
import city.hamana.platform.html.Frame;
import city.hamana.platform.html.Page;
import city.hamana.platform.html.TextSize;
import city.hamana.platform.text.Language;
import io.helidon.webserver.http.ServerRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a browser carries besides its session: language, size of letters, and the token that every form must send back.
 * The token stands in a {@code __Host-} cookie, which no other site and no sister domain can set.
 */
final class Visit {
    private static final Duration CSRF_LIFE = Duration.ofHours(12);

    private final Frame frame;
    private final Gate gate;

    Visit(Frame frame, Gate gate) {
        this.frame = frame;
        this.gate = gate;
    }

    Page page(ServerRequest req, Caller caller) {
        Language language = cookie(req, Call.LANGUAGE_COOKIE)
                .flatMap(Language::ofCode)
                .orElseGet(() -> Language.accepted(
                        Serving.firstHeader(req, "Accept-Language").orElse("")));
        TextSize size = cookie(req, Call.SIZE_COOKIE).flatMap(TextSize::ofCode).orElse(TextSize.NORMAL);
        return new Page(
                frame, language, size, reader(caller), path(req), token(req).orElseGet(Secret::shorter));
    }

    /** Whether the form came from a page of ours: by its token, and by the browser's own word where it gives one. */
    boolean formIsOurs(ServerRequest req, Form form) {
        boolean sameSite = Serving.firstHeader(req, "Sec-Fetch-Site")
                .map(from -> from.equals("same-origin") || from.equals("none"))
                .orElse(true);
        return sameSite
                && token(req).map(token -> same(token, form.text("csrf"))).orElse(false);
    }

    /** Cookies of the answer: the handler's own, and the token where a page with forms may need it. */
    List<String> cookies(ServerRequest req, Page page, Reply reply) {
        List<String> cookies = new ArrayList<>();
        // A refusal is shown as a page, too, and its head has a form.
        boolean isPage = reply.headers().stream().anyMatch(h -> h.value().startsWith("text/html"))
                || (reply.body() instanceof Reply.Body.Problem && !page.path().startsWith("/api/"));
        if (isPage && token(req).isEmpty()) {
            reply = reply.withCookie(Call.CSRF_COOKIE, page.csrf(), CSRF_LIFE);
        }
        reply.headers().stream()
                .filter(h -> h.name().equals("Set-Cookie"))
                .map(Reply.Header::value)
                .forEach(cookies::add);
        return cookies;
    }

    static Optional<String> cookie(ServerRequest req, String name) {
        return req.headers().cookies().first(name).asOptional();
    }

    private Optional<Page.Reader> reader(Caller caller) {
        return caller instanceof Caller.Person person
                ? Optional.of(new Page.Reader(person.name(), person.roles(), door -> gate.news(person, door)))
                : Optional.empty();
    }

    private static Optional<String> token(ServerRequest req) {
        return cookie(req, Call.CSRF_COOKIE).filter(token -> token.matches("[A-Za-z0-9_-]{22}"));
    }

    private static boolean same(String one, String other) {
        return MessageDigest.isEqual(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }

    private static String path(ServerRequest req) {
        String query = req.query().rawValue();
        return req.path().rawPath() + (query.isEmpty() ? "" : "?" + query);
    }
}
