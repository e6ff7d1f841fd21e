package city.hamana.aggregator;

import city.hamana.platform.db.Database;
import city.hamana.platform.html.Html;
import city.hamana.platform.html.TextSize;
import city.hamana.platform.http.Call;
import city.hamana.platform.http.Caller;
import city.hamana.platform.http.Reply;
import city.hamana.platform.http.Role;
import city.hamana.platform.http.Routes;
import city.hamana.platform.metrics.Metrics;
import city.hamana.platform.module.ServiceModule;
import city.hamana.platform.text.Language;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Map;
import org.jdbi.v3.core.JdbiException;

/** The start page, the accessibility statement, style sheet and script, choice of language and size, health. */
final class FrontDoor implements ServiceModule {
    private static final String HERE = "city/hamana/aggregator/";
    private static final Duration CHOICE_LIFE = Duration.ofDays(365);
    private static final Map<String, String> ASSETS = Map.of(
            "hamana.css", "text/css; charset=utf-8",
            "hamana.js", "text/javascript; charset=utf-8",
            "icon.svg", "image/svg+xml");

    private final Database database;
    private final Html html;
    private final Metrics metrics;

    FrontDoor(Database database, Html html, Metrics metrics) {
        this.database = database;
        this.html = html;
        this.metrics = metrics;
    }

    @Override
    public String name() {
        return "front";
    }

    @Override
    public void routes(Routes routes) {
        routes.get("/", Role.ANYONE, this::start)
                .get("/accessibility", Role.ANYONE, this::accessibility)
                .get("/display", Role.ANYONE, this::display)
                .get("/assets/{file}", Role.ANYONE, this::asset)
                .get("/health/live", Role.ANYONE, call -> Reply.text("text/plain", "live\n"))
                .get("/health/ready", Role.ANYONE, this::ready)
                .get("/metrics", Role.API_TOKEN, this::numbers);
    }

    private Reply start(Call call) {
        return Reply.html(html.render(HERE + "start", call.page(), call.page().doors()));
    }

    private Reply accessibility(Call call) {
        return Reply.html(html.render(HERE + "accessibility", call.page(), ""));
    }

    /** Keeps a choice of language or size in a cookie and goes back to the page it came from. */
    private Reply display(Call call) {
        Reply reply =
                Reply.seeOther(call.query("to").filter(FrontDoor::ofThisSite).orElse("/"));
        if (call.query("language").flatMap(Language::ofCode).isPresent()) {
            reply = reply.withCookie(
                    Call.LANGUAGE_COOKIE, call.query("language").get(), CHOICE_LIFE);
        }
        if (call.query("size").flatMap(TextSize::ofCode).isPresent()) {
            reply = reply.withCookie(Call.SIZE_COOKIE, call.query("size").get(), CHOICE_LIFE);
        }
        return reply;
    }

    /** A path, and not the {@code //host} or {@code /\host} that a browser takes for another site. */
    private static boolean ofThisSite(String to) {
        return to.matches("/(?![/\\\\])[\\x21-\\x7e&&[^\\\\]]{0,500}") || to.equals("/");
    }

    private Reply asset(Call call) {
        String file = call.part("file");
        if (!ASSETS.containsKey(file)) {
            return Reply.notFound();
        }
        try (InputStream bytes = FrontDoor.class.getResourceAsStream("assets/" + file)) {
            return Reply.bytes(ASSETS.get(file), bytes.readAllBytes()).with("Cache-Control", "public, max-age=86400");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Reply ready(Call call) {
        try {
            database.inTransaction(tx -> tx.createQuery("SELECT last_sequence FROM events_head WHERE id = 1")
                    .mapTo(Long.class)
                    .one());
            return Reply.text("text/plain", "ready\n");
        } catch (JdbiException e) {
            return Reply.text("text/plain", "the database does not answer\n").withStatus(503);
        }
    }

    private Reply numbers(Call call) {
        return call.caller() instanceof Caller.Program program
                        && program.scopes().contains("metrics")
                ? Reply.text("text/plain; version=0.0.4", metrics.text())
                : Reply.problem(403, "The token's scope does not hold metrics.");
    }
}
