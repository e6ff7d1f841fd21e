package city.hamana.aggregator;

import city.hamana.platform.access.Role;
import city.hamana.platform.db.Database;
import city.hamana.platform.html.Html;
import city.hamana.platform.html.TextSize;
import city.hamana.platform.http.Call;
import city.hamana.platform.http.Caller;
import city.hamana.platform.http.Reply;
import city.hamana.platform.http.Routes;
import city.hamana.platform.metrics.Metrics;
import city.hamana.platform.module.ServiceModule;
import city.hamana.platform.text.Language;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.JdbiException;

/** The start page, the accessibility statement, style sheet and script, choice of language and size, health. */
final class FrontDoor implements ServiceModule {
    private static final String HERE = "city/hamana/aggregator/";
    private static final Duration CHOICE_LIFE = Duration.ofDays(365);
    private static final Map<String, String> TYPES = Map.of(
            "css", "text/css; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "svg", "image/svg+xml",
            "png", "image/png",
            "webmanifest", "application/manifest+json");
    private static final String STYLE = "hamana.css";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Database database;
    private final Html html;
    private final Metrics metrics;
    private final Map<String, Class<?>> anchors = new HashMap<>();
    private byte[] sheet = {};

    FrontDoor(Database database, Html html, Metrics metrics) {
        this.database = database;
        this.html = html;
        this.metrics = metrics;
    }

    /**
     * Serves what stands in {@code assets} beside each module: scripts and pictures under the module's name, the
     * {@code style.css} of all as one sheet behind the city's own.
     */
    FrontDoor serving(List<ServiceModule> modules) {
        StringBuilder style = new StringBuilder(new String(asset(FrontDoor.class, STYLE), StandardCharsets.UTF_8));
        for (ServiceModule module : modules) {
            anchors.put(module.name(), module.getClass());
            if (module != this && module.getClass().getResource("assets/style.css") != null) {
                style.append(new String(asset(module.getClass(), "style.css"), StandardCharsets.UTF_8));
            }
        }
        sheet = style.toString().getBytes(StandardCharsets.UTF_8);
        return this;
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
                .get("/site.webmanifest", Role.ANYONE, this::manifest)
                .get("/assets/{file}", Role.ANYONE, call -> asset(FrontDoor.class, call))
                .get("/assets/{module}/{file}", Role.ANYONE, this::assetOfModule)
                .get("/health/live", Role.ANYONE, call -> Reply.text("text/plain", "live\n"))
                .get("/health/ready", Role.ANYONE, this::ready)
                .get("/metrics", Role.API_TOKEN, this::numbers);
    }

    private Reply start(Call call) {
        return Reply.html(html.render(HERE + "start", call.page(), ""));
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

    /** With it a telephone keeps the site like an app, and only then an iPhone shows notifications (W3C Web App Manifest). */
    private Reply manifest(Call call) {
        ObjectNode site = JSON.createObjectNode();
        site.put("name", call.page().plain("page.city") + " " + call.page().plain("page.product"));
        site.put("short_name", call.page().plain("page.city"));
        site.put("lang", call.page().language().tag());
        site.put("start_url", "/").put("scope", "/").put("display", "standalone");
        site.putArray("icons")
                .addObject()
                .put("src", "/assets/icon.svg")
                .put("type", "image/svg+xml")
                .put("sizes", "any");
        return Reply.bytes(TYPES.get("webmanifest"), site.toString().getBytes(StandardCharsets.UTF_8));
    }

    private Reply assetOfModule(Call call) {
        Class<?> anchor = anchors.get(call.part("module"));
        return anchor == null ? Reply.notFound() : asset(anchor, call);
    }

    private Reply asset(Class<?> anchor, Call call) {
        String file = call.part("file");
        String type = TYPES.get(file.substring(file.lastIndexOf('.') + 1));
        boolean there = file.matches("[a-z0-9-]{1,40}\\.[a-z]{2,12}") && anchor.getResource("assets/" + file) != null;
        if (type == null || !there) {
            return Reply.notFound();
        }
        byte[] bytes = anchor == FrontDoor.class && file.equals(STYLE) ? sheet : asset(anchor, file);
        return Reply.bytes(type, bytes).with("Cache-Control", "public, max-age=86400");
    }

    private static byte[] asset(Class<?> anchor, String file) {
        try (InputStream bytes = anchor.getResourceAsStream("assets/" + file)) {
            return bytes.readAllBytes();
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
