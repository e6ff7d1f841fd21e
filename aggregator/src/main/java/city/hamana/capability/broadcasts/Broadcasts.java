package city.hamana.capability.broadcasts;

import city.hamana.capability.notices.Notices;
import city.hamana.capability.people.People;
import city.hamana.platform.access.Role;
import city.hamana.platform.db.Database;
import city.hamana.platform.events.Events;
import city.hamana.platform.html.Door;
import city.hamana.platform.html.Html;
import city.hamana.platform.http.Routes;
import city.hamana.platform.jobs.Jobs;
import city.hamana.platform.module.PartyColumn;
import city.hamana.platform.module.ServiceModule;
import java.time.Clock;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** The city's messages to many. */
public final class Broadcasts implements ServiceModule {
    private final Store store;
    private final Audience audience;
    private final Sender sender;
    private final BroadcastPages pages;
    private final TopicPages topics;
    private final Samples samples;

    /**
     * @param city the city's clock
     * @param real real time, on which the queue runs
     */
    public Broadcasts(
            Database database,
            Events events,
            Html html,
            People people,
            Notices notices,
            Jobs jobs,
            Clock city,
            InstantSource real) {
        this.store = new Store(database.dialect());
        this.audience = new Audience(people, notices, store);
        this.sender = new Sender(database, events, people, notices, store, audience, jobs, city, real);
        this.pages = new BroadcastPages(database, events, html, people, notices, store, audience, sender, city);
        this.topics = new TopicPages(database, events, html, people, store, city);
        this.samples = new Samples(store, city);
    }

    /** Tells by what else audiences are chosen; once, before anybody calls. */
    public void asking(List<Condition> conditions) {
        audience.asking(conditions);
    }

    @Override
    public String name() {
        return "broadcasts";
    }

    @Override
    public void routes(Routes routes) {
        routes.get("/staff/broadcasts", Role.STAFF, pages::list)
                .get("/staff/broadcasts/new", Role.STAFF, pages::begin)
                .post("/staff/broadcasts/new", Role.STAFF, pages::add)
                .get("/staff/broadcasts/{id}", Role.STAFF, pages::show)
                .get("/staff/broadcasts/{id}/edit", Role.STAFF, pages::edit)
                .post("/staff/broadcasts/{id}/edit", Role.STAFF, pages::change)
                .post("/staff/broadcasts/{id}/test", Role.STAFF, pages::test)
                .post("/staff/broadcasts/{id}/submit", Role.STAFF, call -> pages.act(call, State.Act.SUBMIT))
                .post("/staff/broadcasts/{id}/approve", Role.STAFF, call -> pages.act(call, State.Act.APPROVE))
                .post("/staff/broadcasts/{id}/return", Role.STAFF, call -> pages.act(call, State.Act.RETURN))
                .post("/staff/broadcasts/{id}/stop", Role.STAFF, call -> pages.act(call, State.Act.STOP))
                .get("/me/topics", Role.RESIDENT, topics::show)
                .post("/me/topics", Role.RESIDENT, topics::choose)
                .get("/stop/{token}", Role.ANYONE, topics::ask)
                .post("/stop/{token}", Role.ANY_PROGRAM, topics::stop);
    }

    @Override
    public List<Door> doors() {
        return List.of(
                new Door("/staff/broadcasts", "broadcasts.door", Role.STAFF, Door.Group.WORK),
                new Door("/me/topics", "broadcasts.topics", Role.RESIDENT, Door.Group.MINE));
    }

    @Override
    public void jobs(Jobs jobs) {
        sender.work(jobs);
    }

    @Override
    public List<PartyColumn> partyColumns() {
        return List.of(
                new PartyColumn("broadcasts_refusal", "topic", "party"),
                new PartyColumn("broadcasts_stop", "topic", "party"));
    }

    @Override
    public Map<String, Object> personalData(Handle tx, String party) {
        return Map.of("refusedTopics", List.copyOf(store.refusals(tx, party)));
    }

    @Override
    public void erase(Handle tx, String party) {
        store.erase(tx, party);
    }

    @Override
    public void seed(Handle tx) {
        samples.add(tx);
    }
}
