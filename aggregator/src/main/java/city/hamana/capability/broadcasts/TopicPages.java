package city.hamana.capability.broadcasts;

import city.hamana.capability.people.Party;
import city.hamana.capability.people.People;
import city.hamana.platform.db.Database;
import city.hamana.platform.events.Event;
import city.hamana.platform.events.Events;
import city.hamana.platform.html.Html;
import city.hamana.platform.http.Call;
import city.hamana.platform.http.Reply;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** What a resident wants to hear of: chosen here, or ended from a mail in one step. */
final class TopicPages {
    private static final String HERE = "city/hamana/capability/broadcasts/";

    private final Database database;
    private final Events events;
    private final Html html;
    private final People people;
    private final Store store;
    private final Clock city;

    TopicPages(Database database, Events events, Html html, People people, Store store, Clock city) {
        this.database = database;
        this.events = events;
        this.html = html;
        this.people = people;
        this.store = store;
        this.city = city;
    }

    Reply show(Call call) {
        TopicView view = new TopicView(
                database.inTransaction(tx -> store.refusals(tx, call.person().id())),
                call.query("saved").isPresent());
        return Reply.html(html.render(HERE + "topics", call.page(), view));
    }

    Reply choose(Call call) {
        List<String> wanted = call.form().all("topic");
        String party = call.person().id();
        database.inTransaction(tx -> {
            for (Topic topic : Topic.values()) {
                store.refuse(tx, party, topic, !wanted.contains(topic.code()));
            }
            events.append(
                    tx,
                    new Event(
                            city.instant(),
                            "broadcasts.topics-chosen",
                            call.caller().actor(),
                            Party.subject(party),
                            Map.of("wanted", wanted.size())));
            return party;
        });
        return Reply.seeOther("/me/topics?saved=yes");
    }

    Reply ask(Call call) {
        return found(call)
                .map(stop -> new StopView(call.part("token"), stop.topic(), false))
                .map(view -> Reply.html(html.render(HERE + "stop", call.page(), view)))
                .orElseGet(Reply::notFound);
    }

    /** From the page's button, and from a mail program by itself (RFC 8058): neither has a session. */
    Reply stop(Call call) {
        Optional<Store.Stop> stop = found(call);
        stop.ifPresent(s -> database.inTransaction(tx -> ended(tx, s)));
        return stop.map(s -> new StopView(call.part("token"), s.topic(), true))
                .map(view -> Reply.html(html.render(HERE + "stop", call.page(), view)))
                .orElseGet(Reply::notFound);
    }

    private Store.Stop ended(Handle tx, Store.Stop stop) {
        String party = people.idNow(tx, stop.party());
        store.refuse(tx, party, stop.topic(), true);
        Map<String, String> detail = Map.of("topic", stop.topic().code());
        String subject = Party.subject(party);
        events.append(tx, new Event(city.instant(), "broadcasts.topic-ended", "link", subject, detail));
        return stop;
    }

    private Optional<Store.Stop> found(Call call) {
        return call.part("token").matches("[A-Za-z0-9_-]{22}")
                ? database.inTransaction(tx -> store.stopped(tx, call.part("token")))
                : Optional.empty();
    }
}
