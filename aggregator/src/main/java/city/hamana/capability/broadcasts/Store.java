package city.hamana.capability.broadcasts;

import city.hamana.capability.notices.Announcement;
import city.hamana.capability.notices.Urgency;
import city.hamana.platform.db.Dialect;
import city.hamana.platform.text.Language;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.UncheckedIOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jdbi.v3.core.statement.StatementContext;

/** Broadcasts, and who said no to what. */
final class Store {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MOST_LISTED = 200;
    private static final String COLUMNS =
            "id, version, state, department, author, texts, segment, topic, urgency, link, letters,"
                    + " planned_ms, approver, reached, remark";

    private final Dialect dialect;

    Store(Dialect dialect) {
        this.dialect = dialect;
    }

    long add(Handle tx, Broadcast b) {
        return bound(tx.createUpdate("""
                INSERT INTO broadcasts_message (version, state, department, author, texts, segment, topic, urgency, link,
                    letters, planned_ms, approver, reached, remark)
                VALUES (1, :state, :department, :author, :texts, :segment, :topic, :urgency, :link,
                    :letters, :planned, '', 0, '')
                """), b)
                .executeAndReturnGeneratedKeys()
                .mapTo(Long.class)
                .one();
    }

    /** Writes other content over a draft's; false when it is no draft any more, or was changed meanwhile. */
    boolean change(Handle tx, Broadcast b) {
        return bound(tx.createUpdate("""
                UPDATE broadcasts_message SET version = version + 1, author = :author, texts = :texts, segment = :segment,
                    topic = :topic, urgency = :urgency, link = :link, letters = :letters, planned_ms = :planned
                WHERE id = :id AND version = :version AND state = :state AND department = :department
                """), b)
                        .bind("id", b.id())
                        .bind("version", b.version())
                        .execute()
                == 1;
    }

    /** The broadcast, held until the transaction ends. */
    Optional<Broadcast> locked(Handle tx, long id) {
        return tx.createQuery("SELECT " + COLUMNS + " FROM broadcasts_message WHERE id = ?" + dialect.lockRows())
                .bind(0, id)
                .map(Store::ofRow)
                .findOne();
    }

    Optional<Broadcast> broadcast(Handle tx, long id) {
        return tx.createQuery("SELECT " + COLUMNS + " FROM broadcasts_message WHERE id = ?")
                .bind(0, id)
                .map(Store::ofRow)
                .findOne();
    }

    /** A division's, the newest first, at most 200. */
    List<Broadcast> list(Handle tx, String department) {
        return tx.createQuery("SELECT " + COLUMNS + """
                 FROM broadcasts_message WHERE department = :department
                ORDER BY id DESC OFFSET 0 ROWS FETCH NEXT :most ROWS ONLY
                """)
                .bind("department", department)
                .bind("most", MOST_LISTED)
                .map(Store::ofRow)
                .list();
    }

    void move(Handle tx, long id, State to, String approver, String remark) {
        tx.execute(
                "UPDATE broadcasts_message SET state = ?, approver = ?, remark = ? WHERE id = ?",
                to.name(),
                approver,
                remark,
                id);
    }

    void reached(Handle tx, long id, long party) {
        tx.execute("UPDATE broadcasts_message SET reached = ? WHERE id = ?", party, id);
    }

    boolean refuses(Handle tx, String party, Topic topic) {
        return tx.createQuery("SELECT COUNT(*) FROM broadcasts_refusal WHERE party = ? AND topic = ?")
                        .bind(0, party)
                        .bind(1, topic.code())
                        .mapTo(Integer.class)
                        .one()
                > 0;
    }

    Set<String> refusals(Handle tx, String party) {
        return tx.createQuery("SELECT topic FROM broadcasts_refusal WHERE party = ?")
                .bind(0, party)
                .mapTo(String.class)
                .set();
    }

    void refuse(Handle tx, String party, Topic topic, boolean refuse) {
        tx.execute("DELETE FROM broadcasts_refusal WHERE party = ? AND topic = ?", party, topic.code());
        if (refuse) {
            tx.execute("INSERT INTO broadcasts_refusal (party, topic) VALUES (?, ?)", party, topic.code());
        }
    }

    void erase(Handle tx, String party) {
        tx.execute("DELETE FROM broadcasts_refusal WHERE party = ?", party);
        tx.execute("DELETE FROM broadcasts_stop WHERE party = ?", party);
    }

    /** The token in this party's links that end a topic; made at the first time. */
    String stop(Handle tx, String party, Topic topic, String fresh) {
        Optional<String> there = tx.createQuery("SELECT token FROM broadcasts_stop WHERE party = ? AND topic = ?")
                .bind(0, party)
                .bind(1, topic.code())
                .mapTo(String.class)
                .findOne();
        if (there.isEmpty()) {
            tx.execute(
                    "INSERT INTO broadcasts_stop (token, party, topic) VALUES (?, ?, ?)", fresh, party, topic.code());
        }
        return there.orElse(fresh);
    }

    /** Whose token it is, and of which topic. */
    record Stop(String party, Topic topic) {}

    Optional<Stop> stopped(Handle tx, String token) {
        return tx.createQuery("SELECT party, topic FROM broadcasts_stop WHERE token = ?")
                .bind(0, token)
                .map((row, context) -> new Stop(
                        row.getString(1), Topic.ofCode(row.getString(2)).orElseThrow()))
                .findOne();
    }

    private static <S extends SqlStatement<S>> S bound(S statement, Broadcast b) {
        return statement
                .bind("state", b.state().name())
                .bind("department", b.department())
                .bind("author", b.author())
                .bind("texts", json(b.texts()))
                .bind("segment", b.segment().json())
                .bind("topic", b.topic().code())
                .bind("urgency", b.urgency().name())
                .bind("link", b.link())
                .bind("letters", b.letters())
                .bind("planned", b.planned().toEpochMilli());
    }

    private static Broadcast ofRow(ResultSet row, StatementContext context) throws SQLException {
        return new Broadcast(
                row.getLong(1),
                row.getInt(2),
                State.valueOf(row.getString(3)),
                row.getString(4),
                row.getString(5),
                texts(row.getString(6)),
                Segment.read(row.getString(7)).orElseThrow(),
                Topic.ofCode(row.getString(8)).orElseThrow(),
                Urgency.valueOf(row.getString(9)),
                row.getString(10),
                row.getBoolean(11),
                Instant.ofEpochMilli(row.getLong(12)),
                row.getString(13),
                row.getLong(14),
                row.getString(15));
    }

    private static String json(Map<Language, Announcement.Text> texts) {
        ObjectNode node = JSON.createObjectNode();
        texts.forEach((language, text) ->
                node.putObject(language.code()).put("subject", text.subject()).put("text", text.text()));
        return node.toString();
    }

    private static Map<Language, Announcement.Text> texts(String json) {
        try {
            JsonNode node = JSON.readTree(json);
            Map<Language, Announcement.Text> texts = new EnumMap<>(Language.class);
            for (Language language : Language.values()) {
                JsonNode text = node.path(language.code());
                texts.put(
                        language,
                        new Announcement.Text(
                                text.path("subject").asText(), text.path("text").asText()));
            }
            return texts;
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
