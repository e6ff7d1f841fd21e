package city.hamana.service.quality;

import city.hamana.capability.documents.Documents;
import city.hamana.capability.notices.Notice;
import city.hamana.capability.notices.Notices;
import city.hamana.capability.notices.Recipient;
import city.hamana.capability.notices.Urgency;
import city.hamana.capability.rules.Decision;
import city.hamana.capability.rules.Rules;
import city.hamana.messages.Quantity;
import city.hamana.platform.access.Role;
import city.hamana.platform.db.Database;
import city.hamana.platform.events.Event;
import city.hamana.platform.events.Events;
import city.hamana.platform.html.Door;
import city.hamana.platform.html.FieldError;
import city.hamana.platform.html.Html;
import city.hamana.platform.html.Page;
import city.hamana.platform.http.Call;
import city.hamana.platform.http.Handler;
import city.hamana.platform.http.Reply;
import city.hamana.platform.http.Routes;
import city.hamana.platform.jobs.Jobs;
import city.hamana.platform.module.Panel;
import city.hamana.platform.module.ServiceModule;
import city.hamana.sensing.equipment.Inventory;
import city.hamana.sensing.readings.Readings;
import city.hamana.sensing.readings.SeriesInfo;
import gg.jte.Content;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** Chlorine in the city's drinking water (measure 4 of the plan). */
public final class WaterQuality implements ServiceModule {
    private static final String HERE = "city/hamana/service/quality/";
    private static final String DIVISION = "suido";
    private static final String SAMPLE = "chlorine-iride";
    private static final Duration LOOK_EVERY = Duration.ofMinutes(1);
    private static final Set<String> KINDS = Set.of("free", "combined");
    private static final int MOST_POINTS = 200;
    private static final int HISTORY = 30;
    private static final int LONGEST_NAME = 100;
    private static final int LONGEST_NOTE = 200;
    private static final int MOST_MICROGRAMS = 9_999;

    private final Database database;
    private final Events events;
    private final Html html;
    private final Clock clock;
    private final Rules rules;
    private final Documents documents;
    private final Notices notices;
    private final Readings readings;
    private final Inventory inventory;
    private final Store store = new Store();

    /** @param clock the city's, on which analysers measure */
    public WaterQuality(
            Database database,
            Events events,
            Html html,
            Clock clock,
            Rules rules,
            Documents documents,
            Notices notices,
            Readings readings,
            Inventory inventory) {
        this.database = database;
        this.events = events;
        this.html = html;
        this.clock = clock;
        this.rules = rules;
        this.documents = documents;
        this.notices = notices;
        this.readings = readings;
        this.inventory = inventory;
        rules.table(WaterQuality.class, "chlorine-limit");
        rules.table(WaterQuality.class, "hypochlorite");
    }

    @Override
    public String name() {
        return "quality";
    }

    @Override
    public void routes(Routes routes) {
        routes.get("/staff/quality", Role.STAFF, ours(this::list))
                .post("/staff/quality", Role.STAFF, ours(this::add))
                .get("/staff/quality/report", Role.STAFF, ours(this::report))
                .get("/staff/quality/report.csv", Role.STAFF, ours(this::csv))
                .get("/staff/quality/report.pdf", Role.STAFF, ours(this::pdf))
                .get("/staff/quality/points/{id}", Role.STAFF, ours(this::show))
                .post("/staff/quality/points/{id}", Role.STAFF, ours(this::change))
                .post("/staff/quality/points/{id}/check", Role.STAFF, ours(this::check));
    }

    @Override
    public List<Door> doors() {
        return List.of(new Door("/staff/quality", "quality.door", Role.STAFF, Door.Group.WORK));
    }

    @Override
    public List<Panel> panels() {
        return List.of(new Panel(DIVISION, this::panel));
    }

    @Override
    public void jobs(Jobs jobs) {
        jobs.schedule("quality-look", LOOK_EVERY, this::look);
    }

    /** The demonstration's analyser; it is SIMULATED. */
    @Override
    public void seed(Handle tx) {
        if (store.point(tx, SAMPLE).isEmpty()) {
            store.add(tx, new Point(SAMPLE, "入出配水池系 末端(見本)", "free", 40, false, "", Verdict.SILENT, clock.instant()));
        }
    }

    private static Handler ours(Handler handler) {
        return call -> call.person().worksIn(DIVISION)
                ? handler.handle(call)
                : Reply.problem(403, "Water quality is the waterworks division's.");
    }

    /** Looks at every place; what has changed goes to the log, and what is the water's to the waterworks. */
    public void look() {
        for (Point point : database.inTransaction(store::points)) {
            Finding finding = finding(point);
            if (finding.verdict() != point.verdict()) {
                database.inTransaction(tx -> {
                    store.found(tx, point.found(finding.verdict(), clock.instant()));
                    tell(tx, point, finding);
                    return point;
                });
            }
        }
    }

    private void tell(Handle tx, Point point, Finding finding) {
        Instant now = clock.instant();
        String mgL = finding.last().map("%.2f"::formatted).orElse("–");
        if (finding.verdict() != Verdict.SOUND) {
            notices.send(
                    tx,
                    new Notice(
                            new Recipient.Division(DIVISION),
                            "quality.notice." + finding.verdict().code(),
                            List.of(point.name(), mgL),
                            "/staff/quality/points/" + point.id(),
                            finding.verdict() == Verdict.LOW ? Urgency.EMERGENCY : Urgency.PROMPT,
                            "quality:" + point.id() + ":" + finding.verdict().code() + ":" + now.toEpochMilli()));
        }
        Map<String, Object> detail = new LinkedHashMap<>(Map.of("mg-l", mgL));
        detail.put("reasons", String.join(" ", finding.reasons()));
        events.append(
                tx,
                new Event(now, "quality." + finding.verdict().code(), "device:" + point.id(), point.subject(), detail));
    }

    private Finding finding(Point point) {
        Instant now = clock.instant();
        Instant from = now.minus(Residual.LOOKED_BACK);
        return Residual.of(
                readings.series(point.id(), Quantity.FREE_CHLORINE, from, now.plusMillis(1)),
                readings.series(point.id(), Quantity.ANALYSER_CONDITIONS, from, now.plusMillis(1)),
                database.inTransaction(tx -> limits(tx, point)),
                now);
    }

    private Limits limits(Handle tx, Point point) {
        Decision decision =
                rules.decide(tx, "chlorine-limit", today(), Map.of("kind", point.kind(), "raised", point.raised()));
        return new Limits(
                Double.parseDouble(decision.results().get("least")),
                Double.parseDouble(decision.results().get("most")),
                Duration.ofHours(Long.parseLong(decision.results().get("warn-hours"))),
                decision.reference(),
                decision.citation());
    }

    private LocalDate today() {
        return LocalDate.now(clock);
    }

    private List<PointList.Line> lines() {
        return database.inTransaction(tx -> store.points(tx).stream()
                .map(point -> new PointList.Line(point, finding(point), limits(tx, point), checkOf(tx, point, today())))
                .toList());
    }

    private Content panel(Page page) {
        return html.part(HERE + "panel", page, new PointList(lines(), List.of(), today()));
    }

    private Reply list(Call call) {
        List<PointList.Line> lines = lines();
        List<String> known = lines.stream().map(line -> line.point().id()).toList();
        List<String> unknown = readings.having(Set.of(Quantity.FREE_CHLORINE), MOST_POINTS).stream()
                .map(SeriesInfo::meter)
                .filter(id -> !known.contains(id))
                .toList();
        return Reply.html(html.render(HERE + "list", call.page(), new PointList(lines, unknown, today())));
    }

    private Optional<Check> checkOf(Handle tx, Point point, LocalDate day) {
        return Optional.ofNullable(
                store.checks(tx, point.id(), day, day.plusDays(1)).get(day));
    }

    /** Makes an analyser that has values a place that is looked at. */
    private Reply add(Call call) {
        String id = call.field("id");
        String name = call.field("name").strip();
        boolean has = readings.having(Set.of(Quantity.FREE_CHLORINE), MOST_POINTS).stream()
                .anyMatch(series -> series.meter().equals(id));
        if (!has || name.isEmpty() || name.length() > LONGEST_NAME || !KINDS.contains(call.field("kind"))) {
            return Reply.badRequest("A place needs an analyser that has values, and a name.");
        }
        database.inTransaction(tx -> {
            if (store.point(tx, id).isEmpty()) {
                Point point = new Point(id, name, call.field("kind"), 0, false, "", Verdict.SILENT, clock.instant());
                store.add(tx, point);
                append(tx, call, "quality.point-added", point, Map.of("name", name));
            }
            return id;
        });
        return Reply.seeOther("/staff/quality/points/" + id);
    }

    private Reply show(Call call) {
        return page(call, List.of(), 200);
    }

    private Reply page(Call call, List<FieldError> errors, int status) {
        Optional<Point> point = database.inTransaction(tx -> store.point(tx, call.part("id")));
        return point.map(found -> Reply.html(html.render(HERE + "point", call.page(), view(found, errors)))
                        .withStatus(status))
                .orElseGet(Reply::notFound);
    }

    private PointPage view(Point point, List<FieldError> errors) {
        Finding finding = finding(point);
        Instant now = clock.instant();
        return database.inTransaction(tx -> {
            Limits limits = limits(tx, point);
            return new PointPage(
                    point,
                    finding,
                    limits,
                    advice(tx, point, finding, limits),
                    inventory
                            .trace(point.id(), Quantity.FREE_CHLORINE, now.minus(Residual.LOOKED_BACK), now)
                            .with(
                                    List.of(limits.least(), limits.most()),
                                    List.of("quality.limit.least", "quality.limit.most")),
                    today(),
                    checkOf(tx, point, today()),
                    events.about(tx, point.subject(), HISTORY),
                    errors);
        });
    }

    private Optional<Advice> advice(Handle tx, Point point, Finding finding, Limits limits) {
        boolean wanting = finding.verdict() == Verdict.LOW || finding.verdict() == Verdict.FALLING;
        if (!wanting || point.flowM3h() == 0 || finding.last().isEmpty()) {
            return Optional.empty();
        }
        Decision strength = rules.decide(tx, "hypochlorite", today(), Map.of("kind", point.kind()));
        return Optional.of(Advice.of(
                finding.last().get(),
                limits,
                point.flowM3h(),
                Double.parseDouble(strength.results().get("percent")),
                Double.parseDouble(strength.results().get("density"))));
    }

    private Reply change(Call call) {
        String name = call.field("name").strip();
        String flow = call.field("flow").strip();
        String why = call.field("why").strip();
        boolean raised = call.field("raised").equals("yes");
        List<FieldError> errors = new ArrayList<>();
        if (name.isEmpty() || name.length() > LONGEST_NAME) {
            errors.add(FieldError.of("name", "quality.error.name"));
        }
        if (!flow.matches("\\d{1,6}")) {
            errors.add(FieldError.of("flow", "quality.error.flow"));
        }
        if (raised && (why.isEmpty() || why.length() > LONGEST_NOTE)) {
            errors.add(FieldError.of("why", "quality.error.why"));
        }
        if (!errors.isEmpty() || !KINDS.contains(call.field("kind"))) {
            return page(call, errors, 400);
        }
        boolean done = database.holds(tx -> store.point(tx, call.part("id"))
                .map(before -> {
                    Point now = new Point(
                            before.id(),
                            name,
                            call.field("kind"),
                            Integer.parseInt(flow),
                            raised,
                            raised ? why : "",
                            before.verdict(),
                            before.since());
                    store.facts(tx, now);
                    String kind = raised == before.raised()
                            ? "quality.point-changed"
                            : raised ? "quality.limit-raised" : "quality.limit-lowered";
                    append(tx, call, kind, now, Map.of("name", name, "flow", flow, "why", now.why()));
                    return now;
                })
                .isPresent());
        return done ? Reply.seeOther("/staff/quality/points/" + call.part("id")) : Reply.notFound();
    }

    /** Writes a day's check down, or writes it anew. */
    private Reply check(Call call) {
        Optional<LocalDate> day = day(call.field("day")).filter(d -> !d.isAfter(today()));
        String residual = call.field("residual").strip();
        String note = call.field("note").strip();
        List<FieldError> errors = new ArrayList<>();
        if (day.isEmpty()) {
            errors.add(FieldError.of("day", "quality.error.day"));
        }
        if (!residual.matches("[0-9](\\.[0-9]{1,3})?")) {
            errors.add(FieldError.of("residual", "quality.error.residual"));
        }
        if (note.length() > LONGEST_NOTE) {
            errors.add(FieldError.of("note", "quality.error.note"));
        }
        if (!errors.isEmpty()) {
            return page(call, errors, 400);
        }
        int micrograms = (int) Math.round(Double.parseDouble(residual) * 1e3);
        boolean done = database.holds(tx -> store.point(tx, call.part("id"))
                .map(point -> {
                    Check check = new Check(
                            point.id(),
                            day.get(),
                            checkOf(tx, point, day.get())
                                    .map(before -> before.correction() + 1)
                                    .orElse(0),
                            call.field("colour").equals("seen"),
                            call.field("turbidity").equals("seen"),
                            Math.min(micrograms, MOST_MICROGRAMS),
                            note,
                            call.person().name(),
                            clock.instant());
                    store.add(tx, check);
                    String kind = check.correction() == 0 ? "quality.checked" : "quality.check-corrected";
                    append(
                            tx,
                            call,
                            kind,
                            point,
                            Map.of(
                                    "day", check.day().toString(),
                                    "colour", check.colour(),
                                    "turbidity", check.turbidity(),
                                    "residual-ug", check.residualMicrograms()));
                    return check;
                })
                .isPresent());
        return done ? Reply.seeOther("/staff/quality") : Reply.notFound();
    }

    private void append(Handle tx, Call call, String kind, Point point, Map<String, ?> detail) {
        events.append(tx, new Event(clock.instant(), kind, call.caller().actor(), point.subject(), detail));
    }

    private static Optional<LocalDate> day(String text) {
        try {
            return Optional.of(LocalDate.parse(text));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private Reply report(Call call) {
        YearMonth month = month(call);
        return Reply.html(html.render(
                HERE + "report", call.page(), new ReportPage(month, YearMonth.from(today()), reports(month))));
    }

    private Reply csv(Call call) {
        YearMonth month = month(call);
        return Reply.text("text/csv", ReportCsv.of(reports(month), call.page()))
                .download("water-quality-" + month + ".csv");
    }

    private Reply pdf(Call call) {
        YearMonth month = month(call);
        List<Report> reports = reports(month);
        return reports.isEmpty()
                ? Reply.notFound()
                : Reply.bytes("application/pdf", ReportPdf.of(reports, call.page(), documents))
                        .download("water-quality-" + month + ".pdf");
    }

    /** The month asked for; else the one that runs. */
    private YearMonth month(Call call) {
        YearMonth now = YearMonth.from(today());
        return call.query("month")
                .flatMap(text -> day(text + "-01"))
                .map(YearMonth::from)
                .filter(month -> !month.isAfter(now))
                .orElse(now);
    }

    private List<Report> reports(YearMonth month) {
        Instant from = month.atDay(1).atStartOfDay(clock.getZone()).toInstant();
        Instant until =
                month.plusMonths(1).atDay(1).atStartOfDay(clock.getZone()).toInstant();
        return database.inTransaction(tx -> store.points(tx).stream()
                .map(point -> Report.of(
                        point,
                        month,
                        limits(tx, point),
                        readings.series(point.id(), Quantity.FREE_CHLORINE, from, until),
                        store.checks(
                                tx,
                                point.id(),
                                month.atDay(1),
                                month.plusMonths(1).atDay(1)),
                        today(),
                        clock.getZone()))
                .toList());
    }
}
