package city.hamana.service.network;

import city.hamana.capability.maps.Layer;
import city.hamana.capability.maps.Maps;
import city.hamana.capability.notices.Notices;
import city.hamana.capability.rules.Rules;
import city.hamana.platform.access.Role;
import city.hamana.platform.db.Database;
import city.hamana.platform.events.Events;
import city.hamana.platform.html.Door;
import city.hamana.platform.html.Html;
import city.hamana.platform.http.Handler;
import city.hamana.platform.http.Reply;
import city.hamana.platform.http.Routes;
import city.hamana.platform.jobs.Jobs;
import city.hamana.platform.module.Panel;
import city.hamana.platform.module.ServiceModule;
import city.hamana.sensing.household.Household;
import city.hamana.sensing.inflow.OffDays;
import city.hamana.sensing.readings.Readings;
import city.hamana.sensing.vee.Vee;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** The network side of water: districts, their inflow, and leaks in it. */
public final class Network implements ServiceModule {
    static final String LAYER = "districts";

    private static final Duration LOOKED_EVERY = Duration.ofMinutes(5);

    private final Keeping keeping;
    private final AreaPages areas;
    private final LeakPages leakPages;
    private final FilePages files;
    private final NetworkSeed seed;

    /**
     * @param clock the city's: by it days begin, and meters run
     * @param offDays working days on which people use water as on a Sunday
     * @param real real time, for how long a turn of the job may go on
     */
    public Network(
            Database database,
            Events events,
            Html html,
            Clock clock,
            InstantSource real,
            Rules rules,
            OffDays offDays,
            Notices notices,
            Maps maps,
            Readings readings,
            Vee vee,
            Household household) {
        Districts districts = new Districts();
        Flows flows = new Flows();
        LeakStore store = new LeakStore();
        Leaks leaks = new Leaks(events, clock, notices, rules, store);
        keeping = new Keeping(
                database,
                clock,
                real,
                vee,
                districts,
                flows,
                new Inflow(vee, readings),
                new Expected(offDays, clock.getZone()),
                new Watch(offDays, clock.getZone()),
                leaks);
        areas = new AreaPages(database, html, clock, rules, maps, districts, flows, store, leaks, offDays);
        leakPages = new LeakPages(database, html, districts, store, leaks);
        files = new FilePages(database, events, html, clock, maps, vee, districts, flows);
        seed = new NetworkSeed(clock, files, districts);
        rules.table(Network.class, AreaPages.RULE);
        rules.table(Network.class, Leaks.RULE);
        maps.layer(new Layer(
                LAYER,
                "network.layer",
                Layer.Audience.STAFF,
                Layer.Marker.SQUARE,
                List.of(new Layer.Property("name", false), new Layer.Property("code", false))));
        household.leaveOut(() -> database.inTransaction(
                tx -> districts.inlets(tx).stream().map(Inlet::meter).collect(Collectors.toSet())));
    }

    @Override
    public String name() {
        return "network";
    }

    @Override
    public void routes(Routes routes) {
        routes.get("/staff/network", Role.STAFF, ours(areas::list))
                .get("/staff/network/live", Role.STAFF, ours(areas::live))
                .get("/staff/network/days.csv", Role.STAFF, ours(areas::csv))
                .get("/staff/network/files", Role.STAFF, ours(files::show))
                .upload("/staff/network/files", Role.STAFF, DistrictFiles.LONGEST, ours(files::take))
                .get("/staff/network/leaks/{id}", Role.STAFF, ours(leakPages::show))
                .post("/staff/network/leaks/{id}", Role.STAFF, ours(leakPages::move))
                .get("/staff/network/{dma}", Role.STAFF, ours(areas::show));
    }

    private static Handler ours(Handler handler) {
        return call -> call.person().worksIn(Leaks.DIVISION)
                ? handler.handle(call)
                : Reply.problem(403, "The network is the waterworks division's.");
    }

    @Override
    public List<Door> doors() {
        return List.of(new Door("/staff/network", "network.door", Role.STAFF, Door.Group.WORK));
    }

    @Override
    public List<Panel> panels() {
        return List.of(new Panel(Leaks.DIVISION, areas::panel));
    }

    @Override
    public void jobs(Jobs jobs) {
        jobs.schedule("network", LOOKED_EVERY, this::turn);
    }

    /** Does what is due; what it does not come to is done at the next turn. */
    public void turn() {
        keeping.turn();
    }

    @Override
    public void seed(Handle tx) {
        seed.sow(tx);
    }
}
