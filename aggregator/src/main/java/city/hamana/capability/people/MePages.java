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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** A resident's own pages: the facts, the consents, and who looked at them. */
final class MePages {
    private static final String HERE = "city/hamana/capability/people/";
    private static final Set<String> SAID = Set.of("facts", "consent-given", "consent-withdrawn", "erasure-asked");

    private final Database database;
    private final Events events;
    private final Html html;
    private final InstantSource clock;
    private final Lists lists;
    private final Parties parties;
    private final Accounts accounts;
    private final Consents consents;
    private final Readings readings;
    private final Erasures erasures;

    MePages(
            Database database,
            Events events,
            Html html,
            InstantSource clock,
            Lists lists,
            Parties parties,
            Accounts accounts,
            Consents consents,
            Readings readings,
            Erasures erasures) {
        this.database = database;
        this.events = events;
        this.html = html;
        this.clock = clock;
        this.lists = lists;
        this.parties = parties;
        this.accounts = accounts;
        this.consents = consents;
        this.readings = readings;
        this.erasures = erasures;
    }

    void routes(Routes routes) {
        routes.get("/me", Role.RESIDENT, call -> page(call, "me"))
                .get("/me/facts", Role.RESIDENT, this::facts)
                .post("/me/facts", Role.RESIDENT, this::change)
                .get("/me/consents", Role.RESIDENT, call -> page(call, "consents"))
                .post("/me/consents/{purpose}/give", Role.RESIDENT, this::give)
                .post("/me/consents/{purpose}/withdraw", Role.RESIDENT, this::withdraw)
                .get("/me/readings", Role.RESIDENT, call -> page(call, "readings"));
    }

    private Reply page(Call call, String template) {
        String id = call.person().id();
        String said = call.query("said").filter(SAID::contains).orElse("");
        MePage page = database.inTransaction(tx -> new MePage(
                parties.party(tx, id).orElseThrow(() -> PeopleException.unknownParty(id)),
                consents.purposes(),
                consents.history(tx, id),
                readings.of(tx, id),
                lists.departments(),
                erasures.asked(tx, id),
                said));
        return Reply.html(html.render(HERE + template, call.page(), page));
    }

    private Reply facts(Call call) {
        String id = call.person().id();
        Party party =
                database.inTransaction(tx -> parties.party(tx, id).orElseThrow(() -> PeopleException.unknownParty(id)));
        return factsPage(call, new Typed("", PersonForm.of(party), List.of()));
    }

    private Reply change(Call call) {
        String id = call.person().id();
        Map<String, String> typed = PersonForm.typed(call);
        LocalDate today = LocalDate.ofInstant(clock.instant(), call.page().zone());
        PersonForm form = new PersonForm(lists);
        Party party =
                database.inTransaction(tx -> parties.party(tx, id).orElseThrow(() -> PeopleException.unknownParty(id)));
        List<FieldError> errors = new ArrayList<>(form.errors(typed, today));
        errors.addAll(proved(party, typed));
        if (!errors.isEmpty()) {
            return factsPage(call, new Typed("", typed, errors)).withStatus(400);
        }
        NewParty facts = form.facts(party.kind(), typed, today);
        database.inTransaction(tx -> {
            parties.change(tx, id, facts);
            return tell(tx, call, "people.changed", Map.of());
        });
        return Reply.seeOther("/me?said=facts");
    }

    /** What the card says is changed by the city's register, not here. */
    private List<FieldError> proved(Party party, Map<String, String> typed) {
        boolean proved = database.holds(
                tx -> Parties.ids(tx, party.id()).stream().anyMatch(id -> accounts.identified(tx, Parties.number(id))));
        List<FieldError> errors = new ArrayList<>();
        if (proved && !typed.get("written").equals(party.names().written())) {
            errors.add(FieldError.of("written", "people.facts.proved"));
        }
        if (proved
                && party.born().isPresent()
                && !typed.get("born").equals(party.born().get().toString())) {
            errors.add(FieldError.of("born", "people.facts.proved"));
        }
        return errors;
    }

    private Reply give(Call call) {
        Optional<ConsentPurpose> purpose = consents.purpose(call.part("purpose"));
        if (purpose.isEmpty()) {
            return Reply.notFound();
        }
        database.inTransaction(tx -> {
            consents.give(tx, call.person().id(), purpose.get());
            return tell(
                    tx,
                    call,
                    "people.consent-given",
                    Map.of("consent", purpose.get().code()));
        });
        return Reply.seeOther("/me/consents?said=consent-given");
    }

    private Reply withdraw(Call call) {
        Optional<ConsentPurpose> purpose = consents.purpose(call.part("purpose"));
        if (purpose.isEmpty()) {
            return Reply.notFound();
        }
        database.inTransaction(
                tx -> consents.withdraw(tx, call.person().id(), purpose.get().code())
                        && tell(
                                tx,
                                call,
                                "people.consent-withdrawn",
                                Map.of("consent", purpose.get().code())));
        return Reply.seeOther("/me/consents?said=consent-withdrawn");
    }

    private boolean tell(Handle tx, Call call, String kind, Map<String, String> detail) {
        String subject = Party.subject(call.person().id());
        events.append(tx, new Event(clock.instant(), kind, call.caller().actor(), subject, detail));
        return true;
    }

    private Reply factsPage(Call call, Typed typed) {
        return Reply.html(html.render(
                HERE + "facts", call.page(), new PersonPage(call.person().id(), typed, lists.towns())));
    }
}
