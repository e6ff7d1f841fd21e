package city.hamana.service.network;

import city.hamana.platform.db.Database;
import city.hamana.platform.html.FieldError;
import city.hamana.platform.html.Html;
import city.hamana.platform.http.Call;
import city.hamana.platform.http.Reply;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The page of a leak, for the desk and for the crew in the field. */
final class LeakPages {
    private static final String HERE = "city/hamana/service/network/";
    private static final int LONGEST_NOTE = 1_000;
    private static final int LONGEST_PLACE = 200;
    private static final double LITRES = 1e3;

    private final Database database;
    private final Html html;
    private final Districts districts;
    private final LeakStore store;
    private final Leaks leaks;

    LeakPages(Database database, Html html, Districts districts, LeakStore store, Leaks leaks) {
        this.database = database;
        this.html = html;
        this.districts = districts;
        this.store = store;
        this.leaks = leaks;
    }

    Reply show(Call call) {
        return page(call, Map.of(), List.of(), 200);
    }

    private Reply page(Call call, Map<String, String> typed, List<FieldError> errors, int status) {
        Optional<LeakPage> it = database.inTransaction(tx -> call.number("id")
                .flatMap(id -> store.one(tx, id))
                .map(leak -> {
                    List<LeakStep> steps = store.steps(tx, leak.id());
                    return new LeakPage(
                            leak,
                            districts.one(tx, leak.dma()).orElseThrow(),
                            steps,
                            Edge.from(leak.state()),
                            Leaks.last(steps),
                            typed,
                            errors);
                }));
        return it.map(view -> Reply.html(html.render(HERE + "leak", call.page(), view))
                        .withStatus(status))
                .orElseGet(Reply::notFound);
    }

    /** Goes along an edge, writes a note, or takes the last step back. */
    Reply move(Call call) {
        Optional<NetworkLeak> found =
                database.inTransaction(tx -> call.number("id").flatMap(id -> store.one(tx, id)));
        if (found.isEmpty()) {
            return Reply.notFound();
        }
        Map<String, String> typed = typed(call);
        List<FieldError> errors = errors(found.get(), typed);
        if (!errors.isEmpty()) {
            return page(call, typed, errors, 400);
        }
        return switch (done(call, found.get().id(), typed)) {
            case DONE -> Reply.seeOther("/staff/network/leaks/" + found.get().id());
            case MEANWHILE -> page(call, typed, List.of(FieldError.of("now", "network.error.meanwhile")), 409);
        };
    }

    private static Map<String, String> typed(Call call) {
        Map<String, String> typed = new HashMap<>();
        for (String field : List.of("act", "seen", "kind", "place", "m3h", "note")) {
            typed.put(field, call.field(field));
        }
        return typed;
    }

    private static List<FieldError> errors(NetworkLeak leak, Map<String, String> typed) {
        List<FieldError> errors = new ArrayList<>();
        String act = typed.get("act");
        Optional<Edge> edge = Edge.of(leak.state(), act);
        if (edge.filter(Edge::asks).isPresent()) {
            if (!edge.get().kinds().contains(typed.get("kind"))) {
                errors.add(FieldError.of("kind-" + act, "network.error.kind"));
            }
            if (edge.get().finding()) {
                finding(act, typed, errors);
            } else if (typed.get("note").isEmpty()) {
                errors.add(FieldError.of("note-" + act, "network.error.why"));
            }
        }
        if (typed.get("note").length() > LONGEST_NOTE
                || (act.equals("note") && typed.get("note").isEmpty())) {
            errors.add(FieldError.of("note-" + act, "network.error.note"));
        }
        return errors;
    }

    private static void finding(String act, Map<String, String> typed, List<FieldError> errors) {
        String place = typed.get("place");
        if (place.isEmpty() || place.length() > LONGEST_PLACE) {
            errors.add(FieldError.of("place-" + act, "network.error.place"));
        }
        if (!typed.get("m3h").matches("|\\d{1,5}([.,]\\d{1,3})?")) {
            errors.add(FieldError.of("m3h-" + act, "network.error.m3h"));
        }
    }

    private Leaks.Outcome done(Call call, long id, Map<String, String> typed) {
        int seen = typed.get("seen").matches("\\d{1,6}") ? Integer.parseInt(typed.get("seen")) : -1;
        String by = call.person().name();
        String actor = call.caller().actor();
        String note = typed.get("note");
        return database.inTransaction(tx -> {
            NetworkLeak leak = store.one(tx, id).orElseThrow();
            return switch (typed.get("act")) {
                case "undo" -> leaks.undo(tx, leak, seen, by, actor);
                case "note" -> leaks.note(tx, leak, seen, note, by, actor);
                default ->
                    Edge.of(leak.state(), typed.get("act"))
                            .map(edge -> leaks.move(tx, leak, seen, edge, finding(edge, typed), note, by, actor))
                            .orElse(Leaks.Outcome.MEANWHILE);
            };
        });
    }

    private static Optional<LeakFinding> finding(Edge edge, Map<String, String> typed) {
        if (!edge.asks()) {
            return Optional.empty();
        }
        String amount = edge.finding() ? typed.get("m3h").replace(',', '.') : "";
        return Optional.of(new LeakFinding(
                typed.get("kind"),
                amount.isEmpty() ? Optional.empty() : Optional.of(Math.round(Double.parseDouble(amount) * LITRES)),
                edge.finding() ? typed.get("place") : ""));
    }
}
