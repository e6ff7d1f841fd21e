package city.hamana.capability.people;

import city.hamana.capability.people.Merge.State;
import city.hamana.platform.access.Role;
import city.hamana.platform.db.Database;
import city.hamana.platform.html.FieldError;
import city.hamana.platform.html.Html;
import city.hamana.platform.http.Call;
import city.hamana.platform.http.Handler;
import city.hamana.platform.http.Reply;
import city.hamana.platform.http.Routes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/** Two entries of one person: found, looked at side by side, joined by two of the staff, and parted again. */
final class MergePages {
    private static final String HERE = "city/hamana/capability/people/";
    private static final String LIST = "/staff/people/merges";
    private static final Set<String> SAID = Set.of("merge-asked", "merge-done", "merge-apart", "merge-undone");
    private static final Purpose PURPOSE = new Purpose("people.merge", "");

    /** What a second person decides. */
    private interface Decision {
        Merges.Outcome made(Handle tx, Merge merge, String actor);
    }

    private final Database database;
    private final Html html;
    private final Parties parties;
    private final Accounts accounts;
    private final Mandates mandates;
    private final Merges merges;
    private final Counters counters;
    private final People people;

    MergePages(
            Database database,
            Html html,
            Parties parties,
            Accounts accounts,
            Mandates mandates,
            Merges merges,
            Counters counters,
            People people) {
        this.database = database;
        this.html = html;
        this.parties = parties;
        this.accounts = accounts;
        this.mandates = mandates;
        this.merges = merges;
        this.counters = counters;
        this.people = people;
    }

    void routes(Routes routes) {
        routes.get(LIST, Role.STAFF, permitted(this::list))
                .get(LIST + "/compare", Role.STAFF, permitted(this::compare))
                .post(LIST, Role.STAFF, permitted(this::ask))
                .get(LIST + "/{id}", Role.STAFF, permitted(call -> one(call, List.of())))
                .post(LIST + "/{id}/agree", Role.STAFF, permitted(call -> decide(call, merges::agree, "merge-done")))
                .post(
                        LIST + "/{id}/decline",
                        Role.STAFF,
                        permitted(call -> decide(call, merges::decline, "merge-apart")))
                .post(LIST + "/{id}/undo", Role.STAFF, permitted(call -> decide(call, merges::undo, "merge-undone")));
    }

    private Handler permitted(Handler handler) {
        return call -> counters.may(call.person(), Counters.MERGE)
                ? handler.handle(call)
                : Reply.problem(403, "This counter does not join entries.");
    }

    private Reply list(Call call) {
        String said = call.query("said").filter(SAID::contains).orElse("");
        MergesPage page = database.inTransaction(tx -> {
            List<MergesPage.Row> likely = Alike.pairs(tx).stream()
                    .map(pair -> new MergesPage.Row(
                            Optional.empty(), seen(tx, call, pair.one()), seen(tx, call, pair.other()), pair.facts()))
                    .toList();
            List<MergesPage.Row> open = merges.open(tx).stream()
                    .map(merge -> new MergesPage.Row(
                            Optional.of(merge),
                            parties.entry(tx, merge.gone()).orElseThrow(),
                            seen(tx, call, merge.stays()),
                            Set.of()))
                    .toList();
            return new MergesPage(likely, open, said);
        });
        return Reply.html(html.render(HERE + "merges", call.page(), page));
    }

    private Party seen(Handle tx, Call call, String id) {
        return people.read(tx, call.caller(), id, PURPOSE);
    }

    private Reply compare(Call call) {
        Map<String, String> typed = new HashMap<>();
        typed.put("one", call.query("one").orElse(""));
        typed.put("other", call.query("other").orElse(""));
        return comparison(call, new Typed("", typed, List.of()));
    }

    private Reply comparison(Call call, Typed typed) {
        String one = typed.value("one");
        String other = typed.value("other");
        List<Party> both = database.inTransaction(tx -> Stream.of(one, other)
                .distinct()
                .flatMap(id -> parties.itself(tx, id).stream())
                .toList());
        if (both.size() < 2) {
            return Reply.notFound();
        }
        MergePage page = database.inTransaction(
                tx -> new MergePage(Optional.empty(), sides(tx, call, one, other), typed, false));
        return Reply.html(html.render(HERE + "merge", call.page(), page));
    }

    private Reply ask(Call call) {
        Map<String, String> typed = new HashMap<>();
        for (String field : List.of("one", "other", "stays", "do")) {
            typed.put(field, call.field(field));
        }
        boolean apart = typed.get("do").equals("apart");
        String stays = apart ? typed.get("one") : typed.get("stays");
        String gone = stays.equals(typed.get("one")) ? typed.get("other") : typed.get("one");
        if (!stays.equals(typed.get("one")) && !stays.equals(typed.get("other"))) {
            FieldError error = FieldError.of("stays", "people.merge.stays-missing");
            return comparison(call, new Typed("", typed, List.of(error))).withStatus(400);
        }
        Merges.Outcome outcome = database.inTransaction(tx -> merges.ask(
                tx,
                gone,
                stays,
                apart ? State.APART : State.ASKED,
                call.caller().actor()));
        return outcome.done()
                ? Reply.seeOther(LIST + "?said=" + (apart ? "merge-apart" : "merge-asked"))
                : comparison(call, new Typed("", typed, List.of(FieldError.of("stays", outcome.wrong()))))
                        .withStatus(400);
    }

    private Reply one(Call call, List<FieldError> errors) {
        Optional<Merge> merge = database.inTransaction(tx -> merges.merge(tx, Parties.number(call.part("id"))));
        if (merge.isEmpty()) {
            return Reply.notFound();
        }
        MergePage page = database.inTransaction(tx -> new MergePage(
                merge,
                sides(tx, call, merge.get().gone(), merge.get().stays()),
                new Typed("", Map.of(), errors),
                merge.get().asker().equals(call.caller().actor())));
        return Reply.html(html.render(HERE + "merge", call.page(), page));
    }

    private Reply decide(Call call, Decision decision, String said) {
        Optional<Merge> merge = database.inTransaction(tx -> merges.merge(tx, Parties.number(call.part("id"))));
        if (merge.isEmpty()) {
            return Reply.notFound();
        }
        Merges.Outcome outcome = database.inTransaction(
                tx -> decision.made(tx, merge.get(), call.caller().actor()));
        return outcome.done()
                ? Reply.seeOther(LIST + "?said=" + said)
                : one(call, List.of(FieldError.of("decide", outcome.wrong()))).withStatus(400);
    }

    /** Both, and that they were seen. */
    private List<MergePage.Side> sides(Handle tx, Call call, String one, String other) {
        List<MergePage.Side> sides = List.of(side(tx, one), side(tx, other));
        seen(tx, call, one);
        seen(tx, call, other);
        return sides;
    }

    /** An entry as it is by itself, whatever it was joined with. */
    private MergePage.Side side(Handle tx, String id) {
        return new MergePage.Side(
                parties.entry(tx, id).orElseThrow(),
                accounts.account(tx, Parties.number(id)).isPresent(),
                mandates.of(tx, id).size());
    }
}
