package city.hamana.platform.db;

import java.sql.SQLException;
import java.util.Collection;

/** A database that cannot be used as it is. */
public final class DatabaseException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private DatabaseException(String message, Throwable cause) {
        super(message, cause);
    }

    static DatabaseException foreignTables(Schema schema, Collection<String> tables) {
        return new DatabaseException(
                "migrations of " + schema.name() + " made tables that do not begin with its name: " + tables, null);
    }

    static DatabaseException unreadable(SQLException cause) {
        return new DatabaseException("the list of tables cannot be read", cause);
    }
}
