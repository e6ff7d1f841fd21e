package city.hamana.service.procedures;

import city.hamana.capability.broadcasts.Condition;
import city.hamana.capability.cases.Cases;
import city.hamana.capability.cases.Course;
import city.hamana.capability.cases.Kind;
import city.hamana.capability.documents.Documents;
import city.hamana.capability.forms.Forms;
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
import city.hamana.platform.module.PartyColumn;
import city.hamana.platform.module.ServiceModule;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** Procedures online and at the counter. */
public final class Procedures implements ServiceModule {
    private static final Duration DRAFTS_LIVE = Duration.ofDays(60);
    private static final Duration SWEEP_EVERY = Duration.ofHours(6);

    private final Desk desk;
    private final CataloguePages catalogue;
    private final FinderPages finder;
    private final Filling filling;
    private final ResidentPages residents;
    private final QueuePages queue;
    private final OfficePages office;
    private final CounterPages counter;
    private final ProcedureApi api;
    private final Samples samples;

    /** @param clock the city's */
    public Procedures(
            Database database,
            Events events,
            Html html,
            People people,
            Rules rules,
            Cases cases,
            Forms forms,
            Documents documents,
            Notices notices,
            Clock clock) {
        Catalogue all = new Catalogue(forms);
        desk = new Desk(
                database,
                events,
                html,
                people,
                cases,
                forms,
                documents,
                all,
                new Reckoning(rules, all.all()),
                new Letters(documents, forms, clock.getZone()),
                new Drafts(),
                new Filings(),
                clock);
        CaseViews views = new CaseViews(desk);
        catalogue = new CataloguePages(desk);
        finder = new FinderPages(desk);
        Telling telling = new Telling(notices);
        Deciding deciding = new Deciding(desk, telling);
        filling = new Filling(desk, new Sending(desk, telling));
        residents = new ResidentPages(desk, views);
        queue = new QueuePages(desk);
        Opening opening = new Opening(desk, telling);
        samples = new Samples(desk, telling, opening);
        office = new OfficePages(desk, views, opening);
        counter = new CounterPages(desk);
        api = new ProcedureApi(desk);
        all.all().forEach(procedure -> cases.kind(kind(procedure), deciding::moved));
    }

    /** By what broadcasts may choose whom to tell. */
    public List<Condition> conditions() {
        return List.of(new OpenCases(desk.cases(), desk.catalogue()));
    }

    @Override
    public String name() {
        return "procedures";
    }

    @Override
    public void routes(Routes routes) {
        routes.get("/procedures", Role.ANYONE, catalogue::list)
                .get("/procedures/find", Role.ANYONE, finder::find)
                .get("/procedures/{code}", Role.ANYONE, catalogue::one)
                .get("/procedures/{code}/form.pdf", Role.ANYONE, catalogue::blank)
                .post("/procedures/{code}/start", Role.RESIDENT, catalogue::start)
                .get("/cases", Role.RESIDENT, residents::list)
                .get("/cases/{id}", Role.RESIDENT, residents::one)
                .get("/cases/{id}/print.pdf", Role.RESIDENT, residents::print)
                .get("/cases/{id}/documents/{number}", Role.RESIDENT, residents::document)
                .get("/cases/{id}/withdraw", Role.RESIDENT, residents::askWithdraw)
                .get("/cases/{id}/correct", Role.RESIDENT, residents::askCorrect)
                .post("/cases/{id}/say", Role.RESIDENT, residents::say)
                .post("/cases/{id}/withdraw", Role.RESIDENT, residents::withdraw)
                .upload("/cases/{id}/correct", Role.RESIDENT, Filling.LONGEST_BYTES, residents::correct)
                .get("/staff/cases", Role.STAFF, queue::queue)
                .get("/staff/cases.csv", Role.STAFF, queue::csv)
                .get("/staff/cases/{id}", Role.STAFF, office::show)
                .get("/staff/cases/{id}/print.pdf", Role.STAFF, residents::print)
                .get("/staff/cases/{id}/documents/{number}", Role.STAFF, residents::document)
                .post("/staff/cases/{id}/act", Role.STAFF, office::act)
                .post("/staff/cases/{id}/open", Role.STAFF, office::open)
                .get("/staff/procedures", Role.STAFF, counter::list)
                .get("/staff/procedures/{code}", Role.STAFF, counter::person)
                .post("/staff/procedures/{code}/register", Role.STAFF, counter::register)
                .post("/staff/procedures/{code}/start", Role.STAFF, counter::start)
                .get("/api/v1/procedures", Role.ANY_PROGRAM, api::list)
                .get("/api/v1/procedures/{code}", Role.ANY_PROGRAM, api::one);
        filling(routes, "/forms", Role.RESIDENT);
        filling(routes, "/staff/forms", Role.STAFF);
    }

    /** A form is filled in the same way by whose it is and by counter staff. */
    private void filling(Routes routes, String base, Role role) {
        routes.get(base + "/{draft}/confirm", role, filling::confirm)
                .get(base + "/{draft}/discard", role, filling::askDiscard)
                .get(base + "/{draft}/{page}", role, filling::show)
                .get(base + "/{draft}/files/{file}", role, filling::file)
                .post(base + "/{draft}/send", role, filling::send)
                .post(base + "/{draft}/discard", role, filling::discard)
                .upload(base + "/{draft}/{page}", role, Filling.LONGEST_BYTES, filling::save);
    }

    @Override
    public List<Door> doors() {
        return List.of(
                new Door("/procedures", "procedures.door", Role.ANYONE, Door.Group.SERVICES),
                new Door("/cases", "procedures.mine", Role.RESIDENT, Door.Group.MINE),
                new Door("/staff/cases", "procedures.queue", Role.STAFF, Door.Group.WORK),
                new Door("/staff/procedures", "procedures.counter", Role.STAFF, Door.Group.WORK));
    }

    @Override
    public void jobs(Jobs jobs) {
        jobs.every(SWEEP_EVERY, "procedures-drafts", this::sweep);
    }

    @Override
    public void seed(Handle tx) {
        samples.add(tx);
    }

    /** What was begun and not sent; what was sent stands with the cases. */
    @Override
    public List<PartyColumn> partyColumns() {
        return List.of(
                new PartyColumn("procedures_draft", "id", "applicant"),
                new PartyColumn("procedures_draft", "id", "writer", PartyColumn.Form.ACTOR, ""));
    }

    @Override
    public Map<String, Object> personalData(Handle tx, String party) {
        List<Map<String, Object>> begun = desk.drafts().about(tx, party).stream()
                .map(draft -> Map.<String, Object>of(
                        "procedure", draft.procedure(),
                        "changed", draft.changed().toString(),
                        "answers", draft.answers()))
                .toList();
        return begun.isEmpty() ? Map.of() : Map.of("drafts", begun);
    }

    @Override
    public void erase(Handle tx, String party) {
        for (Draft draft : desk.drafts().about(tx, party)) {
            desk.cases().attached(tx, draft.subject()).forEach(f -> desk.cases().detach(tx, draft.subject(), f.id()));
            desk.drafts().remove(tx, draft.id());
        }
    }

    private void sweep() {
        desk.database().inTransaction(tx -> {
            desk.drafts().sweep(tx, desk.clock().instant().minus(DRAFTS_LIVE));
            return 0;
        });
    }

    private static Kind kind(Procedure procedure) {
        return new Kind(procedure.code(), Course.APPLICATION, "procedures.door.name", "/cases/", "/staff/cases/");
    }
}
