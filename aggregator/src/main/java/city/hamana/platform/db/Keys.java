package city.hamana.platform.db;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.Handle;

/**
 * The rows of a table that have a number, {@code id}, and a key of their own, {@code once}, under which the same twice is
 * written once.
 *
 * @param table by its name
 */
public record Keys(String table) {
    public Keys {
        if (!table.matches("[a-z][a-z0-9_]{0,60}")) {
            throw new IllegalArgumentException("no name of a table: " + table);
        }
    }

    /**
     * The numbers of those keys that are there. Each is asked for by itself, of one prepared statement: without statistics, as
     * in a fresh database, Derby reads the whole table for a list of keys, and a run of bills asks for tens of thousands.
     */
    public Map<String, Long> numbers(Handle tx, List<String> keys) {
        Map<String, Long> numbers = new HashMap<>();
        try (PreparedStatement question =
                tx.getConnection().prepareStatement("SELECT id FROM " + table + " WHERE once = ?")) {
            for (String key : keys) {
                question.setString(1, key);
                try (ResultSet answer = question.executeQuery()) {
                    if (answer.next()) {
                        numbers.put(key, answer.getLong(1));
                    }
                }
            }
        } catch (SQLException e) {
            throw new ConnectionException(e);
        }
        return numbers;
    }

    /** The numbers of those that were added since, of several transactions perhaps, by their keys. */
    public Map<String, Long> since(Handle tx, long last) {
        Map<String, Long> numbers = new HashMap<>();
        tx.createQuery("SELECT once, id FROM " + table + " WHERE id > :last")
                .bind("last", last)
                .map((row, context) -> Map.entry(row.getString(1), row.getLong(2)))
                .forEach(pair -> numbers.put(pair.getKey(), pair.getValue()));
        return numbers;
    }

    /** The highest number; 0 where there is no row. */
    public long last(Handle tx) {
        return tx.createQuery("SELECT COALESCE(MAX(id), 0) FROM " + table)
                .mapTo(Long.class)
                .one();
    }
}
