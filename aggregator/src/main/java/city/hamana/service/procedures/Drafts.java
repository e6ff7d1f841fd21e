package city.hamana.service.procedures;

import city.hamana.platform.access.Secret;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Drafts, in the database. */
final class Drafts {
    private static final int MOST = 20;
    private static final String COLUMNS =
            "SELECT id, procedure_code, writer, applicant, seen_document, answers, done_pages, changed_ms"
                    + " FROM procedures_draft ";

    /** A new one; of more than 20 of a writer the oldest goes. */
    Draft add(Handle tx, String procedure, String writer, String applicant, String seen, String answers, Instant now) {
        List<Draft> there = of(tx, writer);
        if (there.size() >= MOST) {
            remove(tx, there.getLast().id());
        }
        Draft draft = new Draft(Secret.shorter(), procedure, writer, applicant, seen, answers, List.of(), now);
        tx.createUpdate("""
                INSERT INTO procedures_draft (id, procedure_code, writer, applicant, seen_document, answers, done_pages,
                  created_ms, changed_ms)
                VALUES (:id, :procedure, :writer, :applicant, :seen, :answers, '', :now, :now)
                """)
                .bind("id", draft.id())
                .bind("procedure", procedure)
                .bind("writer", writer)
                .bind("applicant", applicant)
                .bind("seen", seen)
                .bind("answers", answers)
                .bind("now", now.toEpochMilli())
                .execute();
        return draft;
    }

    Optional<Draft> find(Handle tx, String id, String writer) {
        return tx.createQuery(COLUMNS + "WHERE id = :id AND writer = :writer")
                .bind("id", id)
                .bind("writer", writer)
                .map((row, context) -> draft(row))
                .findOne();
    }

    /** The newest first. */
    List<Draft> of(Handle tx, String writer) {
        return tx.createQuery(COLUMNS + """
                        WHERE writer = :writer ORDER BY changed_ms DESC, id OFFSET 0 ROWS FETCH NEXT :most ROWS ONLY
                        """)
                .bind("writer", writer)
                .bind("most", MOST)
                .map((row, context) -> draft(row))
                .list();
    }

    /** Those that are for a party, whoever writes them. */
    List<Draft> about(Handle tx, String party) {
        return tx.createQuery(COLUMNS + "WHERE applicant = :party ORDER BY id")
                .bind("party", party)
                .map((row, context) -> draft(row))
                .list();
    }

    void save(Handle tx, Draft draft, String answers, List<String> done, Instant now) {
        tx.createUpdate("""
                UPDATE procedures_draft SET answers = :answers, done_pages = :done, changed_ms = :now WHERE id = :id
                """)
                .bind("answers", answers)
                .bind("done", String.join(" ", done))
                .bind("now", now.toEpochMilli())
                .bind("id", draft.id())
                .execute();
    }

    boolean remove(Handle tx, String id) {
        return tx.execute("DELETE FROM procedures_draft WHERE id = ?", id) == 1;
    }

    void sweep(Handle tx, Instant before) {
        tx.execute("DELETE FROM procedures_draft WHERE changed_ms < ?", before.toEpochMilli());
    }

    private static Draft draft(ResultSet row) throws SQLException {
        return new Draft(
                row.getString("id"),
                row.getString("procedure_code"),
                row.getString("writer"),
                row.getString("applicant"),
                row.getString("seen_document"),
                row.getString("answers"),
                Arrays.stream(row.getString("done_pages").split(" "))
                        .filter(page -> !page.isEmpty())
                        .toList(),
                Instant.ofEpochMilli(row.getLong("changed_ms")));
    }
}
