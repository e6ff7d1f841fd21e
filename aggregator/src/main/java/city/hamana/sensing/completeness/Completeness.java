package city.hamana.sensing.completeness;

import city.hamana.capability.documents.Documents;
import city.hamana.link.DeviceIdentity;
import city.hamana.messages.DeviceId;
import city.hamana.messages.v1.BlockSet;
import city.hamana.platform.access.Role;
import city.hamana.platform.db.Database;
import city.hamana.platform.events.Event;
import city.hamana.platform.events.Events;
import city.hamana.platform.html.Door;
import city.hamana.platform.html.Html;
import city.hamana.platform.http.Call;
import city.hamana.platform.http.Caller;
import city.hamana.platform.http.Reply;
import city.hamana.platform.http.Routes;
import city.hamana.platform.module.ServiceModule;
import city.hamana.sensing.devices.Device;
import city.hamana.sensing.devices.Devices;
import city.hamana.sensing.ingest.Account;
import city.hamana.sensing.ingest.Ingest;
import city.hamana.sensing.ingest.Said;
import java.time.Clock;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The completeness report: per device and period, what is held, and where everything else is. */
public final class Completeness implements ServiceModule {
    private static final String HERE = "city/hamana/sensing/completeness/";
    private static final String PDF = ".pdf";
    private static final int LONGEST_TEXT = 64;

    private final Database database;
    private final Events events;
    private final Ingest ingest;
    private final Devices devices;
    private final Html html;
    private final DeviceIdentity identity;
    private final Documents documents;
    private final Clock city;
    private final InstantSource real;

    /**
     * The report over these modules.
     *
     * @param identity who signs it
     * @param city the city's clock, on which periods are asked for
     */
    public Completeness(
            Database database,
            Events events,
            Ingest ingest,
            Devices devices,
            Html html,
            DeviceIdentity identity,
            Documents documents,
            Clock city,
            InstantSource real) {
        this.database = database;
        this.events = events;
        this.ingest = ingest;
        this.devices = devices;
        this.html = html;
        this.identity = identity;
        this.documents = documents;
        this.city = city;
        this.real = real;
    }

    @Override
    public String name() {
        return "completeness";
    }

    @Override
    public void routes(Routes routes) {
        routes.get("/staff/completeness", Role.STAFF, this::list)
                .get("/staff/completeness.csv", Role.STAFF, this::csv)
                .get("/staff/completeness/{device}", Role.STAFF, this::report)
                .get("/api/v1/completeness", Role.API_TOKEN, this::listJson)
                .get("/api/v1/completeness/{device}", Role.API_TOKEN, this::reportJson);
    }

    @Override
    public List<Door> doors() {
        return List.of(new Door("/staff/completeness", "completeness.door", Role.STAFF, Door.Group.SENSING));
    }

    private Reply list(Call call) {
        return Reply.html(html.render(HERE + "list", call.page(), overview(call, period(call))));
    }

    private Reply csv(Call call) {
        Overview overview = overview(call, period(call));
        return Reply.text("text/csv", CompletenessCsv.of(overview)).download("completeness.csv");
    }

    /** A device's page; with {@code .pdf} behind its id the signed report. */
    private Reply report(Call call) {
        String device = call.part("device");
        if (device.endsWith(PDF)) {
            return pdf(call, device.substring(0, device.length() - PDF.length()));
        }
        return report(device, period(call))
                .map(report -> Reply.html(html.render(HERE + "report", call.page(), report)))
                .orElseGet(Reply::notFound);
    }

    /** That somebody took a report out of the house is itself told. */
    private Reply pdf(Call call, String device) {
        Optional<Report> report = report(device, period(call));
        report.ifPresent(r -> database.inTransaction(tx -> events.append(
                tx,
                new Event(
                        real.instant(),
                        "completeness.reported",
                        call.person().actor(),
                        "device:" + r.account().device(),
                        Map.of(
                                "from", r.period().from().toString(),
                                "to", r.period().to().toString())))));
        return report.map(r -> Reply.bytes("application/pdf", AuditPdf.of(r, call.page(), identity, documents))
                        .download("completeness-" + r.account().device() + ".pdf"))
                .orElseGet(Reply::notFound);
    }

    private Reply listJson(Call call) {
        if (!mayRead(call)) {
            return scopeMissing();
        }
        return Period.asked(call)
                .map(period -> CompletenessJson.of(overview(call, period)))
                .orElseGet(Completeness::badPeriod);
    }

    private Reply reportJson(Call call) {
        if (!mayRead(call)) {
            return scopeMissing();
        }
        Optional<Period> period = Period.asked(call);
        return period.isEmpty()
                ? badPeriod()
                : report(call.part("device"), period.get())
                        .map(CompletenessJson::of)
                        .orElseGet(Reply::notFound);
    }

    private Overview overview(Call call, Period period) {
        Map<String, List<Said>> said = said();
        Map<String, Account> accounts = new TreeMap<>(ingest.accounts(period.span(city, real), said));
        said.keySet().stream().filter(DeviceId::valid).forEach(id -> accounts.putIfAbsent(id, Account.none(id)));
        String text = call.query("q").orElse("").toLowerCase(Locale.ROOT);
        return Overview.of(accounts.values(), period, text.substring(0, Math.min(LONGEST_TEXT, text.length())));
    }

    /** Empty where nothing was ever heard of the device. */
    private Optional<Report> report(String device, Period period) {
        List<Said> said = said().getOrDefault(device, List.of());
        if (!DeviceId.valid(device) || (said.isEmpty() && !ingest.knows(device))) {
            return Optional.empty();
        }
        Account account = ingest.account(device, period.span(city, real), said);
        return Optional.of(new Report(account, said, period, real.instant()));
    }

    /** What is last said of each device's waiting blocks: by itself, its gateway, and whoever else holds some. */
    private Map<String, List<Said>> said() {
        List<Device> all = devices.devices();
        Map<String, Device> byId = new HashMap<>();
        all.forEach(device -> byId.put(device.id(), device));
        Map<String, Set<String>> tellers = new HashMap<>();
        for (Device device : all) {
            Set<String> own = tellers.computeIfAbsent(device.id(), d -> new LinkedHashSet<>());
            own.add(device.id());
            own.add(device.gateway());
            for (BlockSet set : device.status().getPendingList()) {
                tellers.computeIfAbsent(set.getDeviceId(), d -> new LinkedHashSet<>())
                        .add(device.id());
            }
        }
        Map<String, List<Said>> said = new HashMap<>();
        tellers.forEach((id, by) -> said.put(
                id,
                by.stream()
                        .filter(byId::containsKey)
                        .map(byId::get)
                        .map(Completeness::said)
                        .toList()));
        return said;
    }

    private static Said said(Device device) {
        return new Said(device.id(), device.status(), device.heard());
    }

    /** A page shows something rather than an error: days that make no sense become the last 30. */
    private static Period period(Call call) {
        return Period.asked(call).orElseGet(() -> Period.usual(call));
    }

    private static boolean mayRead(Call call) {
        return call.caller() instanceof Caller.Program program
                && program.scopes().contains("readings");
    }

    private static Reply scopeMissing() {
        return Reply.problem(403, "The token's scope does not hold readings.");
    }

    private static Reply badPeriod() {
        return Reply.badRequest("from and to are days like 2026-07-01, from not after to, at most 400 days.");
    }
}
