package city.hamana.capability.cases;

import city.hamana.messages.Dsse;
import city.hamana.platform.access.Secret;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Files of cases and drafts, in the database. */
final class Files {
    static final int MOST = 20;
    static final long MOST_BYTES = 50L << 20;

    private static final String COLUMNS =
            "SELECT id, about, field, name, type, length_bytes, sha256, added_by, added_ms FROM cases_file ";

    /** Keeps a file; empty when there would be more than 20, or 50 MiB, about one thing. */
    Optional<Attached> add(Handle tx, String about, String field, Checked.Clean file, String actor, Instant at) {
        if (!hasRoom(tx, about, file.bytes().length, at)) {
            return Optional.empty();
        }
        Attached attached = new Attached(
                Secret.shorter(),
                about,
                field,
                file.name(),
                file.type(),
                file.bytes().length,
                sha256(file.bytes()),
                actor,
                Instant.ofEpochMilli(at.toEpochMilli()));
        insert(tx, attached, file.bytes());
        return Optional.of(attached);
    }

    /** Takes the room for a file, however many are sent at once: one statement looks and takes. */
    private static boolean hasRoom(Handle tx, String about, int bytes, Instant at) {
        int taken = tx.createUpdate("""
                UPDATE cases_room SET files = files + 1, bytes = bytes + :bytes, changed_ms = :at
                WHERE about = :about AND files < :most AND bytes + :bytes <= :mostBytes
                """)
                .bind("bytes", bytes)
                .bind("at", at.toEpochMilli())
                .bind("about", about)
                .bind("most", MOST)
                .bind("mostBytes", MOST_BYTES)
                .execute();
        if (taken == 1) {
            return true;
        }
        boolean full = tx.createQuery("SELECT COUNT(*) FROM cases_room WHERE about = :about")
                        .bind("about", about)
                        .mapTo(Integer.class)
                        .one()
                > 0;
        if (!full) {
            // Two first files meet here; the second is told again.
            tx.execute(
                    "INSERT INTO cases_room (about, files, bytes, changed_ms) VALUES (?, 1, ?, ?)",
                    about,
                    bytes,
                    at.toEpochMilli());
        }
        return !full;
    }

    /** In the order they came. */
    List<Attached> about(Handle tx, String about) {
        return tx.createQuery(COLUMNS + "WHERE about = :about ORDER BY added_ms, id")
                .bind("about", about)
                .map((row, context) -> attached(row))
                .list();
    }

    Optional<Attached> find(Handle tx, String about, String id) {
        return tx.createQuery(COLUMNS + "WHERE about = :about AND id = :id")
                .bind("about", about)
                .bind("id", id)
                .map((row, context) -> attached(row))
                .findOne();
    }

    byte[] bytes(Handle tx, String id) {
        return tx.createQuery("SELECT content FROM cases_file WHERE id = :id")
                .bind("id", id)
                .map((row, context) -> row.getBytes(1))
                .one();
    }

    boolean remove(Handle tx, String about, String id) {
        Optional<Attached> file = find(tx, about, id);
        boolean removed = tx.execute("DELETE FROM cases_file WHERE about = ? AND id = ?", about, id) == 1;
        if (removed) {
            tx.execute(
                    "UPDATE cases_room SET files = files - 1, bytes = bytes - ? WHERE about = ?",
                    file.map(Attached::lengthBytes).orElse(0),
                    about);
        }
        return removed;
    }

    /** To what had none before. */
    void give(Handle tx, String from, String to) {
        tx.execute("UPDATE cases_file SET about = ? WHERE about = ?", to, from);
        tx.execute("UPDATE cases_room SET about = ? WHERE about = ?", to, from);
    }

    void sweepDrafts(Handle tx, Instant before) {
        tx.execute("""
                DELETE FROM cases_file WHERE about IN
                  (SELECT about FROM cases_room WHERE about LIKE 'draft:%' AND changed_ms < ?)
                """, before.toEpochMilli());
        tx.execute("DELETE FROM cases_room WHERE about LIKE 'draft:%' AND changed_ms < ?", before.toEpochMilli());
    }

    private static void insert(Handle tx, Attached file, byte[] bytes) {
        tx.createUpdate("""
                INSERT INTO cases_file (id, about, field, name, type, length_bytes, sha256, added_by, added_ms, content)
                VALUES (:id, :about, :field, :name, :type, :length, :sha256, :by, :at, :content)
                """)
                .bind("id", file.id())
                .bind("about", file.about())
                .bind("field", file.field())
                .bind("name", file.name())
                .bind("type", file.type())
                .bind("length", file.lengthBytes())
                .bind("sha256", file.sha256())
                .bind("by", file.addedBy())
                .bind("at", file.added().toEpochMilli())
                .bind("content", bytes)
                .execute();
    }

    private static Attached attached(ResultSet row) throws SQLException {
        return new Attached(
                row.getString("id"),
                row.getString("about"),
                row.getString("field"),
                row.getString("name"),
                row.getString("type"),
                row.getInt("length_bytes"),
                row.getString("sha256"),
                row.getString("added_by"),
                Instant.ofEpochMilli(row.getLong("added_ms")));
    }

    static String sha256(byte[] bytes) {
        return HexFormat.of().formatHex(Dsse.sha256(bytes));
    }
}
