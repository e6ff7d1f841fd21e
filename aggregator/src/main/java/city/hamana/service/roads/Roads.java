package city.hamana.service.roads;

import city.hamana.capability.cases.Cases;
import city.hamana.capability.cases.Course;
import city.hamana.capability.cases.Kind;
import city.hamana.capability.maps.Layer;
import city.hamana.capability.maps.Maps;
import city.hamana.capability.notices.Notices;
import city.hamana.capability.people.People;
import city.hamana.capability.rules.Rules;
import city.hamana.platform.access.Role;
import city.hamana.platform.db.Database;
import city.hamana.platform.events.Events;
import city.hamana.platform.html.Door;
import city.hamana.platform.html.Html;
import city.hamana.platform.http.Routes;
import city.hamana.platform.jobs.Jobs;
import city.hamana.platform.module.ServiceModule;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** Reports of what is wrong with a road (measure 6 of the plan). */
public final class Roads implements ServiceModule {
    private static final Duration DRAFTS_LIVE = Duration.ofDays(1);
    private static final Duration ASKED_LIVE = Duration.ofDays(7);
    private static final Duration ENDED_LIVE = Duration.ofDays(90);
    private static final Duration SWEEP_EVERY = Duration.ofHours(1);

    private final Database database;
    private final Clock clock;
    private final Limits limits;
    private final ReportForm form;
    private final PublicPages pages;
    private final StaffPages staff;
    private final InspectPages inspect;
    private final OwnerPages owner;
    private final Open311 open311;
    private final Followers followers;
    private final RoadsSeed seed;

    /**
     * @param clock the city's
     * @param real for limits, which run on real time
     * @param publicAddress where people and programs reach this city
     */
    public Roads(
            Database database,
            Events events,
            Html html,
            Clock clock,
            InstantSource real,
            URI publicAddress,
            Cases cases,
            Maps maps,
            People people,
            Rules rules,
            Notices notices) {
        this.database = database;
        this.clock = clock;
        Categories categories = new Categories();
        Owners owners = new Owners(maps, rules);
        ReportStore store = new ReportStore();
        limits = new Limits(real);
        followers = new Followers(notices);
        Reports reports = new Reports(cases, maps, events, clock, store, followers, notices, categories, owners);
        form = new ReportForm(database, html, cases, maps, people, reports, categories, limits);
        pages = new PublicPages(database, html, cases, maps, store, reports, followers, categories, limits);
        staff = new StaffPages(
                database, html, cases, maps, people, events, store, reports, followers, categories, owners);
        inspect = new InspectPages(database, html, cases, maps, store, reports, categories);
        owner = new OwnerPages(database, html, cases, maps, store, reports, categories, owners, limits);
        open311 = new Open311(database, people, maps, store, reports, categories, limits, publicAddress);
        seed = new RoadsSeed(clock, cases, store, reports, categories);
        cases.kind(
                new Kind(Reports.KIND, Course.REPORT, "roads.kind-of-case", "/roads/", "/staff/roads/"),
                reports::moved);
        maps.layer(new Layer(
                Reports.LAYER,
                "roads.layer",
                Layer.Audience.EVERYONE,
                Layer.Marker.PIN,
                List.of(
                        new Layer.Property("name", false),
                        new Layer.Property("category", true),
                        new Layer.Property("state", true))));
    }

    @Override
    public String name() {
        return "roads";
    }

    @Override
    public void routes(Routes routes) {
        form.routes(routes);
        pages.routes(routes);
        inspect.routes(routes);
        staff.routes(routes);
        owner.routes(routes);
        open311.routes(routes);
    }

    @Override
    public List<Door> doors() {
        return List.of(
                new Door("/roads/new", "roads.door", Role.ANYONE, Door.Group.SERVICES),
                new Door("/roads", "roads.list-door", Role.ANYONE, Door.Group.SERVICES),
                new Door("/staff/roads", "roads.staff-door", Role.STAFF, Door.Group.WORK));
    }

    @Override
    public void jobs(Jobs jobs) {
        jobs.schedule("roads-sweep", SWEEP_EVERY, this::sweep);
    }

    @Override
    public void seed(Handle tx) {
        seed.sow(tx);
    }

    private void sweep() {
        Instant now = clock.instant();
        database.inTransaction(tx -> limits.sweep(tx)
                + form.drafts().sweep(tx, now.minus(DRAFTS_LIVE))
                + followers.sweep(tx, now.minus(ASKED_LIVE))
                + followers.sweepEnded(tx, now.minus(ENDED_LIVE)));
    }
}
