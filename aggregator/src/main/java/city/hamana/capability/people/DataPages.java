package city.hamana.capability.people;

import city.hamana.platform.access.Role;
import city.hamana.platform.db.Database;
import city.hamana.platform.events.Event;
import city.hamana.platform.events.Events;
import city.hamana.platform.html.Html;
import city.hamana.platform.http.Call;
import city.hamana.platform.http.Reply;
import city.hamana.platform.http.Routes;
import city.hamana.platform.module.ServiceModule;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;

/**
 * Everything the city holds about a resident, in one piece (個人情報の保護に関する法律 §76); and the wish to be forgotten,
 * which a second person grants.
 */
final class DataPages {
    private static final String HERE = "city/hamana/capability/people/";
    private static final ObjectWriter JSON = new JsonMapper().writerWithDefaultPrettyPrinter();

    private final Database database;
    private final Events events;
    private final Html html;
    private final InstantSource clock;
    private final Erasures erasures;
    private final Supplier<List<ServiceModule>> modules;

    DataPages(
            Database database,
            Events events,
            Html html,
            InstantSource clock,
            Erasures erasures,
            Supplier<List<ServiceModule>> modules) {
        this.database = database;
        this.events = events;
        this.html = html;
        this.clock = clock;
        this.erasures = erasures;
        this.modules = modules;
    }

    void routes(Routes routes) {
        routes.get("/me/data", Role.RESIDENT, this::show)
                .get("/me/data.json", Role.RESIDENT, this::download)
                .get("/me/erase", Role.RESIDENT, this::eraseForm)
                .post("/me/erase", Role.RESIDENT, this::ask)
                .post("/me/erase/withdraw", Role.RESIDENT, this::withdraw)
                .get("/staff/people/erasures", Role.ADMIN, this::waiting)
                .post("/staff/people/erasures/{id}", Role.ADMIN, this::grant);
    }

    private Reply show(Call call) {
        String id = call.person().id();
        DataPage page = database.inTransaction(tx -> DataPage.of(gathered(tx, id), erasures.asked(tx, id)));
        return Reply.html(html.render(HERE + "data", call.page(), page));
    }

    private Reply download(Call call) {
        Map<String, Object> data =
                database.inTransaction(tx -> gathered(tx, call.person().id()));
        try {
            // By way of a text: written as bytes, characters beyond the first plane would come out as escapes.
            byte[] json = JSON.writeValueAsString(data).getBytes(StandardCharsets.UTF_8);
            return Reply.json(json).download("hamana-my-data.json");
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a module gave data that are no JSON", e);
        }
    }

    /** Of the party and, under names with their numbers, of the entries that were joined with it. */
    private Map<String, Object> gathered(Handle tx, String party) {
        Map<String, Object> data = new LinkedHashMap<>();
        for (String id : Parties.ids(tx, party)) {
            for (ServiceModule module : modules.get()) {
                Map<String, Object> facts = module.personalData(tx, id);
                if (!facts.isEmpty()) {
                    data.put(id.equals(party) ? module.name() : module.name() + " " + id, facts);
                }
            }
        }
        return data;
    }

    private Reply eraseForm(Call call) {
        boolean asked =
                database.inTransaction(tx -> erasures.asked(tx, call.person().id()));
        return Reply.html(html.render(HERE + "erase", call.page(), asked));
    }

    private Reply ask(Call call) {
        database.inTransaction(tx -> erasures.ask(tx, call.person().id())
                && tell(tx, "people.erasure-asked", call, call.person().id()));
        return Reply.seeOther("/me?said=erasure-asked");
    }

    private Reply withdraw(Call call) {
        database.inTransaction(tx -> erasures.withdraw(tx, call.person().id())
                && tell(tx, "people.erasure-withdrawn", call, call.person().id()));
        return Reply.seeOther("/me/erase");
    }

    private Reply waiting(Call call) {
        List<Erasure> waiting = database.inTransaction(erasures::waiting);
        return Reply.html(html.render(HERE + "erasures", call.page(), waiting));
    }

    /** Every module first, the name last: what a module has to keep, it keeps without the name from here on. */
    private Reply grant(Call call) {
        long id = Parties.number(call.part("id"));
        Optional<String> party = database.inTransaction(tx -> {
            Optional<String> granted = erasures.grant(tx, id);
            granted.ifPresent(whose -> {
                for (String entry : Parties.ids(tx, whose)) {
                    modules.get().forEach(module -> module.erase(tx, entry));
                    erasures.forget(tx, entry);
                }
                tell(tx, "people.erased", call, whose);
            });
            return granted;
        });
        return party.isPresent() ? Reply.seeOther("/staff/people/erasures") : Reply.notFound();
    }

    private boolean tell(Handle tx, String kind, Call call, String party) {
        Instant now = clock.instant();
        events.append(tx, new Event(now, kind, call.caller().actor(), Party.subject(party), Map.of()));
        return true;
    }
}
