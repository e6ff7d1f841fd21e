package city.hamana.capability.cases;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jdbi.v3.core.Handle;

/** What is said about a case. */
final class Threads {
    static final int LONGEST = 4_000;
    private static final int MOST = 500;

    void add(Handle tx, String id, String author, boolean byStaff, Audience audience, String text, Instant at) {
        tx.createUpdate("""
                INSERT INTO cases_message (case_id, author, by_staff, audience, body, said_ms)
                VALUES (:id, :author, :staff, :audience, :text, :at)
                """)
                .bind("id", id)
                .bind("author", author)
                .bind("staff", byStaff)
                .bind("audience", audience.code())
                .bind("text", text.length() > LONGEST ? text.substring(0, LONGEST) : text)
                .bind("at", at.toEpochMilli())
                .execute();
    }

    /** In the order they were said; the newest 500. */
    List<Message> of(Handle tx, String id, boolean forStaff) {
        return tx.createQuery("""
                SELECT id, author, by_staff, audience, body, said_ms FROM cases_message
                WHERE case_id = :id AND (audience = 'applicant' OR audience = :more)
                ORDER BY id DESC OFFSET 0 ROWS FETCH NEXT :most ROWS ONLY
                """)
                .bind("id", id)
                .bind("more", forStaff ? "staff" : "applicant")
                .bind("most", MOST)
                .map((row, context) -> new Message(
                        row.getLong("id"),
                        row.getString("author"),
                        row.getBoolean("by_staff"),
                        Audience.valueOf(row.getString("audience").toUpperCase(Locale.ROOT)),
                        row.getString("body"),
                        Instant.ofEpochMilli(row.getLong("said_ms"))))
                .list()
                .reversed();
    }
}
