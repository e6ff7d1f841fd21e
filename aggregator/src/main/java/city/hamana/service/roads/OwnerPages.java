package city.hamana.service.roads;

import city.hamana.capability.cases.Attached;
import city.hamana.capability.cases.Cases;
import city.hamana.capability.maps.Maps;
import city.hamana.platform.access.Role;
import city.hamana.platform.access.Secret;
import city.hamana.platform.db.Database;
import city.hamana.platform.html.FieldError;
import city.hamana.platform.html.Html;
import city.hamana.platform.html.Page;
import city.hamana.platform.http.Call;
import city.hamana.platform.http.Reply;
import city.hamana.platform.http.Routes;
import city.hamana.platform.text.Language;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Tells the owner of a road that is not the city's: staff see the mail before it goes and choose its photo; the owner reads
 * and answers on a page of their own, without signing in.
 */
final class OwnerPages {
    private static final String HERE = "city/hamana/service/roads/";
    private static final int LONGEST_FACTS = 4_000;
    private static final int LONGEST_ANSWER = 2_000;

    private final Database database;
    private final Html html;
    private final Cases cases;
    private final Maps maps;
    private final ReportStore store;
    private final Reports reports;
    private final Categories categories;
    private final Owners owners;
    private final Limits limits;
    private final OwnReports own;

    OwnerPages(
            Database database,
            Html html,
            Cases cases,
            Maps maps,
            ReportStore store,
            Reports reports,
            Categories categories,
            Owners owners,
            Limits limits) {
        this.database = database;
        this.html = html;
        this.cases = cases;
        this.maps = maps;
        this.store = store;
        this.reports = reports;
        this.categories = categories;
        this.owners = owners;
        this.limits = limits;
        this.own = new OwnReports(database, cases, store);
    }

    void routes(Routes routes) {
        routes.get("/staff/roads/{id}/owner", Role.STAFF, call -> preview(call, "", List.of(), 200))
                .post("/staff/roads/{id}/owner", Role.STAFF, this::tell)
                .post("/staff/roads/{id}/owner/answer", Role.STAFF, this::writeDown)
                .get("/roads/owner/{secret}", Role.ANYONE, call -> ownersPage(call, List.of(), 200))
                .get("/roads/owner/{secret}/photo", Role.ANYONE, this::photo)
                .post("/roads/owner/{secret}", Role.ANYONE, this::answer);
    }

    private Reply preview(Call call, String typed, List<FieldError> errors, int status) {
        String id = call.part("id");
        return database.inTransaction(tx -> cases.read(tx, call.caller(), id, "roads.examine")
                        .flatMap(file -> store.find(tx, id))
                        .filter(Report::foreign)
                        .map(report -> view(tx, call, report, typed, errors)))
                .map(view -> Reply.html(html.render(HERE + "owner", call.page(), view))
                        .withStatus(status))
                .orElseGet(Reply::notFound);
    }

    private OwnerView view(Handle tx, Call call, Report report, String typed, List<FieldError> errors) {
        Owners.Contact contact = owners.contact(tx, report.owner(), today(call));
        return new OwnerView(
                report,
                where(tx, call.page(), report),
                contact.name(),
                contact.mail(),
                typed.isEmpty() ? facts(tx, call.page(), report) : typed,
                cases.attached(tx, report.subject()).stream()
                        .filter(Attached::picture)
                        .toList(),
                Optional.empty(),
                false,
                errors);
    }

    private static LocalDate today(Call call) {
        return call.now().atZone(call.page().zone()).toLocalDate();
    }

    private String where(Handle tx, Page page, Report report) {
        return Around.of(tx, maps).words(page, report.place());
    }

    /** In Japanese, whatever staff read; without what its sender wrote, which may name people. */
    private String facts(Handle tx, Page reader, Report report) {
        Page page = new Page(reader.frame(), Language.JA, reader.size(), reader.reader(), reader.path(), reader.csrf());
        StringBuilder facts = new StringBuilder();
        facts.append(page.plain("roads.number"))
                .append(": ")
                .append(report.id())
                .append('\n');
        facts.append(page.plain("roads.kind"))
                .append(": ")
                .append(categories.named(report.category()).title())
                .append('\n');
        facts.append(page.plain("roads.place")).append(": ").append(where(tx, page, report));
        report.place().ifPresent(p -> facts.append(" (%.5f, %.5f)".formatted(p.latitude(), p.longitude())));
        facts.append('\n');
        if (!report.landmark().isEmpty()) {
            facts.append(page.plain("roads.landmark.label"))
                    .append(": ")
                    .append(report.landmark())
                    .append('\n');
        }
        facts.append(page.plain("roads.opened")).append(": ").append(page.fullMoment(report.opened()));
        return facts.toString();
    }

    private Reply tell(Call call) {
        String facts = call.form().text("facts").strip().replace("\r\n", "\n");
        if (facts.isEmpty() || facts.length() > LONGEST_FACTS) {
            return preview(call, facts, List.of(FieldError.of("facts", "roads.error.long", LONGEST_FACTS)), 400);
        }
        boolean byMail = call.field("do").equals("mail");
        return own.work(call, Report::foreign, (tx, report) -> {
            String mail =
                    byMail ? owners.contact(tx, report.owner(), today(call)).mail() : "";
            if (byMail && mail.isEmpty()) {
                return Reply.problem(409, "No mail address of this owner is known any more.");
            }
            String photo = call.field("photo");
            boolean known = cases.attached(tx, report.subject()).stream()
                    .anyMatch(file -> file.id().equals(photo) && file.picture());
            reports.tellOwner(tx, call.person(), report, mail, facts, known ? photo : "");
            return back(report);
        });
    }

    /** What the owner said by telephone or letter. */
    private Reply writeDown(Call call) {
        String answer = call.field("answer");
        String text = call.form().text("text").strip().replace("\r\n", "\n");
        return own.work(call, Report::foreign, (tx, report) -> {
            if (!Told.ANSWERS.contains(answer) || text.length() > LONGEST_ANSWER) {
                return Reply.badRequest("There is no such answer.");
            }
            Optional<Told> last = reports.told(tx, report.id()).stream().findFirst();
            last.ifPresent(told -> reports.ownerSaid(tx, call.caller(), told, answer, text));
            return last.isEmpty() ? Reply.problem(409, "The owner was not told yet.") : back(report);
        });
    }

    private static Reply back(Report report) {
        return Reply.seeOther("/staff/roads/" + report.id() + "#owner-told");
    }

    private Optional<Told> told(Handle tx, Call call) {
        return Optional.of(call.part("secret")).filter(Secret::looksRight).flatMap(word -> reports.toldBy(tx, word));
    }

    /** The address is the key: it must not travel to other pages. */
    private Reply ownersPage(Call call, List<FieldError> errors, int status) {
        Optional<OwnerView> view = database.inTransaction(tx -> told(tx, call)
                .flatMap(told -> store.find(tx, told.report())
                        .map(report -> new OwnerView(
                                report,
                                where(tx, call.page(), report),
                                "",
                                told.mail(),
                                told.facts(),
                                List.of(),
                                Optional.of(told),
                                call.query("said").isPresent(),
                                errors))));
        return view.map(v -> Reply.html(html.render(HERE + "owner-answer", call.page(), v))
                        .withStatus(status)
                        .with("Referrer-Policy", "no-referrer"))
                .orElseGet(Reply::notFound);
    }

    private Reply photo(Call call) {
        return database.inTransaction(tx -> told(tx, call)
                        .filter(told -> !told.photo().isEmpty())
                        .flatMap(told -> cases.content(tx, "case:" + told.report(), told.photo())))
                .orElseGet(Reply::notFound);
    }

    private Reply answer(Call call) {
        String answer = call.field("answer");
        String text = call.form().text("text").strip().replace("\r\n", "\n");
        if (!Told.ANSWERS.contains(answer) || text.length() > LONGEST_ANSWER) {
            return ownersPage(call, List.of(FieldError.of("answer", "roads.error.owner-answer")), 400);
        }
        return database.inTransaction(tx -> {
            Optional<Told> told = told(tx, call);
            if (told.isEmpty()) {
                return Reply.notFound();
            }
            if (!limits.take(tx, Limits.Kind.OWNER, call.address())) {
                return Reply.problem(429, "Too many answers came from this address within an hour.");
            }
            reports.ownerSaid(tx, call.caller(), told.get(), answer, text);
            return Reply.seeOther(told.get().path() + "?said=yes");
        });
    }
}
