package city.hamana.platform.events;

import city.hamana.messages.Dsse;
import city.hamana.platform.db.Database;
import city.hamana.platform.db.Dialect;
import city.hamana.platform.db.Schema;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/** The append-only log. An entry changed or taken out breaks the chain of hashes at that place. */
public final class Events {
    public static final Schema SCHEMA = new Schema("events", Events.class);

    private static final int LONGEST_DETAIL = 4_000;
    private static final String FIRST = "0".repeat(64);
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();

    private final Dialect dialect;

    public Events(Database database) {
        this.dialect = database.dialect();
    }

    /**
     * Appends, in the caller's transaction. All writers wait for one another from here to their commit, so this is
     * called last in a story.
     */
    public Entry append(Handle tx, Event event) {
        Head head = tx.createQuery("SELECT last_sequence, last_hash FROM events_head WHERE id = 1" + dialect.lockRows())
                .map((row, context) -> new Head(row.getLong(1), row.getString(2)))
                .one();
        Entry entry = sealed(head, event);
        tx.createUpdate("""
                INSERT INTO events_log (sequence, at_ms, kind, actor, subject, detail, previous_hash, hash)
                VALUES (:sequence, :at, :kind, :actor, :subject, :detail, :previous, :hash)
                """)
                .bind("sequence", entry.sequence())
                .bind("at", entry.at().toEpochMilli())
                .bind("kind", entry.kind())
                .bind("actor", entry.actor())
                .bind("subject", entry.subject())
                .bind("detail", entry.detail())
                .bind("previous", entry.previous())
                .bind("hash", entry.hash())
                .execute();
        tx.execute(
                "UPDATE events_head SET last_sequence = ?, last_hash = ? WHERE id = 1", entry.sequence(), entry.hash());
        return entry;
    }

    /** The newest entries first, at most 1,000. */
    public List<Entry> latest(Handle tx, int most) {
        return tx.createQuery("""
                SELECT sequence, at_ms, kind, actor, subject, detail, previous_hash, hash
                FROM events_log ORDER BY sequence DESC OFFSET 0 ROWS FETCH NEXT :most ROWS ONLY
                """)
                .bind("most", Math.clamp(most, 1, 1_000))
                .map(Events::entry)
                .list();
    }

    /** The newest entries about a subject first, at most 1,000. */
    public List<Entry> about(Handle tx, String subject, int most) {
        return tx.createQuery("""
                SELECT sequence, at_ms, kind, actor, subject, detail, previous_hash, hash
                FROM events_log WHERE subject = :subject
                ORDER BY sequence DESC OFFSET 0 ROWS FETCH NEXT :most ROWS ONLY
                """)
                .bind("subject", subject)
                .bind("most", Math.clamp(most, 1, 1_000))
                .map(Events::entry)
                .list();
    }

    /** How many entries of a kind there are from a moment to before another: what a measure is counted by. */
    public long count(Handle tx, String kind, Instant from, Instant until) {
        return tx.createQuery(
                        "SELECT COUNT(*) FROM events_log WHERE kind = :kind AND at_ms >= :from AND at_ms < :until")
                .bind("kind", kind)
                .bind("from", from.toEpochMilli())
                .bind("until", until.toEpochMilli())
                .mapTo(Long.class)
                .one();
    }

    /** Entries that fit, the newest first, at most 1,000. */
    public List<Entry> search(Handle tx, Search search, int most) {
        return tx.createQuery("""
                SELECT sequence, at_ms, kind, actor, subject, detail, previous_hash, hash
                FROM events_log WHERE sequence < :before
                    AND kind LIKE :kind ESCAPE '!' AND actor LIKE :actor ESCAPE '!' AND subject LIKE :subject ESCAPE '!'
                    AND at_ms >= :from AND at_ms < :until
                ORDER BY sequence DESC OFFSET 0 ROWS FETCH NEXT :most ROWS ONLY
                """)
                .bind("before", search.before())
                .bind("kind", begins(search.kind()))
                .bind("actor", search.actor().isEmpty() ? "%" : literal(search.actor()))
                .bind("subject", search.subject().isEmpty() ? "%" : literal(search.subject()))
                .bind("from", search.from().toEpochMilli())
                .bind("until", search.until().toEpochMilli())
                .bind("most", Math.clamp(most, 1, 1_000))
                .map(Events::entry)
                .list();
    }

    /** Hands over every entry, the oldest first, one after another. */
    public void each(Handle tx, Consumer<Entry> reader) {
        tx.createQuery("""
                SELECT sequence, at_ms, kind, actor, subject, detail, previous_hash, hash
                FROM events_log ORDER BY sequence
                """).map(Events::entry).stream().forEach(reader);
    }

    /** Looks whether every entry follows from the one before, and whether the last is the one that was written last. */
    public Verdict verify(Handle tx) {
        Chain chain = new Chain();
        each(tx, chain::add);
        Head head = tx.createQuery("SELECT last_sequence, last_hash FROM events_head WHERE id = 1")
                .map((row, context) -> new Head(row.getLong(1), row.getString(2)))
                .one();
        Verdict verdict = chain.verdict();
        boolean whole = verdict.broken().isPresent()
                || (head.sequence == verdict.entries() && head.hash.equals(verdict.hash()));
        return whole ? verdict : new Verdict(verdict.entries(), verdict.hash(), OptionalLong.of(verdict.entries() + 1));
    }

    /** The same for entries that were taken out of the house: {@code entries} in the order of the log. */
    public static Verdict verify(Stream<Entry> entries) {
        Chain chain = new Chain();
        entries.forEach(chain::add);
        return chain.verdict();
    }

    /** The hash of one entry, by which whoever noted it earlier sees that the past is still the same. */
    public Optional<String> hash(Handle tx, long sequence) {
        return tx.createQuery("SELECT hash FROM events_log WHERE sequence = ?")
                .bind(0, sequence)
                .mapTo(String.class)
                .findOne();
    }

    /** What has been seen of the log so far. */
    private static final class Chain {
        private Head head = new Head(0, FIRST);
        private OptionalLong broken = OptionalLong.empty();

        void add(Entry entry) {
            if (broken.isEmpty() && !entry.equals(sealed(head, entry))) {
                broken = OptionalLong.of(entry.sequence());
            }
            head = new Head(entry.sequence(), entry.hash());
        }

        Verdict verdict() {
            return new Verdict(head.sequence, head.hash, broken);
        }
    }

    private static String begins(String text) {
        return literal(text) + "%";
    }

    private static String literal(String text) {
        return text.replaceAll("([!%_])", "!$1");
    }

    private record Head(long sequence, String hash) {}

    private static Entry sealed(Head head, Event event) {
        Instant at = Instant.ofEpochMilli(event.at().toEpochMilli());
        Entry open = new Entry(
                head.sequence + 1,
                at,
                event.kind(),
                event.actor(),
                event.subject(),
                json(event.detail()),
                head.hash,
                "");
        return sealed(head, open);
    }

    private static Entry sealed(Head head, Entry e) {
        long sequence = head.sequence + 1;
        String hash = hash(sequence, e, head.hash);
        return new Entry(sequence, e.at(), e.kind(), e.actor(), e.subject(), e.detail(), head.hash, hash);
    }

    /** Each text with its length before it, so that nothing can be moved from one field to the next. */
    private static String hash(long sequence, Entry e, String previous) {
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            DataOutputStream out = new DataOutputStream(bytes);
            out.writeLong(sequence);
            out.writeLong(e.at().toEpochMilli());
            for (String text : List.of(e.kind(), e.actor(), e.subject(), e.detail(), previous)) {
                byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
                out.writeInt(utf8.length);
                out.write(utf8);
            }
            return HexFormat.of().formatHex(Dsse.sha256(bytes.toByteArray()));
        } catch (IOException e2) {
            throw new UncheckedIOException(e2);
        }
    }

    private static String json(Map<String, ?> detail) {
        try {
            String json = JSON.writeValueAsString(new TreeMap<>(detail));
            if (json.length() > LONGEST_DETAIL) {
                throw new IllegalArgumentException("an event's detail is longer than " + LONGEST_DETAIL);
            }
            return json;
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("an event's detail is not JSON: " + detail, e);
        }
    }

    private static Entry entry(ResultSet row, StatementContext context) throws SQLException {
        return new Entry(
                row.getLong(1),
                Instant.ofEpochMilli(row.getLong(2)),
                row.getString(3),
                row.getString(4),
                row.getString(5),
                row.getString(6),
                row.getString(7),
                row.getString(8));
    }
}
