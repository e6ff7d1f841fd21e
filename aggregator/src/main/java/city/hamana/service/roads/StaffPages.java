package city.hamana.service.roads;

import city.hamana.capability.cases.Act;
import city.hamana.capability.cases.CaseFile;
import city.hamana.capability.cases.Cases;
import city.hamana.capability.cases.Checked;
import city.hamana.capability.cases.Move;
import city.hamana.capability.cases.Moved;
import city.hamana.capability.maps.Maps;
import city.hamana.capability.maps.Place;
import city.hamana.capability.people.People;
import city.hamana.platform.access.Post;
import city.hamana.platform.access.Role;
import city.hamana.platform.db.Database;
import city.hamana.platform.events.Events;
import city.hamana.platform.html.FieldError;
import city.hamana.platform.html.Html;
import city.hamana.platform.http.Call;
import city.hamana.platform.http.Reply;
import city.hamana.platform.http.Routes;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The road division's queue, one report with all that may be done, and the crew's order. */
final class StaffPages {
    static final List<String> TEMPLATES =
            List.of("looking", "planned", "told-owner", "fixed", "not-found", "need-more", "made-safe");
    static final List<String> REASONS = List.of("fixed", "told-owner", "not-found", "no-action", "not-road");

    private static final String HERE = "city/hamana/service/roads/";
    private static final int MOST = 500;
    private static final int MONTHS = 12;
    private static final int LONGEST_TEXT = 2_000;
    private static final int LONGEST_UPLOAD_BYTES = 12 << 20;

    private final Database database;
    private final Html html;
    private final Cases cases;
    private final Maps maps;
    private final People people;
    private final Events events;
    private final ReportStore store;
    private final Reports reports;
    private final Followers followers;
    private final Categories categories;
    private final Owners owners;
    private final OwnReports own;

    StaffPages(
            Database database,
            Html html,
            Cases cases,
            Maps maps,
            People people,
            Events events,
            ReportStore store,
            Reports reports,
            Followers followers,
            Categories categories,
            Owners owners) {
        this.database = database;
        this.html = html;
        this.cases = cases;
        this.maps = maps;
        this.people = people;
        this.events = events;
        this.store = store;
        this.reports = reports;
        this.followers = followers;
        this.categories = categories;
        this.owners = owners;
        this.own = new OwnReports(database, cases, store);
    }

    void routes(Routes routes) {
        routes.get("/staff/roads", Role.STAFF, this::queue)
                .get("/staff/roads.csv", Role.STAFF, this::csv)
                .get("/staff/roads/{id}", Role.STAFF, call -> report(call, List.of(), 200))
                .get("/staff/roads/{id}/order", Role.STAFF, this::orderSheet)
                .post("/staff/roads/{id}/take", Role.STAFF, call -> move(call, Act.TAKE))
                .post("/staff/roads/{id}/reopen", Role.STAFF, call -> move(call, Act.REOPEN))
                .post("/staff/roads/{id}/hand", Role.STAFF, call -> move(call, Act.HAND))
                .post("/staff/roads/{id}/say", Role.STAFF, this::say)
                .post("/staff/roads/{id}/show", Role.STAFF, this::show)
                .post("/staff/roads/{id}/change", Role.STAFF, this::change)
                .post("/staff/roads/{id}/order", Role.STAFF, this::order)
                .post("/staff/roads/{id}/close", Role.STAFF, this::close)
                .post("/staff/roads/{id}/merge", Role.STAFF, this::merge)
                .post("/staff/roads/{id}/split", Role.STAFF, this::split)
                .upload("/staff/roads/{id}/photo", Role.STAFF, LONGEST_UPLOAD_BYTES, this::photo);
    }

    private Filter filter(Call call) {
        return new Filter(
                call.query("state")
                        .filter(List.of("open", "closed", "overdue", "all")::contains)
                        .orElse("open"),
                call.query("category").filter(c -> categories.of(c).isPresent()).orElse(""),
                call.query("owner").filter(o -> owners.of(o).isPresent()).orElse(""),
                department(call),
                call.query("q").filter(q -> q.length() <= 100).orElse(""),
                Optional.empty(),
                call.now(),
                MOST);
    }

    /** A member of staff sees the reports of the own division; without one, none. */
    private static String department(Call call) {
        return call.person().post().map(Post::department).orElse("none");
    }

    private Reply queue(Call call) {
        Filter filter = filter(call);
        QueueView view = database.inTransaction(tx -> {
            List<Report> found = store.list(tx, filter);
            Around around = Around.of(tx, maps);
            return new QueueView(
                    filter.state(),
                    filter.category(),
                    filter.owner(),
                    filter.words(),
                    call.page().path().contains("?") ? call.page().path().replaceFirst("^[^?]*", "") : "",
                    categories.all(),
                    owners.codes(),
                    found,
                    maps.view(tx, PublicPages.pins(call.page(), found, around, "/staff/roads/")),
                    around,
                    months(tx, call));
        });
        return maps.withGround(Reply.html(html.render(HERE + "queue", call.page(), view)));
    }

    /** The measure of the plan: reports received by month, counted from the event log. */
    private Map<YearMonth, Long> months(Handle tx, Call call) {
        Map<YearMonth, Long> months = new LinkedHashMap<>();
        YearMonth last = YearMonth.from(call.now().atZone(call.page().zone()));
        for (YearMonth month = last.minusMonths(MONTHS - 1); !month.isAfter(last); month = month.plusMonths(1)) {
            Instant from = month.atDay(1).atStartOfDay(call.page().zone()).toInstant();
            Instant until = month.plusMonths(1)
                    .atDay(1)
                    .atStartOfDay(call.page().zone())
                    .toInstant();
            months.put(month, events.count(tx, Reports.EVENT_REPORTED, from, until));
        }
        return months;
    }

    private Reply csv(Call call) {
        String lines = database.inTransaction(
                tx -> ReportCsv.of(call.page(), store.list(tx, filter(call)), Around.of(tx, maps)));
        return Reply.text("text/csv", lines).download("roads.csv");
    }

    private Reply report(Call call, List<FieldError> errors, int status) {
        String id = call.part("id");
        Optional<StaffView> view = database.inTransaction(tx -> cases.read(tx, call.caller(), id, "roads.examine")
                .flatMap(file -> store.find(tx, id).map(report -> view(tx, call, file, report, errors))));
        return view.map(v -> maps.withGround(Reply.html(html.render(HERE + "staff-report", call.page(), v)))
                        .withStatus(status))
                .orElseGet(Reply::notFound);
    }

    private StaffView view(Handle tx, Call call, CaseFile file, Report report, List<FieldError> errors) {
        Around around = Around.of(tx, maps);
        List<FormView.Near> near = report.place().stream()
                .flatMap(place -> reports.near(tx, place, report.category()).stream())
                .filter(n -> !n.report().id().equals(report.id()))
                .map(n -> new FormView.Near(n.report(), n.metres()))
                .toList();
        return new StaffView(
                report,
                file,
                categories.named(report.category()),
                categories.all(),
                owners.codes(),
                people.departments(),
                store.steps(tx, report.id()),
                cases.attached(tx, file.subject()),
                near,
                cases.acts(tx, call.caller(), file),
                file.assignee()
                        .filter(w -> w.actor().equals(call.person().actor()))
                        .isPresent(),
                followers.count(tx, report.id()),
                reports.told(tx, report.id()),
                maps.view(tx, PublicPages.pins(call.page(), List.of(report), around, "")),
                around,
                errors);
    }

    private Reply orderSheet(Call call) {
        String id = call.part("id");
        return database.inTransaction(tx -> cases.read(tx, call.caller(), id, "roads.order")
                        .flatMap(file -> store.find(tx, id).map(report -> view(tx, call, file, report, List.of()))))
                .map(v -> Reply.html(html.render(HERE + "order", call.page(), v)))
                .orElseGet(Reply::notFound);
    }

    private Reply move(Call call, Act act) {
        String note = act == Act.HAND ? call.field("department") : "";
        if (act == Act.HAND
                && people.departments().stream().noneMatch(d -> d.code().equals(note))) {
            return report(call, List.of(FieldError.of("department", "roads.error.department")), 400);
        }
        Moved moved = database.inTransaction(tx -> cases.move(
                tx,
                call.caller(),
                Move.of(call.part("id"), act).reading(version(call)).to(note)));
        return answered(call, moved);
    }

    private static int version(Call call) {
        String version = call.field("version");
        return version.matches("\\d{1,9}") ? Integer.parseInt(version) : 0;
    }

    private static Reply answered(Call call, Moved moved) {
        return switch (moved) {
            case Moved.Done done -> Reply.seeOther("/staff/roads/" + call.part("id"));
            case Moved.NotThere none -> Reply.notFound();
            case Moved.NotTheirs none -> Reply.problem(403, "This report is another division's.");
            case Moved.NoSuchWay no -> Reply.problem(409, "From where it stands the report cannot go this way.");
            case Moved.ChangedMeanwhile changed -> Reply.problem(409, "Somebody else changed the report first.");
        };
    }

    private static Reply back(Report report) {
        return Reply.seeOther("/staff/roads/" + report.id());
    }

    private Reply say(Call call) {
        String text = text(call, "text");
        String template = call.field("template");
        if (text.length() > LONGEST_TEXT || (text.isEmpty() && !TEMPLATES.contains(template))) {
            return report(call, List.of(FieldError.of("text", "roads.error.say")), 400);
        }
        return own.work(call, report -> true, (tx, report) -> {
            reports.say(
                    tx, call.caller(), report, TEMPLATES.contains(template) ? template : "", text, Optional.empty());
            return back(report);
        });
    }

    private Reply show(Call call) {
        String text = text(call, "shown");
        if (text.length() > LONGEST_TEXT) {
            return report(call, List.of(FieldError.of("shown", "roads.error.long", LONGEST_TEXT)), 400);
        }
        return own.work(call, report -> true, (tx, report) -> {
            String photo = call.field("photo");
            boolean known =
                    cases.attached(tx, report.subject()).stream().anyMatch(a -> a.id().equals(photo) && a.picture());
            reports.show(tx, call.caller(), report, text, known ? photo : "");
            return back(report);
        });
    }

    private Reply change(Call call) {
        Optional<Category> category = categories.of(call.field("category"));
        Optional<Owners.Owner> owner = owners.of(call.field("owner"));
        Optional<Place> place = Place.of(call.field("longitude"), call.field("latitude"));
        boolean typed =
                !call.field("longitude").isEmpty() || !call.field("latitude").isEmpty();
        if (category.isEmpty() || owner.isEmpty() || (typed && place.isEmpty())) {
            return report(call, List.of(FieldError.of("category", "roads.error.change")), 400);
        }
        return own.work(call, report -> true, (tx, report) -> {
            reports.change(
                    tx, call.caller(), report, category.get(), owner.get().code(), place);
            return back(report);
        });
    }

    private Reply order(Call call) {
        String until = call.field("until");
        Report.Order order = new Report.Order(call.field("to"), until, text(call, "work"));
        boolean tooLong = order.to().length() > 200 || order.work().length() > LONGEST_TEXT;
        if (tooLong || order.to().isEmpty() || order.work().isEmpty() || (!until.isEmpty() && !isDay(until))) {
            return report(call, List.of(FieldError.of("to", "roads.error.order")), 400);
        }
        return own.work(call, report -> true, (tx, report) -> {
            reports.order(tx, call.caller(), report, order);
            return back(report);
        });
    }

    private static boolean isDay(String text) {
        try {
            LocalDate day = LocalDate.parse(text);
            return day.getYear() > 0;
        } catch (DateTimeParseException e) {
            return false;
        }
    }

    private Reply close(Call call) {
        String text = text(call, "text");
        if (!REASONS.contains(call.field("reason")) || text.length() > LONGEST_TEXT) {
            return report(call, List.of(FieldError.of("reason", "roads.error.reason")), 400);
        }
        return answered(
                call,
                database.inTransaction(tx ->
                        reports.close(tx, call.caller(), call.part("id"), version(call), call.field("reason"), text)));
    }

    private Reply merge(Call call) {
        String keeps = call.field("keeps");
        return own.work(call, report -> true, (tx, report) -> {
            Optional<Report> kept = store.find(tx, keeps)
                    .filter(other ->
                            !other.id().equals(report.id()) && other.state().open())
                    .filter(other -> cases.seen(tx, call.caller(), other.id()).isPresent());
            return kept.isEmpty()
                    ? Reply.problem(409, "The report that should go on is not open.")
                    : answered(call, reports.merge(tx, call.caller(), report, kept.get()));
        });
    }

    private Reply split(Call call) {
        return own.work(call, report -> true, (tx, report) -> answered(call, reports.split(tx, call.caller(), report)));
    }

    /** A photo from before or after the work. */
    private Reply photo(Call call) {
        String field = call.field("field").equals("after") ? "after" : "before";
        List<Checked> checked =
                call.form().uploads("photo").stream().map(cases::check).toList();
        if (checked.size() != 1) {
            return report(call, List.of(FieldError.of("work-photo", "roads.error.no-photo")), 400);
        }
        return switch (checked.getFirst()) {
            case Checked.Refused(String words, List<Object> arguments) ->
                report(call, new ArrayList<>(List.of(new FieldError("work-photo", words, arguments))), 400);
            case Checked.Clean file ->
                own.work(
                        call,
                        report -> true,
                        (tx, report) -> cases.attach(tx, call.caller(), report.subject(), field, file)
                                .map(a -> back(report))
                                .orElseGet(() -> Reply.problem(409, "There are too many files with this report.")));
        };
    }

    private static String text(Call call, String name) {
        return call.form().text(name).strip().replace("\r\n", "\n");
    }
}
