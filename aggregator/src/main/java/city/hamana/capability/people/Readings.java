package city.hamana.capability.people;

import city.hamana.platform.access.Post;
import city.hamana.platform.events.Entry;
import city.hamana.platform.events.Events;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Who looked at somebody's data and why, from the event log: every event about the party that names a purpose. */
final class Readings {
    private static final int MOST = 500;
    private static final JsonMapper JSON = new JsonMapper();

    private final Events events;
    private final Accounts accounts;

    Readings(Events events, Accounts accounts) {
        this.events = events;
        this.accounts = accounts;
    }

    /** The newest first, of the last 500 events. */
    List<Reading> of(Handle tx, String party) {
        return Parties.ids(tx, party).stream()
                .flatMap(id -> events.about(tx, Party.subject(id), MOST).stream())
                .sorted(Comparator.comparing(Entry::at).reversed())
                .limit(MOST)
                .flatMap(entry -> reading(tx, entry).stream())
                .toList();
    }

    private Optional<Reading> reading(Handle tx, Entry entry) {
        JsonNode detail = detail(entry);
        if (!detail.has("purpose")) {
            return Optional.empty();
        }
        return Optional.of(new Reading(
                entry.at(),
                entry.kind(),
                department(tx, entry.actor()),
                detail.get("purpose").asText(),
                detail.path("reference").asText("")));
    }

    private String department(Handle tx, String actor) {
        return accounts.account(tx, Parties.number(actor.replace("person:", "")))
                .flatMap(Account::post)
                .map(Post::department)
                .orElse("");
    }

    private static JsonNode detail(Entry entry) {
        try {
            return JSON.readTree(entry.detail());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an event's detail is JSON", e);
        }
    }
}
