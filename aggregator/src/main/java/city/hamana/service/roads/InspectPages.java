package city.hamana.service.roads;

import city.hamana.capability.cases.CaseFile;
import city.hamana.capability.cases.Cases;
import city.hamana.capability.cases.Checked;
import city.hamana.capability.maps.Maps;
import city.hamana.platform.access.Post;
import city.hamana.platform.access.Role;
import city.hamana.platform.db.Database;
import city.hamana.platform.html.Html;
import city.hamana.platform.html.Page;
import city.hamana.platform.http.Call;
import city.hamana.platform.http.Reply;
import city.hamana.platform.http.Routes;
import city.hamana.platform.http.Upload;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * The inspector's telephone. The page keeps the day's list in the telephone and sends what was noted when there is a
 * network; each note has a key, so that sending it twice writes it once.
 */
final class InspectPages {
    private static final String HERE = "city/hamana/service/roads/";
    private static final String PATH = "/staff/roads/inspect";
    private static final int MOST = 100;
    private static final int LONGEST_TEXT = 2_000;
    private static final int LONGEST_UPLOAD_BYTES = 12 << 20;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Database database;
    private final Html html;
    private final Cases cases;
    private final Maps maps;
    private final ReportStore store;
    private final Reports reports;
    private final Categories categories;

    InspectPages(
            Database database,
            Html html,
            Cases cases,
            Maps maps,
            ReportStore store,
            Reports reports,
            Categories categories) {
        this.database = database;
        this.html = html;
        this.cases = cases;
        this.maps = maps;
        this.store = store;
        this.reports = reports;
        this.categories = categories;
    }

    void routes(Routes routes) {
        routes.get(PATH, Role.STAFF, this::page)
                .get(PATH + ".json", Role.STAFF, this::list)
                .get(PATH + "-worker.js", Role.STAFF, call -> worker())
                .upload(PATH, Role.STAFF, LONGEST_UPLOAD_BYTES, this::note);
    }

    /** The list as a page: what there is without script. */
    private Reply page(Call call) {
        InspectView view = database.inTransaction(
                tx -> new InspectView(found(tx, call), StaffPages.TEMPLATES, Around.of(tx, maps)));
        return Reply.html(html.render(HERE + "inspect", call.page(), view));
    }

    private List<Report> found(Handle tx, Call call) {
        String department = call.person().post().map(Post::department).orElse("none");
        Filter filter = new Filter("open", "", "", department, "", Optional.empty(), call.now(), MOST);
        return store.list(tx, filter).stream()
                .sorted(Comparator.comparing(report -> report.due().orElse(Instant.MAX)))
                .toList();
    }

    private Reply list(Call call) {
        ObjectNode node = JSON.createObjectNode();
        node.put("user", call.person().id());
        node.put("csrf", call.page().csrf());
        node.put("at", call.page().fullMoment(call.now()));
        ArrayNode all = node.putArray("reports");
        database.inTransaction(tx -> {
            all.removeAll();
            Around around = Around.of(tx, maps);
            for (Report report : found(tx, call)) {
                cases.file(tx, report.id()).ifPresent(file -> all.add(node(call.page(), report, file, around)));
            }
            return all.size();
        });
        return Reply.json(node.toString().getBytes(StandardCharsets.UTF_8));
    }

    private ObjectNode node(Page page, Report report, CaseFile file, Around around) {
        ObjectNode node = JSON.createObjectNode();
        node.put("id", report.id());
        node.put("version", file.version());
        node.put("kind", page.plain("roads.category." + report.category() + ".name"));
        node.put("sign", "/assets/roads/sign-" + report.category() + ".svg");
        node.put("danger", categories.named(report.category()).danger());
        node.put("state", page.plain("roads.state." + report.state().code()));
        node.put("place", around.words(page, report.place()));
        node.put("landmark", report.landmark());
        node.put("detail", report.detail());
        node.put(
                "due",
                report.due()
                        .map(end ->
                                page.day(end.minusMillis(1).atZone(page.zone()).toLocalDate()))
                        .map(day -> page.plain("roads.until", day))
                        .orElse(""));
        node.put("overdue", report.overdue(page.now()));
        report.place().ifPresent(p -> node.put("longitude", p.longitude()).put("latitude", p.latitude()));
        return node;
    }

    /** Answered in JSON: 200 when it is written, now or before; 409 with what changed; 400 with what is wrong. */
    private Reply note(Call call) {
        String key = call.field("key");
        String text = call.form().text("text").strip().replace("\r\n", "\n");
        String template = call.field("template");
        String field = call.field("field").equals("after") ? "after" : "before";
        List<Upload> photos = call.form().uploads("photo");
        boolean something = !text.isEmpty() || StaffPages.TEMPLATES.contains(template) || !photos.isEmpty();
        if (!key.matches("[A-Za-z0-9-]{8,64}") || text.length() > LONGEST_TEXT || !something || photos.size() > 1) {
            return answer(400, call.page().plain("roads.error.say"));
        }
        Optional<Checked> checked = photos.stream().findFirst().map(cases::check);
        if (checked.isPresent() && checked.get() instanceof Checked.Refused(String words, List<Object> arguments)) {
            return answer(400, call.page().plain(words, arguments.toArray()));
        }
        return database.inTransaction(tx -> noted(tx, call, key, new Note(template, text, checked, field)));
    }

    /** @param field of the photo: {@code before} the work, or {@code after} */
    private record Note(String template, String text, Optional<Checked> photo, String field) {}

    private Reply noted(Handle tx, Call call, String key, Note note) {
        String id = call.field("id");
        Optional<CaseFile> file = cases.seen(tx, call.caller(), id);
        Optional<Report> report = store.find(tx, id);
        if (file.isEmpty() || report.isEmpty()) {
            return answer(404, call.page().plain("roads.inspect.gone"));
        }
        if (store.done(tx, key)) {
            return answer(200, "");
        }
        if (!call.person().worksIn(file.get().department())) {
            return answer(403, call.page().plain("roads.inspect.gone"));
        }
        if (!call.field("version").equals(Integer.toString(file.get().version()))) {
            return conflict(call.page(), file.get());
        }
        if (note.photo().isPresent() && note.photo().get() instanceof Checked.Clean photo) {
            cases.attach(tx, call.caller(), report.get().subject(), note.field(), photo);
        }
        String template = StaffPages.TEMPLATES.contains(note.template()) ? note.template() : "";
        reports.say(tx, call.caller(), report.get(), template, note.text(), Optional.of(key));
        return answer(200, "");
    }

    /** What the inspector did not know: others went on with the report meanwhile. */
    private static Reply conflict(Page page, CaseFile now) {
        ObjectNode node = JSON.createObjectNode();
        node.put(
                "message",
                page.plain(
                        "roads.inspect.changed",
                        page.plain("roads.state." + now.state().code())));
        node.put("version", now.version());
        return Reply.json(node.toString().getBytes(StandardCharsets.UTF_8)).withStatus(409);
    }

    private static Reply answer(int status, String message) {
        ObjectNode node = JSON.createObjectNode().put("message", message);
        return Reply.json(node.toString().getBytes(StandardCharsets.UTF_8)).withStatus(status);
    }

    /** Stands beside the page, because a worker serves the folder it comes from. */
    private static Reply worker() {
        try (InputStream script = InspectPages.class.getResourceAsStream("assets/inspect-worker.js")) {
            return Reply.bytes("text/javascript; charset=utf-8", script.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
