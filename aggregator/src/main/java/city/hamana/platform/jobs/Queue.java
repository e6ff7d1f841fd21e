package city.hamana.platform.jobs;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/** The two tables. Taking is a conditional update, so that of several takers one wins. */
final class Queue {
    static final int MOST_TRIES = 12;
    private static final int LONGEST_PAYLOAD = 4_000;
    private static final int LONGEST_TROUBLE = 500;
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(10);
    private static final Duration LONGEST_PAUSE = Duration.ofHours(1);
    private static final String TASK = "id, kind, payload, due_ms, tries, failed, trouble";

    private Queue() {}

    static void add(Handle tx, String kind, String payload, Instant due) {
        if (payload.length() > LONGEST_PAYLOAD) {
            throw new IllegalArgumentException("a task's payload is longer than " + LONGEST_PAYLOAD);
        }
        tx.createUpdate("""
                INSERT INTO jobs_task (kind, payload, due_ms, tries, failed, trouble, owner, lease_ms)
                VALUES (:kind, :payload, :due, 0, :failed, '', '', 0)
                """)
                .bind("kind", kind)
                .bind("payload", payload)
                .bind("due", due.toEpochMilli())
                .bind("failed", false)
                .execute();
    }

    /** Tasks of these kinds that could be taken now, the longest due first. */
    static List<Task> due(Handle tx, Set<String> kinds, Instant now, int most) {
        return tx.createQuery("SELECT " + TASK + """
                 FROM jobs_task WHERE failed = :no AND due_ms <= :now AND lease_ms <= :now AND kind IN (<kinds>)
                ORDER BY due_ms, id OFFSET 0 ROWS FETCH NEXT :most ROWS ONLY
                """)
                .bindList("kinds", List.copyOf(kinds))
                .bind("no", false)
                .bind("now", now.toEpochMilli())
                .bind("most", most)
                .map(Queue::task)
                .list();
    }

    static boolean take(Handle tx, Task task, String owner, Instant now, Instant until) {
        return tx.execute(
                        "UPDATE jobs_task SET owner = ?, lease_ms = ?, tries = tries + 1"
                                + " WHERE id = ? AND tries = ? AND lease_ms <= ? AND failed = ?",
                        owner,
                        until.toEpochMilli(),
                        task.id(),
                        task.tries(),
                        now.toEpochMilli(),
                        false)
                == 1;
    }

    static void done(Handle tx, Task task, String owner) {
        tx.execute("DELETE FROM jobs_task WHERE id = ? AND owner = ?", task.id(), owner);
    }

    /** @param tries with the one that failed */
    static void failed(Handle tx, Task task, int tries, String owner, String trouble, Instant now) {
        Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(tries - 1, 20));
        Instant next = now.plus(pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause);
        tx.execute(
                "UPDATE jobs_task SET due_ms = ?, lease_ms = 0, owner = '', failed = ?, trouble = ?"
                        + " WHERE id = ? AND owner = ?",
                next.toEpochMilli(),
                tries >= MOST_TRIES,
                cut(trouble),
                task.id(),
                owner);
    }

    /** Failed ones first, then the next ones. */
    static List<Task> list(Handle tx, int most) {
        return tx.createQuery("SELECT " + TASK + """
                 FROM jobs_task ORDER BY failed DESC, due_ms, id OFFSET 0 ROWS FETCH NEXT :most ROWS ONLY
                """)
                .bind("most", most)
                .map(Queue::task)
                .list();
    }

    static long count(Handle tx, boolean failed) {
        return tx.createQuery("SELECT COUNT(*) FROM jobs_task WHERE failed = ?")
                .bind(0, failed)
                .mapTo(Long.class)
                .one();
    }

    static boolean again(Handle tx, long id, Instant now) {
        return tx.execute(
                        "UPDATE jobs_task SET failed = ?, tries = 0, due_ms = ? WHERE id = ? AND failed = ?",
                        false,
                        now.toEpochMilli(),
                        id,
                        true)
                == 1;
    }

    static boolean drop(Handle tx, long id) {
        return tx.execute("DELETE FROM jobs_task WHERE id = ? AND failed = ?", id, true) == 1;
    }

    /** Makes a schedule known, due at once when it is new. */
    static void schedule(Handle tx, String name, Duration every, Instant now) {
        boolean known = tx.execute("UPDATE jobs_schedule SET every_ms = ? WHERE name = ?", every.toMillis(), name) == 1;
        if (!known) {
            tx.execute(
                    "INSERT INTO jobs_schedule (name, every_ms, next_ms, last_ms, trouble, owner, lease_ms)"
                            + " VALUES (?, ?, ?, 0, '', '', 0)",
                    name,
                    every.toMillis(),
                    now.toEpochMilli());
        }
    }

    static boolean takeTurn(Handle tx, String name, String owner, Instant now, Instant until) {
        return tx.execute(
                        "UPDATE jobs_schedule SET owner = ?, lease_ms = ?"
                                + " WHERE name = ? AND next_ms <= ? AND lease_ms <= ?",
                        owner,
                        until.toEpochMilli(),
                        name,
                        now.toEpochMilli(),
                        now.toEpochMilli())
                == 1;
    }

    static void turned(Handle tx, String name, Duration every, String owner, String trouble, Instant now) {
        tx.execute(
                "UPDATE jobs_schedule SET next_ms = ?, last_ms = ?, lease_ms = 0, owner = '', trouble = ?"
                        + " WHERE name = ? AND owner = ?",
                now.plus(every).toEpochMilli(),
                now.toEpochMilli(),
                cut(trouble),
                name,
                owner);
    }

    static List<Scheduled> schedules(Handle tx) {
        return tx.createQuery("SELECT name, every_ms, next_ms, last_ms, trouble FROM jobs_schedule ORDER BY name")
                .map((row, context) -> new Scheduled(
                        row.getString(1),
                        Duration.ofMillis(row.getLong(2)),
                        Instant.ofEpochMilli(row.getLong(3)),
                        Optional.of(row.getLong(4)).filter(ms -> ms > 0).map(Instant::ofEpochMilli),
                        row.getString(5)))
                .list();
    }

    private static Task task(ResultSet row, StatementContext context) throws SQLException {
        return new Task(
                row.getLong(1),
                row.getString(2),
                row.getString(3),
                Instant.ofEpochMilli(row.getLong(4)),
                row.getInt(5),
                row.getBoolean(6),
                row.getString(7));
    }

    private static String cut(String text) {
        return text.length() > LONGEST_TROUBLE ? text.substring(0, LONGEST_TROUBLE) : text;
    }
}
