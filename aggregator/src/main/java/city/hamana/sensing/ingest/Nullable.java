package city.hamana.sensing.ingest;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.OptionalLong;

/** Columns that may hold nothing, as optional numbers. */
final class Nullable {
    private Nullable() {}

    static OptionalLong optional(ResultSet row, int column) throws SQLException {
        long value = row.getLong(column);
        return row.wasNull() ? OptionalLong.empty() : OptionalLong.of(value);
    }

    /** For binding: a {@code Long}, or {@code null} as JDBC wants it. */
    static Long of(OptionalLong value) {
        return value.isPresent() ? Long.valueOf(value.getAsLong()) : null;
    }
}
