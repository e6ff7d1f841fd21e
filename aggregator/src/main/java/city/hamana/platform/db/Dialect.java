package city.hamana.platform.db;

import java.util.Map;

/** What Derby and PostgreSQL say differently. Everything else is written in the subset that both speak. */
public enum Dialect {
    DERBY(" FOR UPDATE WITH RS", "BLOB(16M)", "VARCHAR(32000)"),
    POSTGRESQL(" FOR UPDATE", "BYTEA", "TEXT");

    private final String lockRows;
    private final String bytesType;
    private final String longTextType;

    Dialect(String lockRows, String bytesType, String longTextType) {
        this.lockRows = lockRows;
        this.bytesType = bytesType;
        this.longTextType = longTextType;
    }

    static Dialect of(String url) {
        if (url.startsWith("jdbc:derby:")) {
            return DERBY;
        }
        if (url.startsWith("jdbc:postgresql:")) {
            return POSTGRESQL;
        }
        throw new IllegalArgumentException("database-url must begin with jdbc:derby: or jdbc:postgresql:");
    }

    /**
     * To stand at the end of a SELECT from one table, without ORDER BY: the rows stay locked until the transaction
     * ends.
     */
    public String lockRows() {
        return lockRows;
    }

    /** Placeholders for migrations: {@code ${bytes}} up to 16 MiB, {@code ${longtext}} up to 32,000 characters. */
    Map<String, String> placeholders() {
        return Map.of("bytes", bytesType, "longtext", longTextType);
    }
}
