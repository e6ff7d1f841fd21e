package city.hamana.capability.people;

import city.hamana.platform.access.Role;
import city.hamana.platform.db.Database;
import city.hamana.platform.events.Event;
import city.hamana.platform.events.Events;
import city.hamana.platform.html.FieldError;
import city.hamana.platform.html.Html;
import city.hamana.platform.http.Call;
import city.hamana.platform.http.Reply;
import city.hamana.platform.http.Routes;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Parties for staff: nothing is shown before it is said what for. */
final class StaffPages {
    static final List<String> PURPOSES = List.of("people.counter", "people.phone", "people.correct", "people.duty");
    private static final Set<String> SAID = Set.of("mandate-entered", "mandate-ended");
    private static final String HERE = "city/hamana/capability/people/";

    private final Database database;
    private final Events events;
    private final Html html;
    private final InstantSource clock;
    private final Lists lists;
    private final Parties parties;
    private final Mandates mandates;
    private final Mandating mandating;
    private final Counters counters;
    private final Accounts accounts;
    private final People people;

    StaffPages(
            Database database,
            Events events,
            Html html,
            InstantSource clock,
            Lists lists,
            Parties parties,
            Mandates mandates,
            Mandating mandating,
            Counters counters,
            Accounts accounts,
            People people) {
        this.database = database;
        this.events = events;
        this.html = html;
        this.clock = clock;
        this.lists = lists;
        this.parties = parties;
        this.mandates = mandates;
        this.mandating = mandating;
        this.counters = counters;
        this.accounts = accounts;
        this.people = people;
    }

    void routes(Routes routes) {
        routes.get("/staff/people", Role.STAFF, this::search)
                .get("/staff/people/new", Role.STAFF, call -> form(call, "", Typed.empty("")))
                .post("/staff/people/new", Role.STAFF, this::register)
                .get("/staff/people/{id}", Role.STAFF, this::show)
                .get("/staff/people/{id}/facts", Role.STAFF, this::facts)
                .post("/staff/people/{id}/facts", Role.STAFF, this::change)
                .get("/staff/departments", Role.STAFF, this::departments);
    }

    private Reply search(Call call) {
        Map<String, String> typed = new HashMap<>();
        for (String field : List.of("q", "purpose", "reference")) {
            typed.put(field, call.query(field).orElse(""));
        }
        Optional<Purpose> purpose = purpose(call);
        boolean asked = !typed.get("q").isEmpty();
        List<FieldError> errors = new ArrayList<>();
        if (asked && purpose.isEmpty()) {
            errors.add(FieldError.of("purpose", "people.search.purpose-missing"));
        }
        List<Party> found = asked && purpose.isPresent()
                ? database.inTransaction(tx -> people.search(tx, call.person(), typed.get("q"), purpose.get()))
                : List.of();
        SearchPage page = new SearchPage(
                PURPOSES,
                new Typed("", typed, errors),
                asked && errors.isEmpty(),
                found,
                call.person().roles().contains(Role.ADMIN),
                counters.may(call.person(), Counters.MERGE));
        return Reply.html(html.render(HERE + "search", call.page(), page)).withStatus(errors.isEmpty() ? 200 : 400);
    }

    private Reply show(Call call) {
        String id = call.part("id");
        Optional<Purpose> purpose = purpose(call);
        if (purpose.isEmpty()) {
            return Reply.seeOther("/staff/people");
        }
        Optional<Party> there = database.inTransaction(tx -> parties.party(tx, id));
        if (there.isEmpty()) {
            return Reply.notFound();
        }
        if (!there.get().id().equals(id)) {
            return Reply.seeOther("/staff/people/" + there.get().id() + "?purpose="
                    + purpose.get().code());
        }
        String said = call.query("said").filter(SAID::contains).orElse("");
        PartyPage page = database.inTransaction(tx -> {
            List<Mandate> list = mandates.of(tx, id);
            boolean signsIn = Parties.ids(tx, id).stream()
                    .anyMatch(one -> accounts.account(tx, Parties.number(one)).isPresent());
            Map<String, String> names = mandating.names(tx, list);
            Party party = people.read(tx, call.caller(), id, purpose.get());
            return new PartyPage(party, list, names, signsIn, counters.kinds(call.person()), said);
        });
        return Reply.html(html.render(HERE + "party", call.page(), page));
    }

    private Reply register(Call call) {
        Map<String, String> typed = PersonForm.typed(call);
        typed.put("kind", call.field("kind"));
        Party.Kind kind = call.field("kind").equals("business") ? Party.Kind.BUSINESS : Party.Kind.PERSON;
        PersonForm form = new PersonForm(lists);
        List<FieldError> errors = form.errors(typed, today(call));
        if (!errors.isEmpty()) {
            return form(call, "", new Typed("", typed, errors)).withStatus(400);
        }
        String id = database.inTransaction(tx -> people.add(tx, call.person(), form.facts(kind, typed, today(call))));
        return Reply.seeOther("/staff/people/" + id + "?purpose=people.counter");
    }

    private Reply facts(Call call) {
        String id = call.part("id");
        if (database.inTransaction(tx -> parties.party(tx, id)).isEmpty()) {
            return Reply.notFound();
        }
        Party party =
                database.inTransaction(tx -> people.read(tx, call.caller(), id, new Purpose("people.correct", "")));
        return form(call, id, new Typed("", PersonForm.of(party), List.of()));
    }

    private Reply change(Call call) {
        String id = call.part("id");
        Optional<Party> party = database.inTransaction(tx -> parties.party(tx, id));
        if (party.isEmpty()) {
            return Reply.notFound();
        }
        Map<String, String> typed = PersonForm.typed(call);
        PersonForm form = new PersonForm(lists);
        List<FieldError> errors = form.errors(typed, today(call));
        if (!errors.isEmpty()) {
            return form(call, id, new Typed("", typed, errors)).withStatus(400);
        }
        database.inTransaction(tx -> {
            parties.change(tx, id, form.facts(party.get().kind(), typed, today(call)));
            return events.append(
                    tx,
                    new Event(clock.instant(), "people.changed", call.caller().actor(), Party.subject(id), Map.of()));
        });
        return Reply.seeOther("/staff/people/" + id + "?purpose=people.correct");
    }

    private Reply departments(Call call) {
        return Reply.html(html.render(HERE + "departments", call.page(), lists.departments()));
    }

    private Reply form(Call call, String id, Typed typed) {
        return Reply.html(html.render(HERE + "party-form", call.page(), new PersonPage(id, typed, lists.towns())));
    }

    private static Optional<Purpose> purpose(Call call) {
        String reference = call.query("reference").orElse("");
        return call.query("purpose")
                .filter(code -> PURPOSES.contains(code) || code.equals(StaffMandatePages.PURPOSE))
                .map(code -> new Purpose(code, reference.length() > 100 ? reference.substring(0, 100) : reference));
    }

    private LocalDate today(Call call) {
        return LocalDate.ofInstant(clock.instant(), call.page().zone());
    }
}
