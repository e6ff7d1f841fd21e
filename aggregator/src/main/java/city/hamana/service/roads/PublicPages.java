package city.hamana.service.roads;

import city.hamana.capability.cases.Attached;
import city.hamana.capability.cases.Cases;
import city.hamana.capability.maps.Layer;
import city.hamana.capability.maps.Maps;
import city.hamana.capability.maps.Pin;
import city.hamana.platform.access.Role;
import city.hamana.platform.access.Secret;
import city.hamana.platform.db.Database;
import city.hamana.platform.html.Html;
import city.hamana.platform.html.Page;
import city.hamana.platform.http.Call;
import city.hamana.platform.http.Reply;
import city.hamana.platform.http.Routes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** What everybody may read of the reports, and the page of who made one. */
final class PublicPages {
    private static final String HERE = "city/hamana/service/roads/";
    private static final int MOST = 200;
    private static final Duration RECENT = Duration.ofDays(60);

    private final Database database;
    private final Html html;
    private final Cases cases;
    private final Maps maps;
    private final ReportStore store;
    private final Reports reports;
    private final Followers followers;
    private final Categories categories;
    private final Limits limits;

    PublicPages(
            Database database,
            Html html,
            Cases cases,
            Maps maps,
            ReportStore store,
            Reports reports,
            Followers followers,
            Categories categories,
            Limits limits) {
        this.database = database;
        this.html = html;
        this.cases = cases;
        this.maps = maps;
        this.store = store;
        this.reports = reports;
        this.followers = followers;
        this.categories = categories;
        this.limits = limits;
    }

    void routes(Routes routes) {
        routes.get("/roads", Role.ANYONE, this::list)
                .get("/roads/mine/{secret}", Role.ANYONE, this::mine)
                .get("/roads/mine/{secret}/photo/{file}", Role.ANYONE, this::minePhoto)
                .get("/roads/follow/{token}", Role.ANYONE, this::follow)
                .post("/roads/follow/{token}", Role.ANYONE, this::followChange)
                .get("/roads/{id}", Role.ANYONE, this::report)
                .get("/roads/{id}/photo", Role.ANYONE, this::photo)
                .post("/roads/{id}/support", Role.ANYONE, this::support)
                .post("/roads/{id}/follow", Role.ANYONE, this::ask);
    }

    private Reply list(Call call) {
        String state = call.query("state")
                .filter(List.of("open", "closed", "all")::contains)
                .orElse("open");
        String category =
                call.query("category").filter(c -> categories.of(c).isPresent()).orElse("");
        boolean open = state.equals("open");
        Filter filter = new Filter(
                state,
                category,
                "",
                "",
                "",
                open ? Optional.empty() : Optional.of(call.now().minus(RECENT)),
                call.now(),
                MOST);
        ListView view = database.inTransaction(tx -> {
            List<Report> found = store.list(tx, filter);
            Around around = Around.of(tx, maps);
            return new ListView(
                    state,
                    category,
                    categories.all(),
                    found,
                    maps.view(tx, pins(call.page(), found, around, "/roads/")),
                    around);
        });
        return maps.withGround(Reply.html(html.render(HERE + "list", call.page(), view)));
    }

    /** In the order and under the numbers of the list; those without a place are in the list only. */
    static List<Pin> pins(Page page, List<Report> reports, Around around, String path) {
        List<Pin> pins = new ArrayList<>();
        for (int i = 0; i < reports.size(); i++) {
            Report report = reports.get(i);
            int number = i + 1;
            report.place()
                    .ifPresent(place -> pins.add(new Pin(
                            report.id(),
                            number,
                            page.plain("roads.category." + report.category() + ".name"),
                            page.plain("roads.state." + report.state().code()) + " · "
                                    + around.words(page, report.place()),
                            place,
                            report.state().open() ? Layer.Marker.PIN : Layer.Marker.SQUARE,
                            report.state().open() ? "open" : "ended",
                            path + report.id())));
        }
        return pins;
    }

    private Reply report(Call call) {
        return withReport(call, report -> page(call, report, said(call), false, 200));
    }

    private static String said(Call call) {
        return call.query("said")
                .filter(List.of("supported", "supported-before", "asked")::contains)
                .orElse("");
    }

    private interface With {
        Reply show(Report report);
    }

    private Reply withReport(Call call, With with) {
        String id = call.part("id");
        Optional<Report> report =
                id.matches("\\d{4}-\\d{6,9}") ? database.inTransaction(tx -> store.find(tx, id)) : Optional.empty();
        return report.filter(r -> !r.state().code().equals("withdrawn"))
                .map(with::show)
                .orElseGet(Reply::notFound);
    }

    private Reply page(Call call, Report report, String said, boolean wrongMail, int status) {
        ReportView view = database.inTransaction(tx -> view(tx, call, report, "", List.of(), said, wrongMail));
        return maps.withGround(
                Reply.html(html.render(HERE + "report", call.page(), view)).withStatus(status));
    }

    private ReportView view(
            Handle tx, Call call, Report report, String secret, List<Attached> photos, String said, boolean wrongMail) {
        Around around = Around.of(tx, maps);
        return new ReportView(
                report,
                categories.named(report.category()),
                store.steps(tx, report.id()),
                maps.view(tx, pins(call.page(), List.of(report), around, "")),
                around,
                secret,
                photos,
                said,
                wrongMail);
    }

    private Reply photo(Call call) {
        return withReport(
                call,
                report -> report.shownPhoto().isEmpty()
                        ? Reply.notFound()
                        : database.inTransaction(tx -> cases.content(tx, report.subject(), report.shownPhoto()))
                                .orElseGet(Reply::notFound));
    }

    /** The same trouble seen by one more; from one address once an hour. */
    private Reply support(Call call) {
        return withReport(call, report -> {
            boolean counted = database.inTransaction(tx -> {
                boolean first = report.state().open()
                        && limits.take(tx, Limits.Kind.SUPPORT, call.address())
                        && limits.first(tx, "support " + report.id(), call.address());
                if (first) {
                    reports.support(tx, call.caller(), report);
                }
                return first;
            });
            return Reply.seeOther("/roads/" + report.id() + (counted ? "?said=supported" : "?said=supported-before"));
        });
    }

    private Reply ask(Call call) {
        return withReport(call, report -> {
            String mail = call.field("mail");
            if (!Followers.isMail(mail)) {
                return page(call, report, "", true, 400);
            }
            boolean asked = database.inTransaction(tx -> {
                boolean free = limits.take(tx, Limits.Kind.FOLLOW, call.address());
                if (free) {
                    followers.ask(tx, report.id(), mail, call.page().language(), call.now());
                }
                return free;
            });
            return asked
                    ? Reply.seeOther("/roads/" + report.id() + "?said=asked")
                    : Reply.problem(429, "Too many were asked for from this address within an hour.");
        });
    }

    private Reply mine(Call call) {
        String secret = call.part("secret");
        Optional<Report> report =
                Secret.looksRight(secret) ? database.inTransaction(tx -> store.ofSecret(tx, secret)) : Optional.empty();
        if (report.isEmpty()) {
            return Reply.notFound();
        }
        String said = call.query("new").isPresent() ? "new" : "";
        ReportView view = database.inTransaction(tx -> view(
                tx, call, report.get(), secret, cases.attached(tx, report.get().subject()), said, false));
        // The address is the key: it must not travel to other pages or stay in a shared store.
        return maps.withGround(Reply.html(html.render(HERE + "mine", call.page(), view)))
                .with("Referrer-Policy", "no-referrer");
    }

    private Reply minePhoto(Call call) {
        String secret = call.part("secret");
        return Optional.of(secret)
                .filter(Secret::looksRight)
                .flatMap(word -> database.inTransaction(tx -> store.ofSecret(tx, word)
                        .flatMap(report -> cases.content(tx, report.subject(), call.part("file")))))
                .orElseGet(Reply::notFound);
    }

    private Reply follow(Call call) {
        return follower(call)
                .map(f -> Reply.html(html.render(
                                HERE + "follow",
                                call.page(),
                                new FollowView(f.token(), f.report(), f.mail(), f.confirmed(), "")))
                        .with("Referrer-Policy", "no-referrer"))
                .orElseGet(Reply::notFound);
    }

    /** By a button: programs that look through mail follow links, but send no forms. */
    private Reply followChange(Call call) {
        Optional<Followers.Follower> follower = follower(call);
        if (follower.isEmpty()) {
            return Reply.notFound();
        }
        boolean stop = call.field("do").equals("stop");
        Followers.Follower f = follower.get();
        database.inTransaction(tx -> {
            if (stop) {
                followers.remove(tx, f.token());
            } else {
                followers.confirm(tx, f.token());
            }
            return stop;
        });
        FollowView view = new FollowView(f.token(), f.report(), f.mail(), !stop, stop ? "stopped" : "confirmed");
        return Reply.html(html.render(HERE + "follow", call.page(), view)).with("Referrer-Policy", "no-referrer");
    }

    private Optional<Followers.Follower> follower(Call call) {
        String token = call.part("token");
        return Secret.looksRight(token) ? database.inTransaction(tx -> followers.find(tx, token)) : Optional.empty();
    }
}
