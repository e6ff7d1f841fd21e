package city.hamana.platform.http;

import city.hamana.platform.access.Role;
import city.hamana.platform.html.Page;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers one request: who calls, may they, is the form ours; then the handler; then headers, body, log. */
final class Serving {
    private static final Logger LOG = LoggerFactory.getLogger(Serving.class);
    private static final Logger ACCESS = LoggerFactory.getLogger("city.hamana.access");

    private final Site site;
    private final Visit visits;
    private final LongAdder requests;
    private final LongAdder failures;

    Serving(Site site) {
        this.site = site;
        this.visits = new Visit(site.frame(), site.gate());
        this.requests = site.metrics().counter("hamana_requests_total", "Requests answered.");
        this.failures = site.metrics().counter("hamana_request_failures_total", "Requests answered with 5xx.");
    }

    void serve(Route route, ServerRequest req, ServerResponse res) {
        long begun = System.nanoTime();
        Caller caller = caller(route, req);
        Page page = visits.page(req, caller);
        String address = address(req);
        Reply reply = guarded(route, req, address, caller, page);
        requests.increment();
        if (reply.status() >= 500) {
            failures.increment();
        }
        send(route, req, res, page, reply);
        log(route, address, caller, reply, begun);
    }

    /** The top of a request: whatever a handler throws becomes an answer. */
    private Reply guarded(Route route, ServerRequest req, String address, Caller caller, Page page) {
        try {
            return answered(route, req, address, caller, page);
        } catch (BodyException e) {
            return Reply.problem(e.status(), e.getMessage());
        } catch (RuntimeException e) {
            LOG.error("{} {} failed", route.method(), route.path(), e);
            return Reply.problem(500, "The request failed here; it is logged.");
        }
    }

    private Reply answered(Route route, ServerRequest req, String address, Caller caller, Page page) {
        if (!caller.may(route.role())) {
            return refused(route, caller, page);
        }
        Form form = route.form() || programsForm(route, req) ? form(route, req) : Form.EMPTY;
        if (route.form() && !visits.formIsOurs(req, form)) {
            return new Reply(403, List.of(), new Reply.Body.Problem("error.form", "The form is not ours."));
        }
        return route.handler().handle(new Call(route, req, address, caller, page, form));
    }

    private static boolean programsForm(Route route, ServerRequest req) {
        String type = firstHeader(req, "Content-Type").orElse("");
        return route.role() == Role.ANY_PROGRAM
                && route.method().equals("POST")
                && (type.startsWith("application/x-www-form-urlencoded") || type.startsWith(Multipart.TYPE));
    }

    /** A body in a form's coding; files only where the route takes them. */
    private static Form form(Route route, ServerRequest req) {
        String type = firstHeader(req, "Content-Type").orElse("").toLowerCase(Locale.ROOT);
        if (!type.startsWith(Multipart.TYPE)) {
            return Form.urlEncoded(Call.body(req, route.longestBytes()));
        }
        if (!route.uploads()) {
            throw BodyException.notAForm();
        }
        return Multipart.read(req, route.longestBytes());
    }

    private Caller caller(Route route, ServerRequest req) {
        return switch (route.role()) {
            case DEVICE -> device(req);
            case API_TOKEN, ANY_PROGRAM -> program(req);
            case ANYONE, PERSON, RESIDENT, STAFF, ADMIN, AUDITOR -> person(req);
        };
    }

    private Caller device(ServerRequest req) {
        return req.remotePeer()
                .tlsCertificates()
                .filter(chain -> chain.length > 0 && chain[0] instanceof X509Certificate)
                .flatMap(chain -> site.gate().device((X509Certificate) chain[0]))
                .<Caller>map(device -> device)
                .orElseGet(Caller.Stranger::new);
    }

    private Caller program(ServerRequest req) {
        return req.headers()
                .first(HeaderNames.AUTHORIZATION)
                .filter(value -> value.regionMatches(true, 0, "Bearer ", 0, 7))
                .flatMap(value -> site.gate().program(value.substring(7).strip()))
                .<Caller>map(program -> program)
                .orElseGet(Caller.Stranger::new);
    }

    private Caller person(ServerRequest req) {
        return Visit.cookie(req, Call.SESSION_COOKIE)
                .flatMap(secret -> site.gate().person(secret))
                .<Caller>map(person -> person)
                .orElseGet(Caller.Stranger::new);
    }

    private String address(ServerRequest req) {
        HeaderName name = HeaderNames.create(site.proxies().header().field());
        List<String> lines = req.headers().contains(name) ? req.headers().values(name) : List.of();
        return site.proxies().client(req.remotePeer().host(), lines);
    }

    private static Reply refused(Route route, Caller caller, Page page) {
        if (route.role() == Role.API_TOKEN) {
            return Reply.problem(401, "A bearer token is needed.").with("WWW-Authenticate", "Bearer");
        }
        if (caller instanceof Caller.Person person
                && person.roles().isEmpty()
                && route.method().equals("GET")) {
            // Signed in, but not well enough for anything: there the second factor is set up.
            return Reply.seeOther("/account/second-factor");
        }
        if (route.role() == Role.DEVICE || caller instanceof Caller.Person) {
            return Reply.problem(403, "This is not for you.");
        }
        if (route.method().equals("GET")) {
            return Reply.seeOther("/sign-in?to=" + URLEncoder.encode(page.path(), StandardCharsets.UTF_8));
        }
        return Reply.problem(401, "Sign in first.");
    }

    private void send(Route route, ServerRequest req, ServerResponse res, Page page, Reply reply) {
        res.status(Status.create(reply.status()));
        Headers.OF_EVERY_ANSWER.stream()
                .filter(h ->
                        reply.headers().stream().noneMatch(own -> own.name().equals(h.name())))
                .forEach(h -> res.header(h.name(), h.value()));
        if (reply.headers().stream().noneMatch(h -> h.name().equals("Cache-Control"))) {
            res.header("Cache-Control", "no-store");
        }
        reply.headers().stream()
                .filter(h -> !h.name().equals("Set-Cookie"))
                .forEach(h -> res.header(h.name(), h.value()));
        visits.cookies(req, page, reply).forEach(cookie -> res.headers().add(HeaderNames.SET_COOKIE, cookie));
        switch (reply.body()) {
            case Reply.Body.Nothing() -> res.send();
            case Reply.Body.Bytes(var bytes) -> res.send(bytes);
            case Reply.Body.Stream(var writer) -> stream(writer, res);
            case Reply.Body.Problem(var words, var detail) -> problem(route, req, res, page, words, detail);
        }
    }

    private static void stream(Reply.Writer writer, ServerResponse res) {
        try (OutputStream out = res.outputStream()) {
            writer.write(out);
        } catch (IOException | UncheckedIOException e) {
            LOG.debug("the line broke: {}", e.getMessage());
        }
    }

    private void problem(Route route, ServerRequest req, ServerResponse res, Page page, String words, String detail) {
        if (route.role().program() || forProgram(req.path().path())) {
            res.header("Content-Type", "application/problem+json");
            res.send(Problems.json(res.status().code(), detail));
        } else {
            res.header("Content-Type", "text/html; charset=utf-8");
            res.send(site.html().render("city/hamana/platform/http/error", page, words));
        }
    }

    private static boolean forProgram(String path) {
        return path.startsWith("/api/") || path.startsWith("/device/");
    }

    /** The route and not the address, in which a secret may stand; no query, no header: no name gets into the log. */
    private static void log(Route route, String address, Caller caller, Reply reply, long begun) {
        ACCESS.info(
                "{} {} {} {} {} {} ms",
                address,
                route.method(),
                route.path(),
                reply.status(),
                caller.getClass().getSimpleName(),
                (System.nanoTime() - begun) / 1_000_000);
    }

    static Optional<String> firstHeader(ServerRequest req, String name) {
        return req.headers().first(HeaderNames.create(name));
    }
}
