package city.hamana.service.roads;

import city.hamana.capability.cases.Cases;
import city.hamana.capability.cases.Checked;
import city.hamana.capability.cases.PhotoFacts;
import city.hamana.capability.maps.Feature;
import city.hamana.capability.maps.MapView;
import city.hamana.capability.maps.Maps;
import city.hamana.capability.maps.Place;
import city.hamana.capability.people.People;
import city.hamana.platform.access.Role;
import city.hamana.platform.access.Secret;
import city.hamana.platform.db.Database;
import city.hamana.platform.html.FieldError;
import city.hamana.platform.html.Html;
import city.hamana.platform.http.Call;
import city.hamana.platform.http.Caller;
import city.hamana.platform.http.Reply;
import city.hamana.platform.http.Routes;
import city.hamana.platform.http.Upload;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The form in five steps: photo, place, what it is, more about it, send. Each is a page that works without script. */
final class ReportForm {
    private static final String HERE = "city/hamana/service/roads/";
    private static final int LONGEST_UPLOAD_BYTES = 24 << 20;
    private static final int MOST_PHOTOS = 3;
    private static final int LONGEST_DETAIL = 2_000;
    private static final int LONGEST_LANDMARK = 200;
    private static final double OUTSIDE_M = 300;

    private final Database database;
    private final Html html;
    private final Cases cases;
    private final Maps maps;
    private final People people;
    private final Reports reports;
    private final Drafts drafts = new Drafts();
    private final Categories categories;
    private final Limits limits;

    ReportForm(
            Database database,
            Html html,
            Cases cases,
            Maps maps,
            People people,
            Reports reports,
            Categories categories,
            Limits limits) {
        this.database = database;
        this.html = html;
        this.cases = cases;
        this.maps = maps;
        this.people = people;
        this.reports = reports;
        this.categories = categories;
        this.limits = limits;
    }

    void routes(Routes routes) {
        routes.get("/roads/new", Role.ANYONE, this::begin)
                .upload("/roads/new", Role.ANYONE, LONGEST_UPLOAD_BYTES, this::photo)
                .get("/roads/new/{draft}/place", Role.ANYONE, call -> step(call, "place", 2))
                .post("/roads/new/{draft}/place", Role.ANYONE, this::place)
                .get("/roads/new/{draft}/category", Role.ANYONE, call -> step(call, "category", 3))
                .post("/roads/new/{draft}/category", Role.ANYONE, this::category)
                .get("/roads/new/{draft}/danger", Role.ANYONE, call -> step(call, "danger", 3))
                .get("/roads/new/{draft}/near", Role.ANYONE, this::near)
                .get("/roads/new/{draft}/detail", Role.ANYONE, call -> step(call, "detail", 4))
                .post("/roads/new/{draft}/detail", Role.ANYONE, this::detail)
                .get("/roads/new/{draft}/confirm", Role.ANYONE, call -> step(call, "confirm", 5))
                .post("/roads/new/{draft}/send", Role.ANYONE, this::send)
                .get("/roads/new/{draft}/photo/{file}", Role.ANYONE, this::shownPhoto);
    }

    Drafts drafts() {
        return drafts;
    }

    private Reply begin(Call call) {
        return page(call, "new", 1, "", Draft.EMPTY, List.of(), 200);
    }

    /** A photo or none; a draft begins. What the photo knows of its place is kept, what it holds of it is not. */
    private Reply photo(Call call) {
        List<Upload> sent = call.form().uploads("photo");
        List<FieldError> errors = new ArrayList<>();
        List<Checked.Clean> clean = new ArrayList<>();
        if (sent.size() > MOST_PHOTOS) {
            errors.add(FieldError.of("photo", "roads.error.photos", MOST_PHOTOS));
        } else {
            sent.forEach(upload -> sort(upload, clean, errors));
        }
        if (sent.isEmpty() && call.field("without").isEmpty()) {
            errors.add(FieldError.of("photo", "roads.error.no-photo"));
        }
        if (!errors.isEmpty()) {
            return page(call, "new", 1, "", Draft.EMPTY, errors, 400);
        }
        String id = Secret.random();
        boolean taken = database.inTransaction(tx -> begin(tx, call, id, clean));
        return taken ? Reply.seeOther("/roads/new/" + id + "/place") : tooMany();
    }

    private void sort(Upload upload, List<Checked.Clean> clean, List<FieldError> errors) {
        switch (cases.check(upload)) {
            case Checked.Clean file when file.type().equals("image/jpeg") -> clean.add(file);
            case Checked.Clean file -> errors.add(FieldError.of("photo", "roads.error.not-photo"));
            case Checked.Refused(String words, List<Object> arguments) ->
                errors.add(new FieldError("photo", words, arguments));
        }
    }

    private boolean begin(Handle tx, Call call, String id, List<Checked.Clean> photos) {
        if (!limits.take(tx, Limits.Kind.PHOTO, call.address())) {
            return false;
        }
        Draft draft = Draft.EMPTY;
        for (Checked.Clean photo : photos) {
            cases.attach(tx, call.caller(), "draft:" + id, "photo", photo);
            draft = draft.withPhoto(draft.place().isEmpty() ? place(photo.facts()) : Optional.empty());
        }
        drafts.put(tx, id, draft, call.now());
        return true;
    }

    private static Optional<Place> place(PhotoFacts facts) {
        return facts.longitude().isPresent() && facts.latitude().isPresent()
                ? Place.of(
                        Double.toString(facts.longitude().getAsDouble()),
                        Double.toString(facts.latitude().getAsDouble()))
                : Optional.empty();
    }

    private Reply place(Call call) {
        String landmark = call.field("landmark");
        return changed(
                call,
                draft -> draft.at(call.field("longitude"), call.field("latitude"), landmark),
                (tx, draft) -> {
                    if (landmark.length() > LONGEST_LANDMARK) {
                        return List.of(FieldError.of("landmark", "roads.error.long", LONGEST_LANDMARK));
                    }
                    if (draft.place().isEmpty() && landmark.isEmpty()) {
                        return List.of(FieldError.of("landmark", "roads.error.no-place"));
                    }
                    return draft.place().filter(place -> outside(tx, place)).isPresent()
                            ? List.of(FieldError.of("landmark", "roads.error.outside"))
                            : List.of();
                },
                new Where("place", 2, "category"));
    }

    /** Where the city's border is known and the place is not near it. */
    private boolean outside(Handle tx, Place place) {
        List<Feature> city = maps.all(tx, Maps.CITY, 1);
        return !city.isEmpty()
                && maps.nearest(tx, Maps.CITY, place, 1, OUTSIDE_M).isEmpty();
    }

    private Reply category(Call call) {
        String code = call.field("category");
        Optional<Category> chosen = categories.of(code);
        String next = chosen.filter(Category::danger).isPresent() ? "danger" : "near";
        return changed(
                call,
                draft -> draft.of(code),
                (tx, draft) ->
                        chosen.isPresent() ? List.of() : List.of(FieldError.of("category", "roads.error.no-category")),
                new Where("category", 3, next));
    }

    private Reply near(Call call) {
        Optional<Draft> draft = found(call);
        boolean some = draft.flatMap(Draft::place)
                .filter(place -> database.inTransaction(
                        tx -> !reports.near(tx, place, draft.get().category()).isEmpty()))
                .isPresent();
        return draft.isPresent() && !some
                ? Reply.seeOther("/roads/new/" + call.part("draft") + "/detail")
                : step(call, "near", 3);
    }

    private Reply detail(Call call) {
        Map<String, List<String>> answers = new LinkedHashMap<>();
        call.form().fields().forEach((name, values) -> {
            List<String> given =
                    values.stream().map(String::strip).filter(v -> !v.isEmpty()).toList();
            if (name.startsWith("answer-") && !given.isEmpty()) {
                answers.put(name.substring("answer-".length()), given);
            }
        });
        String text = call.form().text("detail").strip().replace("\r\n", "\n");
        String mail = call.field("mail");
        return changed(
                call,
                draft -> draft.saying(known(draft, answers), shortened(text), shortened(mail)),
                (tx, draft) -> wrong(draft, answers, text, mail),
                new Where("detail", 4, "confirm"));
    }

    private Map<String, List<String>> known(Draft draft, Map<String, List<String>> answers) {
        Map<String, List<String>> known = new LinkedHashMap<>();
        categories
                .of(draft.category())
                .ifPresent(category -> category.questions().forEach(question -> {
                    List<String> given = answers.getOrDefault(question.code(), List.of());
                    if (!given.isEmpty() && question.takes(given)) {
                        known.put(question.code(), given);
                    }
                }));
        return known;
    }

    private static String shortened(String text) {
        return text.length() > LONGEST_DETAIL ? text.substring(0, LONGEST_DETAIL) : text;
    }

    private List<FieldError> wrong(Draft draft, Map<String, List<String>> answers, String text, String mail) {
        List<FieldError> errors = new ArrayList<>();
        categories
                .of(draft.category())
                .ifPresent(category -> category.questions().forEach(question -> {
                    List<String> given = answers.getOrDefault(question.code(), List.of());
                    if (!question.takes(given)) {
                        errors.add(FieldError.of(question.field(), "roads.error.answer"));
                    } else if (question.must() && given.isEmpty()) {
                        errors.add(FieldError.of(question.field(), "roads.error.no-answer"));
                    }
                }));
        if (text.length() > LONGEST_DETAIL) {
            errors.add(FieldError.of("detail", "roads.error.long", LONGEST_DETAIL));
        }
        if (draft.category().equals("other") && text.isEmpty()) {
            errors.add(FieldError.of("detail", "roads.error.no-detail"));
        }
        if (!mail.isEmpty() && !Followers.isMail(mail)) {
            errors.add(FieldError.of("mail", "roads.error.mail"));
        }
        return errors;
    }

    private Reply send(Call call) {
        String id = call.part("draft");
        Optional<Draft> draft = found(call).filter(this::whole);
        if (draft.isEmpty()) {
            return Reply.seeOther("/roads/new");
        }
        Optional<Reports.Opened> opened = database.inTransaction(tx -> {
            if (!limits.take(tx, Limits.Kind.REPORT, call.address())) {
                return Optional.empty();
            }
            Reports.Opened made = reports.open(tx, call.caller(), report(call, id, draft.get()));
            drafts.remove(tx, id);
            return Optional.of(made);
        });
        return opened.map(o -> Reply.seeOther("/roads/mine/" + o.secret() + "?new=1"))
                .orElseGet(ReportForm::tooMany);
    }

    /** Whoever goes to the last step by its address alone has skipped something. */
    private boolean whole(Draft draft) {
        boolean somewhere = draft.place().isPresent() || !draft.landmark().isEmpty();
        return somewhere
                && categories.of(draft.category()).isPresent()
                && wrong(draft, draft.answers(), draft.detail(), draft.mail()).isEmpty();
    }

    private NewReport report(Call call, String id, Draft draft) {
        boolean staff =
                call.caller() instanceof Caller.Person person && person.post().isPresent();
        return new NewReport(
                categories.named(draft.category()),
                draft.place(),
                draft.landmark(),
                draft.detail(),
                draft.answers(),
                call.page().language(),
                staff ? "staff" : "web",
                "",
                draft.mail(),
                draft.photos() > 0 ? id : "");
    }

    private Reply shownPhoto(Call call) {
        return found(call)
                .flatMap(draft -> database.inTransaction(
                        tx -> cases.content(tx, "draft:" + call.part("draft"), call.part("file"))))
                .orElseGet(Reply::notFound);
    }

    private Optional<Draft> found(Call call) {
        String id = call.part("draft");
        return Secret.looksRight(id) ? database.inTransaction(tx -> drafts.find(tx, id)) : Optional.empty();
    }

    private interface Change {
        Draft to(Draft draft);
    }

    private interface Check {
        List<FieldError> of(Handle tx, Draft draft);
    }

    /** The step that was sent, and the one that comes after it. */
    private record Where(String page, int step, String next) {}

    /** Keeps what was typed, right or wrong; goes on when it is right. */
    private Reply changed(Call call, Change change, Check check, Where where) {
        Optional<Draft> before = found(call);
        if (before.isEmpty()) {
            return Reply.seeOther("/roads/new");
        }
        Draft after = change.to(before.get());
        List<FieldError> errors = database.inTransaction(tx -> {
            List<FieldError> wrong = check.of(tx, after);
            if (wrong.isEmpty()) {
                drafts.put(tx, call.part("draft"), after, call.now());
            }
            return wrong;
        });
        return errors.isEmpty()
                ? Reply.seeOther("/roads/new/" + call.part("draft") + "/" + where.next())
                : page(call, where.page(), where.step(), call.part("draft"), after, errors, 400);
    }

    private Reply step(Call call, String name, int step) {
        return found(call)
                .map(draft -> page(call, name, step, call.part("draft"), draft, List.of(), 200))
                .orElseGet(() -> Reply.seeOther("/roads/new"));
    }

    private Reply page(Call call, String name, int step, String id, Draft draft, List<FieldError> errors, int status) {
        FormView view = database.inTransaction(tx -> view(tx, call, step, id, draft, errors));
        Reply reply = Reply.html(html.render(HERE + name, call.page(), view)).withStatus(status);
        return name.equals("place") ? maps.withGround(reply) : reply;
    }

    private FormView view(Handle tx, Call call, int step, String id, Draft draft, List<FieldError> errors) {
        List<FormView.Near> near = draft.place().stream()
                .flatMap(place -> reports.near(tx, place, draft.category()).stream())
                .map(n -> new FormView.Near(n.report(), n.metres()))
                .toList();
        MapView map = maps.viewToMark(tx, call.page().language());
        return new FormView(
                id,
                step,
                draft,
                categories.all(),
                categories.of(draft.category()).stream().toList(),
                near,
                id.isEmpty() ? List.of() : cases.attached(tx, "draft:" + id),
                map,
                Around.of(tx, maps),
                Phones.of(people.departments(), call.page()),
                errors);
    }

    private static Reply tooMany() {
        return Reply.problem(429, "Too many reports came from this address within an hour; telephone if it is urgent.");
    }
}
