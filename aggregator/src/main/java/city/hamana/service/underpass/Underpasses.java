package city.hamana.service.underpass;

import city.hamana.capability.maps.Feature;
import city.hamana.capability.maps.Layer;
import city.hamana.capability.maps.MapView;
import city.hamana.capability.maps.Maps;
import city.hamana.capability.maps.Pin;
import city.hamana.capability.maps.Place;
import city.hamana.capability.notices.Notices;
import city.hamana.messages.Quantity;
import city.hamana.messages.v1.SignState;
import city.hamana.platform.access.Role;
import city.hamana.platform.db.Database;
import city.hamana.platform.events.Event;
import city.hamana.platform.events.Events;
import city.hamana.platform.html.Door;
import city.hamana.platform.html.FieldError;
import city.hamana.platform.html.Html;
import city.hamana.platform.html.Page;
import city.hamana.platform.http.Call;
import city.hamana.platform.http.Caller;
import city.hamana.platform.http.Reply;
import city.hamana.platform.http.Routes;
import city.hamana.platform.jobs.Jobs;
import city.hamana.platform.module.ServiceModule;
import city.hamana.sensing.commands.Commands;
import city.hamana.sensing.commands.Issued;
import city.hamana.sensing.devices.Devices;
import city.hamana.sensing.equipment.Inventory;
import city.hamana.sensing.equipment.Trace;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import org.jdbi.v3.core.Handle;

/** Underpasses that flood (measure 5 of the plan). */
public final class Underpasses implements ServiceModule {
    /** The division that looks after roads: it is told, and it commands. */
    static final String ROAD_DIVISION = "doboku";

    private static final String HERE = "city/hamana/service/underpass/";
    private static final String LAYER = "underpasses";

    /** Who may command a sign: the road division, and the crisis division, which is there at night. */
    private static final Set<String> COMMANDING = Set.of(ROAD_DIVISION, "kiki");

    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);
    private static final Duration SHOWN = Duration.ofHours(24);
    private static final int MOST_WATCHING = 100;
    private static final int MOST_COMMANDS = 20;
    private static final int HISTORY = 50;

    private final Database database;
    private final Events events;
    private final Html html;
    private final Clock clock;
    private final InstantSource real;
    private final Commands commands;
    private final Inventory inventory;
    private final Maps maps;
    private final SpotStore store;
    private final Watch watch;
    private final Semaphore watching = new Semaphore(MOST_WATCHING);

    /**
     * The service over its table.
     *
     * @param clock the city's
     * @param real real time, on which devices are heard
     */
    public Underpasses(
            Database database,
            Events events,
            Html html,
            Clock clock,
            InstantSource real,
            Devices devices,
            Commands commands,
            Inventory inventory,
            Maps maps,
            Notices notices) {
        this.database = database;
        this.events = events;
        this.html = html;
        this.clock = clock;
        this.real = real;
        this.commands = commands;
        this.inventory = inventory;
        this.maps = maps;
        this.store = new SpotStore(maps);
        this.watch = new Watch(database, events, clock, devices::seen, store, maps, notices);
        maps.layer(new Layer(
                LAYER,
                "underpass.layer",
                Layer.Audience.EVERYONE,
                Layer.Marker.TRIANGLE,
                List.of(new Layer.Property("name", false), new Layer.Property("state", true))));
    }

    @Override
    public String name() {
        return "underpass";
    }

    @Override
    public void routes(Routes routes) {
        routes.get("/underpass", Role.ANYONE, this::everybodys)
                .get("/staff/underpass", Role.STAFF, this::list)
                .get("/staff/underpass/{id}", Role.STAFF, this::show)
                .get("/staff/underpass/{id}/live", Role.STAFF, this::live)
                .post("/staff/underpass/{id}/command", Role.STAFF, this::command);
    }

    @Override
    public List<Door> doors() {
        return List.of(
                new Door("/underpass", "underpass.door", Role.ANYONE, Door.Group.SERVICES),
                new Door("/staff/underpass", "underpass.staff-door", Role.STAFF, Door.Group.WORK));
    }

    @Override
    public void jobs(Jobs jobs) {
        jobs.every(LOOK_EVERY, "underpass-look", this::look);
    }

    /** Looks at what the signs say now; what has changed goes to the log, the map and the road staff. */
    public void look() {
        watch.look();
    }

    /** Where the demonstration's underpass is, about; its sign is a SIMULATED one. */
    @Override
    public void seed(Handle tx) {
        if (maps.feature(tx, "underpass-mitsuya").isPresent()) {
            return;
        }
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.put("name", "三ツ谷交差点アンダーパス");
        properties.put("name_en", "Mitsuya crossing underpass");
        properties.put("name_pt", "Passagem inferior do cruzamento Mitsuya");
        properties.put("name_easy", "三ツ谷の こうさてんの アンダーパス");
        properties.put("state", "unknown");
        properties.put("sample", true);
        maps.put(
                tx,
                "system",
                Feature.of("underpass-mitsuya", LAYER, new Place(137.5588, 34.7009), properties, clock.instant()));
    }

    private Reply everybodys(Call call) {
        return maps.withGround(Reply.html(html.render(HERE + "everybodys", call.page(), spots(call.page(), false))));
    }

    private Reply list(Call call) {
        return maps.withGround(Reply.html(html.render(HERE + "list", call.page(), spots(call.page(), true))));
    }

    private SpotList spots(Page page, boolean staff) {
        return database.inTransaction(tx -> {
            List<Spot> spots = store.all(tx);
            List<Pin> pins = new ArrayList<>();
            for (int i = 0; i < spots.size(); i++) {
                pin(page, spots.get(i), i + 1, staff).ifPresent(pins::add);
            }
            Optional<MapView> map = pins.isEmpty() ? Optional.empty() : Optional.of(maps.view(tx, pins));
            return new SpotList(spots, map, staff, clock.instant(), real.instant());
        });
    }

    private static Optional<Pin> pin(Page page, Spot spot, int number, boolean staff) {
        return spot.place()
                .map(feature -> new Pin(
                        spot.id(),
                        number,
                        spot.name(page),
                        page.plain("underpass.state." + spot.code()),
                        feature.place(),
                        Layer.Marker.TRIANGLE,
                        spot.code().equals("open") ? "ended" : "danger",
                        staff ? "/staff/underpass/" + spot.id() : ""));
    }

    private Reply show(Call call) {
        return page(call, CommandForm.EMPTY, List.of())
                .map(it -> Reply.html(html.render(HERE + "spot", call.page(), it)))
                .orElseGet(Reply::notFound);
    }

    /** Renders the live part again and again, as long as somebody looks. */
    private Reply live(Call call) {
        if (database.inTransaction(tx -> store.one(tx, call.part("id"))).isEmpty()) {
            return Reply.notFound();
        }
        if (!watching.tryAcquire()) {
            return Reply.problem(503, "Too many live pages are open.");
        }
        return Reply.live(watching::release, () -> {
            pause();
            return html.render(
                    HERE + "now",
                    call.page(),
                    page(call, CommandForm.EMPTY, List.of()).orElseThrow());
        });
    }

    private static void pause() {
        try {
            Thread.sleep(LOOK_EVERY);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Optional<SpotPage> page(Call call, CommandForm typed, List<FieldError> errors) {
        Optional<Spot> found = database.inTransaction(tx -> store.one(tx, call.part("id")));
        return found.map(spot -> {
            Instant now = clock.instant();
            List<Issued> issued = database.inTransaction(tx -> commands.of(tx, spot.device(), MOST_COMMANDS));
            return new SpotPage(
                    spot,
                    level(spot, now),
                    issued,
                    database.inTransaction(tx -> events.about(tx, "sign:" + spot.id(), HISTORY)),
                    mayCommand(call.person()),
                    typed,
                    errors,
                    now,
                    real.instant());
        });
    }

    /** Of the water over the lowest point, with the depths at which the sign warns and closes. */
    private Trace level(Spot spot, Instant now) {
        Trace trace = inventory.trace(spot.id(), Quantity.LEVEL, now.minus(SHOWN), now);
        SignState state = spot.state();
        return state.getCloseMm() == 0
                ? trace
                : trace.with(
                        List.of(state.getCautionMm() / 1e3, state.getCloseMm() / 1e3),
                        List.of("equipment.limit.caution", "equipment.limit.close"));
    }

    private static boolean mayCommand(Caller.Person person) {
        return COMMANDING.stream().anyMatch(person::worksIn);
    }

    private Reply command(Call call) {
        Optional<Spot> spot = database.inTransaction(tx -> store.one(tx, call.part("id")));
        if (spot.isEmpty()) {
            return Reply.notFound();
        }
        if (!mayCommand(call.person())) {
            return Reply.problem(403, "Only the road and the crisis divisions command signs.");
        }
        CommandForm typed = CommandForm.of(call.form());
        List<FieldError> errors = typed.errors();
        if (!errors.isEmpty()) {
            return page(call, typed, errors)
                    .map(it -> Reply.html(html.render(HERE + "spot", call.page(), it))
                            .withStatus(400))
                    .orElseGet(Reply::notFound);
        }
        issue(spot.get(), typed, call.person());
        return Reply.seeOther("/staff/underpass/" + spot.get().id());
    }

    private void issue(Spot spot, CommandForm typed, Caller.Person by) {
        database.inTransaction(tx -> {
            Issued issued = commands.issue(tx, typed.order(spot.device()), by);
            Map<String, Object> detail = Map.of("show", typed.show(), "minutes", typed.minutes());
            events.append(tx, new Event(issued.at(), "underpass.commanded", by.actor(), "sign:" + spot.id(), detail));
            return issued;
        });
    }
}
