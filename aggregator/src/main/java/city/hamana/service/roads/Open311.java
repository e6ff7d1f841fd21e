package city.hamana.service.roads;

import city.hamana.capability.cases.State;
import city.hamana.capability.maps.Maps;
import city.hamana.capability.maps.Place;
import city.hamana.capability.people.People;
import city.hamana.platform.access.Role;
import city.hamana.platform.access.Secret;
import city.hamana.platform.db.Database;
import city.hamana.platform.html.Page;
import city.hamana.platform.http.Call;
import city.hamana.platform.http.Caller;
import city.hamana.platform.http.Reply;
import city.hamana.platform.http.Routes;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Open311 GeoReport v2 (wiki.open311.org/GeoReport_v2) for programs, JSON and XML. What a sender wrote about themselves
 * never comes out here; what everybody may read does.
 */
final class Open311 {
    static final String JURISDICTION = "city.kosai.shizuoka.jp";

    private static final String ROOT = "/api/open311/v2";
    private static final String SCOPE = "open311";
    private static final Duration WIDEST = Duration.ofDays(90);
    private static final int MOST = 1_000;
    private static final double OUTSIDE_M = 300;
    private static final Wrong OUTSIDE = new Wrong(400, "lat and long lie outside of the jurisdiction");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Database database;
    private final People people;
    private final Maps maps;
    private final ReportStore store;
    private final Reports reports;
    private final Categories categories;
    private final Limits limits;
    private final URI publicAddress;

    Open311(
            Database database,
            People people,
            Maps maps,
            ReportStore store,
            Reports reports,
            Categories categories,
            Limits limits,
            URI publicAddress) {
        this.database = database;
        this.people = people;
        this.maps = maps;
        this.store = store;
        this.reports = reports;
        this.categories = categories;
        this.limits = limits;
        this.publicAddress = publicAddress;
    }

    void routes(Routes routes) {
        for (Coding coding : Coding.values()) {
            String end = "." + coding.suffix();
            routes.get(ROOT + "/discovery" + end, Role.ANY_PROGRAM, call -> discovery(coding))
                    .get(ROOT + "/services" + end, Role.ANY_PROGRAM, call -> services(call, coding))
                    .get(ROOT + "/requests" + end, Role.ANY_PROGRAM, call -> requests(call, coding))
                    .post(ROOT + "/requests" + end, Role.ANY_PROGRAM, call -> report(call, coding));
        }
        routes.get(ROOT + "/services/{file}", Role.ANY_PROGRAM, call -> one(call, this::service))
                .get(ROOT + "/requests/{file}", Role.ANY_PROGRAM, call -> one(call, this::request))
                .get(ROOT + "/tokens/{file}", Role.ANY_PROGRAM, call -> one(call, this::token));
    }

    /** What goes wrong, as the standard words it: an HTTP status and a sentence. */
    record Wrong(int status, String description) {}

    private interface One {
        Reply answer(Call call, Coding coding, String name);
    }

    /** {@code NAME.json} or {@code NAME.xml}. */
    private Reply one(Call call, One one) {
        String file = call.part("file");
        int dot = file.lastIndexOf('.');
        Optional<Coding> coding = Coding.of(file.substring(dot + 1));
        if (dot < 1 || coding.isEmpty()) {
            return error(Coding.JSON, new Wrong(404, "The format is json or xml."));
        }
        return strange(call.query("jurisdiction_id").orElse(""))
                .map(wrong -> error(coding.get(), wrong))
                .orElseGet(() -> one.answer(call, coding.get(), file.substring(0, dot)));
    }

    private Reply discovery(Coding coding) {
        ObjectNode node = JSON.createObjectNode();
        node.put("changeset", "2026-04-01T00:00:00+09:00");
        node.put("contact", publicAddress + "/roads");
        node.put("key_service", publicAddress + "/staff/tokens");
        ObjectNode endpoint = node.putArray("endpoints").addObject();
        endpoint.put("specification", "http://wiki.open311.org/GeoReport_v2");
        endpoint.put("url", publicAddress + ROOT);
        endpoint.put("changeset", "2026-04-01T00:00:00+09:00");
        endpoint.put("type", "production");
        endpoint.putArray("formats").add("application/json").add("text/xml");
        return answer(coding, "discovery", node, 200);
    }

    private Reply services(Call call, Coding coding) {
        Optional<Wrong> strange = strange(call.query("jurisdiction_id").orElse(""));
        if (strange.isPresent()) {
            return error(coding, strange.get());
        }
        ArrayNode all = JSON.createArrayNode();
        for (Category category : categories.all()) {
            String words = "roads.category." + category.code();
            all.addObject()
                    .put("service_code", category.code())
                    .put("service_name", call.page().plain(words + ".name"))
                    .put("description", call.page().plain(words + ".about"))
                    .put("metadata", !category.questions().isEmpty())
                    .put("type", "realtime")
                    .put("keywords", category.danger() ? "road,danger" : "road")
                    .put("group", call.page().plain("roads.layer.name"));
        }
        return answer(coding, "services", all, 200);
    }

    private Reply service(Call call, Coding coding, String code) {
        Optional<Category> category = categories.of(code);
        if (category.isEmpty()) {
            return error(coding, new Wrong(404, "service_code was not found"));
        }
        ObjectNode node = JSON.createObjectNode().put("service_code", code);
        ArrayNode attributes = node.putArray("attributes");
        for (Category.Question question : category.get().questions()) {
            attribute(call.page(), attributes.addObject().put("variable", true), question, attributes.size());
        }
        return answer(coding, "service_definition", node, 200);
    }

    private static void attribute(Page page, ObjectNode node, Category.Question question, int order) {
        String words = page.plain("roads.question." + question.code());
        node.put("code", question.code());
        node.put(
                "datatype",
                switch (question.type()) {
                    case "one" -> "singlevaluelist";
                    case "many" -> "multivaluelist";
                    default -> "string";
                });
        node.put("required", question.must());
        node.put("datatype_description", "");
        node.put("order", order);
        node.put("description", words);
        if (!question.values().isEmpty()) {
            ArrayNode values = node.putArray("values");
            question.values()
                    .forEach(value -> values.addObject()
                            .put("key", value)
                            .put("name", page.plain("roads.answer." + question.code() + "." + value)));
        }
    }

    private Reply requests(Call call, Coding coding) {
        Optional<Wrong> strange = strange(call.query("jurisdiction_id").orElse(""));
        if (strange.isPresent()) {
            return error(coding, strange.get());
        }
        try {
            List<Report> found = database.inTransaction(tx -> found(tx, call));
            ArrayNode all = JSON.createArrayNode();
            found.forEach(report -> all.add(node(call.page(), report)));
            return answer(coding, "service_requests", all, 200);
        } catch (IllegalArgumentException e) {
            return error(coding, new Wrong(400, e.getMessage()));
        }
    }

    private List<Report> found(Handle tx, Call call) {
        Optional<String> ids = call.query("service_request_id");
        if (ids.isPresent()) {
            return Arrays.stream(ids.get().split(",", MOST))
                    .map(String::strip)
                    .filter(id -> id.matches("\\d{4}-\\d{6,9}"))
                    .flatMap(id -> store.find(tx, id).stream())
                    .filter(Open311::readable)
                    .toList();
        }
        Window window = Window.of(call);
        int size = whole(call, "page_size", MOST);
        int page = whole(call, "page", 1);
        List<String> codes = call.query("service_code")
                .map(c -> List.of(c.split(",", 100)))
                .orElseGet(() -> categories.all().stream().map(Category::code).toList());
        String state = state(call);
        return store.opened(tx, window.from, window.until, state, codes, (page - 1) * size, size);
    }

    private static String state(Call call) {
        List<String> states = List.of(call.query("status").orElse("open,closed").split(",", 10));
        if (!List.of("open", "closed").containsAll(states)) {
            throw new IllegalArgumentException("status is open, closed, or both with a comma");
        }
        boolean open = states.contains("open");
        return open && states.contains("closed") ? "all" : open ? "open" : "closed";
    }

    private static int whole(Call call, String name, int otherwise) {
        String text = call.query(name).orElse(Integer.toString(otherwise));
        if (!text.matches("[1-9]\\d{0,3}") || Integer.parseInt(text) > MOST) {
            throw new IllegalArgumentException(name + " is a number from 1 to " + MOST);
        }
        return Integer.parseInt(text);
    }

    /** The days asked for: at most ninety, the last ninety when nothing is said. */
    private record Window(Instant from, Instant until) {
        static Window of(Call call) {
            Optional<Instant> start = call.query("start_date").map(Window::moment);
            Optional<Instant> end = call.query("end_date").map(Window::moment);
            Instant until = end.or(() -> start.map(s -> s.plus(WIDEST))).orElse(call.now());
            Instant from = start.orElse(until.minus(WIDEST));
            if (from.isAfter(until) || Duration.between(from, until).compareTo(WIDEST) > 0) {
                throw new IllegalArgumentException("start_date and end_date must lie within 90 days");
            }
            return new Window(from, until);
        }

        private static Instant moment(String text) {
            try {
                // A plus sign that was not coded has become a space.
                return OffsetDateTime.parse(text.replace(' ', '+')).toInstant();
            } catch (DateTimeException e) {
                throw new IllegalArgumentException("a date is written as 2026-04-01T00:00:00+09:00", e);
            }
        }
    }

    private Reply request(Call call, Coding coding, String id) {
        Optional<Report> report = id.matches("\\d{4}-\\d{6,9}")
                ? database.inTransaction(tx -> store.find(tx, id)).filter(Open311::readable)
                : Optional.empty();
        if (report.isEmpty()) {
            return error(coding, new Wrong(404, "service_request_id was not found"));
        }
        return answer(coding, "service_requests", JSON.createArrayNode().add(node(call.page(), report.get())), 200);
    }

    /** Requests are numbered at once (type realtime), so a token is no more than the word of its sender's own page. */
    private Reply token(Call call, Coding coding, String token) {
        Optional<Report> report =
                Secret.looksRight(token) ? database.inTransaction(tx -> store.ofSecret(tx, token)) : Optional.empty();
        if (report.isEmpty()) {
            return error(coding, new Wrong(404, "token was not found"));
        }
        ArrayNode all = JSON.createArrayNode();
        all.addObject().put("service_request_id", report.get().id()).put("token", token);
        return answer(coding, "service_requests", all, 200);
    }

    private static boolean readable(Report report) {
        return report.state() != State.WITHDRAWN;
    }

    private ObjectNode node(Page page, Report report) {
        boolean open = report.state().open();
        ObjectNode node = JSON.createObjectNode();
        node.put("service_request_id", report.id());
        node.put("status", open ? "open" : "closed");
        node.put(
                "status_notes",
                page.plain("roads.state." + report.state().code())
                        + (report.reason().isEmpty() ? "" : ": " + page.plain("roads.reason." + report.reason())));
        node.put("service_name", page.plain("roads.category." + report.category() + ".name"));
        node.put("service_code", report.category());
        node.put("description", report.shownText());
        node.put("agency_responsible", page.plain("roads.owner." + report.owner()));
        node.put("service_notice", page.plain("roads.owner-does." + report.owner()));
        node.put("requested_datetime", time(page, report.opened()));
        node.put("updated_datetime", time(page, report.changed()));
        if (open && report.due().isPresent()) {
            node.put("expected_datetime", time(page, report.due().get()));
        } else {
            node.putNull("expected_datetime");
        }
        node.putNull("address").putNull("address_id").putNull("zipcode");
        report.place()
                .ifPresentOrElse(
                        place -> node.put("lat", place.latitude()).put("long", place.longitude()),
                        () -> node.putNull("lat").putNull("long"));
        if (report.shownPhoto().isEmpty()) {
            node.putNull("media_url");
        } else {
            node.put("media_url", publicAddress + "/roads/" + report.id() + "/photo");
        }
        return node;
    }

    private static String time(Page page, Instant at) {
        return at.truncatedTo(ChronoUnit.SECONDS)
                .atZone(page.zone())
                .toOffsetDateTime()
                .toString()
                .replaceFirst("T(\\d\\d:\\d\\d)([+Z-])", "T$1:00$2");
    }

    private Reply report(Call call, Coding coding) {
        Optional<Caller.Program> program =
                people.program(either(call, "api_key")).filter(p -> p.scopes().contains(SCOPE));
        if (program.isEmpty()) {
            return error(coding, new Wrong(403, "api_key was missing or invalid"));
        }
        Posted posted = new Posted(call, either(call, "service_code"));
        Optional<Category> category = categories.of(posted.code());
        Optional<Wrong> wrong = strange(either(call, "jurisdiction_id"))
                .or(() -> posted.wrong(category))
                .or(() -> posted.place().filter(this::outside).map(place -> OUTSIDE));
        if (wrong.isPresent()) {
            return error(coding, wrong.get());
        }
        Caller caller = program.get();
        Optional<Reports.Opened> opened =
                database.inTransaction(tx -> limits.take(tx, Limits.Kind.PROGRAM, caller.actor())
                        ? Optional.of(reports.open(tx, caller, posted.report(category.get())))
                        : Optional.empty());
        if (opened.isEmpty()) {
            return error(coding, new Wrong(429, "too many requests came with this api_key within an hour"));
        }
        ArrayNode all = JSON.createArrayNode();
        Report report = opened.get().report();
        all.addObject()
                .put("service_request_id", report.id())
                .put("service_notice", call.page().plain("roads.owner-does." + report.owner()))
                .putNull("account_id");
        return answer(coding, "service_requests", all, 200);
    }

    private boolean outside(Place place) {
        return database.inTransaction(tx -> !maps.all(tx, Maps.CITY, 1).isEmpty()
                && maps.nearest(tx, Maps.CITY, place, 1, OUTSIDE_M).isEmpty());
    }

    /** Programs send what goes with a POST in the body or in the address. */
    private static String either(Call call, String name) {
        return call.field(name).isEmpty() ? call.query(name).orElse("") : call.field(name);
    }

    /** There is one jurisdiction, so naming it is not asked for; another one is not known here. */
    private static Optional<Wrong> strange(String jurisdiction) {
        return jurisdiction.isEmpty() || jurisdiction.equals(JURISDICTION)
                ? Optional.empty()
                : Optional.of(new Wrong(404, "jurisdiction_id was not found"));
    }

    private static Reply error(Coding coding, Wrong wrong) {
        ArrayNode errors = JSON.createArrayNode();
        errors.addObject().put("code", wrong.status()).put("description", wrong.description());
        return answer(coding, "errors", errors, wrong.status());
    }

    private static Reply answer(Coding coding, String root, JsonNode node, int status) {
        byte[] bytes =
                coding == Coding.JSON ? node.toString().getBytes(StandardCharsets.UTF_8) : Open311Xml.of(root, node);
        return Reply.bytes(coding.type(), bytes).withStatus(status).openToAll();
    }

    /** How an answer is written. */
    enum Coding {
        JSON("json", "application/json; charset=utf-8"),
        XML("xml", "text/xml; charset=utf-8");

        private final String suffix;
        private final String type;

        Coding(String suffix, String type) {
            this.suffix = suffix;
            this.type = type;
        }

        String suffix() {
            return suffix;
        }

        String type() {
            return type;
        }

        static Optional<Coding> of(String suffix) {
            return Arrays.stream(values()).filter(c -> c.suffix.equals(suffix)).findFirst();
        }
    }
}
