package city.hamana.capability.people;

import city.hamana.platform.access.Role;
import city.hamana.platform.db.Database;
import city.hamana.platform.html.FieldError;
import city.hamana.platform.html.Html;
import city.hamana.platform.http.Call;
import city.hamana.platform.http.Reply;
import city.hamana.platform.http.Routes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Guardians, proxies and representatives as the counter enters and ends them, for what was shown there. */
final class StaffMandatePages {
    static final String PURPOSE = "people.mandate";
    private static final String HERE = "city/hamana/capability/people/";
    private static final List<String> FIELDS = List.of("agent", "kind", "evidence", "note", "from", "until", "q");

    private final Database database;
    private final Html html;
    private final Parties parties;
    private final Mandates mandates;
    private final Mandating mandating;
    private final Granting granting;
    private final Counters counters;
    private final People people;

    StaffMandatePages(
            Database database,
            Html html,
            Parties parties,
            Mandates mandates,
            Mandating mandating,
            Granting granting,
            Counters counters,
            People people) {
        this.database = database;
        this.html = html;
        this.parties = parties;
        this.mandates = mandates;
        this.mandating = mandating;
        this.granting = granting;
        this.counters = counters;
        this.people = people;
    }

    void routes(Routes routes) {
        routes.get("/staff/people/{id}/mandates", Role.STAFF, this::form)
                .post("/staff/people/{id}/mandates", Role.STAFF, this::add)
                .post("/staff/people/{id}/mandates/{mandate}/end", Role.STAFF, this::end);
    }

    private Reply form(Call call) {
        Map<String, String> typed = new HashMap<>();
        typed.put("q", call.query("q").orElse(""));
        return page(call, new Typed("", typed, List.of()));
    }

    private Reply add(Call call) {
        List<Mandate.Kind> kinds = counters.kinds(call.person());
        Optional<Party> principal = database.inTransaction(tx -> parties.party(tx, call.part("id")));
        if (kinds.isEmpty()) {
            return notYours();
        }
        if (principal.isEmpty()) {
            return Reply.notFound();
        }
        Map<String, String> typed = new HashMap<>();
        FIELDS.forEach(field -> typed.put(field, call.field(field)));
        Granting.Asked asked = new Granting.Asked(
                typed.get("agent"),
                typed.get("kind"),
                typed.get("evidence"),
                typed.get("note"),
                typed.get("from"),
                typed.get("until"));
        List<FieldError> errors = database.inTransaction(tx -> {
            Granting.Answer answer = granting.check(
                    tx, principal.get(), asked, kinds, call.now(), call.page().zone());
            return switch (answer) {
                case Granting.Answer.Wrong(var wrong) -> wrong;
                case Granting.Answer.Whole(var mandate) -> {
                    mandating.give(tx, call.caller().actor(), mandate);
                    yield List.of();
                }
            };
        });
        return errors.isEmpty()
                ? shown(call, "mandate-entered")
                : page(call, new Typed("", typed, errors)).withStatus(400);
    }

    private Reply end(Call call) {
        List<Mandate.Kind> kinds = counters.kinds(call.person());
        if (kinds.isEmpty()) {
            return notYours();
        }
        Optional<Mandate> ended =
                database.inTransaction(tx -> mandates.mandate(tx, Parties.number(call.part("mandate")))
                        .filter(m -> m.principal().equals(call.part("id")) && kinds.contains(m.kind()))
                        .filter(m -> mandating.end(tx, call.caller().actor(), m)));
        return ended.isPresent() ? shown(call, "mandate-ended") : Reply.notFound();
    }

    private Reply page(Call call, Typed typed) {
        List<Mandate.Kind> kinds = counters.kinds(call.person());
        if (kinds.isEmpty()) {
            return notYours();
        }
        String id = call.part("id");
        if (database.inTransaction(tx -> parties.party(tx, id)).isEmpty()) {
            return Reply.notFound();
        }
        GrantPage page = database.inTransaction(tx -> filled(tx, call, id, typed, kinds));
        return Reply.html(html.render(HERE + "grant", call.page(), page));
    }

    private GrantPage filled(Handle tx, Call call, String id, Typed typed, List<Mandate.Kind> kinds) {
        Purpose purpose = new Purpose(PURPOSE, "");
        List<Party> found = typed.value("q").isEmpty()
                ? List.of()
                : people.search(tx, call.person(), typed.value("q"), purpose).stream()
                        .filter(party ->
                                party.kind() == Party.Kind.PERSON && !party.id().equals(id))
                        .toList();
        Party principal = people.read(tx, call.caller(), id, purpose);
        List<Mandate.Kind> fitting =
                kinds.stream().filter(kind -> kind.fits(principal.kind())).toList();
        return new GrantPage(principal, found, typed, fitting, granting.evidence(fitting));
    }

    private static Reply shown(Call call, String said) {
        return Reply.seeOther("/staff/people/" + call.part("id") + "?purpose=" + PURPOSE + "&said=" + said);
    }

    private static Reply notYours() {
        return Reply.problem(403, "This counter does not enter who may act for whom.");
    }
}
