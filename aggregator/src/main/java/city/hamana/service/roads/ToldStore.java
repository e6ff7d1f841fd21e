package city.hamana.service.roads;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** What owners were told, in the database. */
final class ToldStore {
    private static final String COLUMNS = """
            SELECT id, report, owner, mail, token, facts, photo, told_by, told_ms, answer, answer_text, answered_ms
            FROM roads_told
            """;

    void add(Handle tx, Told told) {
        tx.createUpdate("""
                INSERT INTO roads_told (report, owner, mail, token, facts, photo, told_by, told_ms, answer, answer_text,
                    answered_ms)
                VALUES (:report, :owner, :mail, :token, :facts, :photo, :by, :at, '', '', 0)
                """)
                .bind("report", told.report())
                .bind("owner", told.owner())
                .bind("mail", told.mail())
                .bind("token", told.token())
                .bind("facts", told.facts())
                .bind("photo", told.photo())
                .bind("by", told.by())
                .bind("at", told.at().toEpochMilli())
                .execute();
    }

    /** The newest first, at most 50. */
    List<Told> of(Handle tx, String report) {
        return tx.createQuery(COLUMNS + "WHERE report = :report ORDER BY id DESC OFFSET 0 ROWS FETCH NEXT 50 ROWS ONLY")
                .bind("report", report)
                .map((row, context) -> told(row))
                .list();
    }

    Optional<Told> find(Handle tx, String token) {
        return tx.createQuery(COLUMNS + "WHERE token = :token")
                .bind("token", token)
                .map((row, context) -> told(row))
                .findOne();
    }

    void answered(Handle tx, long id, String answer, String text, Instant at) {
        tx.execute(
                "UPDATE roads_told SET answer = ?, answer_text = ?, answered_ms = ? WHERE id = ?",
                answer,
                text,
                at.toEpochMilli(),
                id);
    }

    private static Told told(ResultSet row) throws SQLException {
        return new Told(
                row.getLong("id"),
                row.getString("report"),
                row.getString("owner"),
                row.getString("mail"),
                row.getString("token"),
                row.getString("facts"),
                row.getString("photo"),
                row.getString("told_by"),
                Instant.ofEpochMilli(row.getLong("told_ms")),
                row.getString("answer"),
                row.getString("answer_text"),
                Optional.of(row.getLong("answered_ms")).filter(ms -> ms != 0).map(Instant::ofEpochMilli));
    }
}
