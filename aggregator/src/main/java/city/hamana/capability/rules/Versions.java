package city.hamana.capability.rules;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/** The saved versions. They never change, so what was read of them once is kept. */
final class Versions {
    private static final int MOST_VERSIONS = 500;
    private static final int MOST_KEPT = 1_000;

    private final Map<String, Table> kept = new ConcurrentHashMap<>();

    /** Adds a version; its number is one more than the last. */
    int add(Handle tx, String table, LocalDate from, String text, String actor, Instant now) {
        int number = 1
                + tx.createQuery("SELECT COALESCE(MAX(number), 0) FROM rules_version WHERE table_name = ?")
                        .bind(0, table)
                        .mapTo(Integer.class)
                        .one();
        tx.createUpdate("""
                INSERT INTO rules_version (table_name, number, from_day, body, actor, saved_ms, withdrawn)
                VALUES (:table, :number, :from, :body, :actor, :saved, :withdrawn)
                """)
                .bind("table", table)
                .bind("number", number)
                .bind("from", from.toEpochDay())
                .bind("body", text)
                .bind("actor", actor)
                .bind("saved", now.toEpochMilli())
                .bind("withdrawn", false)
                .execute();
        return number;
    }

    boolean withdraw(Handle tx, String table, int number, LocalDate today) {
        return tx.createUpdate("""
                UPDATE rules_version SET withdrawn = :yes
                WHERE table_name = :table AND number = :number AND from_day > :today AND withdrawn = :no
                """)
                        .bind("yes", true)
                        .bind("no", false)
                        .bind("table", table)
                        .bind("number", number)
                        .bind("today", today.toEpochDay())
                        .execute()
                == 1;
    }

    /** The version that holds on this day. */
    Optional<Version> on(Handle tx, String table, LocalDate day) {
        return tx.createQuery("""
                SELECT table_name, number, from_day, body, actor, saved_ms, withdrawn FROM rules_version
                WHERE table_name = :table AND from_day <= :day AND withdrawn = :no
                ORDER BY from_day DESC, number DESC OFFSET 0 ROWS FETCH NEXT 1 ROWS ONLY
                """)
                .bind("table", table)
                .bind("day", day.toEpochDay())
                .bind("no", false)
                .map(Versions::version)
                .findOne();
    }

    Optional<Version> numbered(Handle tx, String table, int number) {
        return tx.createQuery("""
                SELECT table_name, number, from_day, body, actor, saved_ms, withdrawn FROM rules_version
                WHERE table_name = :table AND number = :number
                """)
                .bind("table", table)
                .bind("number", number)
                .map(Versions::version)
                .findOne();
    }

    /** All versions of a table, the newest first, at most 500. */
    List<Version> of(Handle tx, String table) {
        return tx.createQuery("""
                SELECT table_name, number, from_day, body, actor, saved_ms, withdrawn FROM rules_version
                WHERE table_name = :table ORDER BY number DESC OFFSET 0 ROWS FETCH NEXT :most ROWS ONLY
                """)
                .bind("table", table)
                .bind("most", MOST_VERSIONS)
                .map(Versions::version)
                .list();
    }

    /** The content of a saved version. */
    Table table(Version version) {
        if (kept.size() > MOST_KEPT) {
            kept.clear();
        }
        return kept.computeIfAbsent(version.table() + "@" + version.number(), key -> read(version));
    }

    private static Table read(Version version) {
        return switch (TableFile.read(version.text())) {
            case TableFile.Result.Whole(var table) -> table;
            case TableFile.Result.Wrong(var slips) ->
                throw RulesException.file(version.table() + "@" + version.number(), slips);
        };
    }

    private static Version version(ResultSet row, StatementContext context) throws SQLException {
        return new Version(
                row.getString(1),
                row.getInt(2),
                LocalDate.ofEpochDay(row.getLong(3)),
                row.getString(4),
                row.getString(5),
                Instant.ofEpochMilli(row.getLong(6)),
                row.getBoolean(7));
    }
}
