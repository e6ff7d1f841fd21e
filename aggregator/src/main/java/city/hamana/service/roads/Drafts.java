package city.hamana.service.roads;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Reports that are being written. Whoever knows a draft's id, which nobody can guess, goes on with it. */
final class Drafts {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Keeps it under the id. */
    void put(Handle tx, String id, Draft draft, Instant now) {
        tx.execute("DELETE FROM roads_draft WHERE id = ?", id);
        tx.execute(
                "INSERT INTO roads_draft (id, data, changed_ms) VALUES (?, ?, ?)", id, json(draft), now.toEpochMilli());
    }

    Optional<Draft> find(Handle tx, String id) {
        return tx.createQuery("SELECT data FROM roads_draft WHERE id = :id")
                .bind("id", id)
                .mapTo(String.class)
                .findOne()
                .map(Drafts::draft);
    }

    void remove(Handle tx, String id) {
        tx.execute("DELETE FROM roads_draft WHERE id = ?", id);
    }

    int sweep(Handle tx, Instant before) {
        return tx.execute("DELETE FROM roads_draft WHERE changed_ms < ?", before.toEpochMilli());
    }

    private static String json(Draft draft) {
        try {
            return JSON.writeValueAsString(draft);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a record of texts is JSON", e);
        }
    }

    private static Draft draft(String json) {
        try {
            return JSON.readValue(json, Draft.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a draft is as this program wrote it", e);
        }
    }
}
