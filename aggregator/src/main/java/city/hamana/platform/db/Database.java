package city.hamana.platform.db;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.apache.derby.jdbc.EmbeddedDataSource;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One database, its pool of connections and its transactions. */
public final class Database implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Database.class);
    private static final int MOST_TELLINGS = 8;
    private static final int CONNECTIONS = 10;
    private static final long CONNECTION_TIMEOUT_MS = 10_000;
    private static final String PAGES = "derby.storage.pageCacheSize";
    private static final long LARGEST_PAGE = 32_768;
    private static final int MOST_PAGES = 40_000;

    private final String url;
    private final Dialect dialect;
    private final HikariDataSource pool;
    private final Jdbi jdbi;

    private Database(String url, Dialect dialect, HikariDataSource pool) {
        this.url = url;
        this.dialect = dialect;
        this.pool = pool;
        this.jdbi = Jdbi.create(pool);
    }

    /**
     * Opens a database; Derby's is made where it does not exist.
     *
     * @param url {@code jdbc:derby:DIR;create=true}, {@code jdbc:derby:memory:…} or {@code jdbc:postgresql:…}, user and
     *     password in it where they are needed
     * @throws IllegalArgumentException if the address is of another kind
     */
    public static Database open(String url) {
        Dialect dialect = Dialect.of(url);
        if (dialect == Dialect.DERBY) {
            prepareDerby(url);
        }
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setMaximumPoolSize(CONNECTIONS);
        config.setAutoCommit(true);
        config.setConnectionTimeout(CONNECTION_TIMEOUT_MS);
        config.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
        config.setPoolName("hamana");
        return new Database(url, dialect, new HikariDataSource(config));
    }

    public Dialect dialect() {
        return dialect;
    }

    /**
     * Tells a story in one transaction. Where it met another one (deadlock, serialisation failure, the same key
     * inserted by both) it is rolled back and told again, at most 8 times.
     */
    public <T> T inTransaction(Story<T> story) {
        for (int telling = 1; ; telling++) {
            try {
                return jdbi.inTransaction(story::tell);
            } catch (JdbiException e) {
                if (telling == MOST_TELLINGS || !metAnother(e)) {
                    throw e;
                }
                LOG.debug("telling a transaction again: {}", e.getMessage());
                LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(2_000_000, 12_000_000) * telling);
            }
        }
    }

    /** Asks in one transaction, as {@link #inTransaction} tells; whether it holds. */
    public boolean holds(Predicate<Handle> question) {
        return inTransaction(question::test);
    }

    /** Brings the module's tables up to date; doing it twice changes nothing. */
    public void migrate(Schema schema) {
        if (!schema.hasTables()) {
            return;
        }
        Set<String> before = tables();
        Flyway.configure(schema.anchor().getClassLoader())
                .dataSource(pool)
                .locations("classpath:" + schema.location())
                .table(schema.name() + "_migrations")
                .baselineOnMigrate(true)
                .baselineVersion("0")
                .placeholders(dialect.placeholders())
                .load()
                .migrate();
        Set<String> foreign = tables();
        foreign.removeAll(before);
        foreign.removeIf(table -> table.startsWith(schema.name() + "_"));
        if (!foreign.isEmpty()) {
            throw DatabaseException.foreignTables(schema, foreign);
        }
    }

    /** Brings the tables of all modules up to date, in this order. */
    public void migrate(Collection<Schema> schemas) {
        schemas.forEach(this::migrate);
    }

    /** Names of all tables, in small letters. */
    public Set<String> tables() {
        Set<String> names = new TreeSet<>();
        try (Connection connection = pool.getConnection()) {
            DatabaseMetaData about = connection.getMetaData();
            try (ResultSet rows = about.getTables(null, connection.getSchema(), "%", new String[] {"TABLE"})) {
                while (rows.next()) {
                    names.add(rows.getString("TABLE_NAME").toLowerCase(Locale.ROOT));
                }
            }
        } catch (SQLException e) {
            throw DatabaseException.unreadable(e);
        }
        return names;
    }

    @Override
    public void close() {
        pool.close();
        if (dialect == Dialect.DERBY) {
            shutDownDerby();
        }
    }

    private static boolean metAnother(Throwable e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && sql.getSQLState() != null) {
                String state = sql.getSQLState();
                return state.startsWith("40") || state.equals("23505");
            }
        }
        return false;
    }

    /** Derby writes its own log: beside the database, not in whatever folder the program was started from. */
    private static void prepareDerby(String url) {
        String place = url.substring("jdbc:derby:".length()).split(";", 2)[0];
        if (System.getProperty("derby.stream.error.file") == null && !place.startsWith("memory:")) {
            Path log = Path.of(place).toAbsolutePath().resolveSibling("derby.log");
            makeFolder(log.getParent());
            System.setProperty("derby.stream.error.file", log.toString());
        }
        // The defaults, 20 s and 60 s, would hold a gateway's upload for longer than it waits.
        System.setProperty("derby.locks.deadlockTimeout", "1");
        System.setProperty("derby.locks.waitTimeout", "5");
        // A statement planned while its table was empty scans the table; by the default, 100, it does so for as many
        // runs.
        System.setProperty("derby.language.stalePlanCheckInterval", "5");
        if (System.getProperty(PAGES) == null) {
            System.setProperty(PAGES, String.valueOf(pages(Runtime.getRuntime().maxMemory())));
        }
        boot(url);
    }

    /**
     * Makes the database, or has it recover, and waits until that is done: after a power cut it takes as long as there is
     * to recover, while a connection of the pool is waited for ten seconds only.
     */
    private static void boot(String url) {
        EmbeddedDataSource derby = new EmbeddedDataSource();
        String[] parts = url.substring("jdbc:derby:".length()).split(";", 2);
        derby.setDatabaseName(parts[0]);
        derby.setConnectionAttributes(parts.length > 1 ? parts[1] : "");
        try {
            derby.getConnection().close();
        } catch (SQLException e) {
            throw new IllegalArgumentException("the database cannot be opened: " + parts[0], e);
        }
    }

    /**
     * How many pages Derby keeps in memory: an eighth of the heap, were all of its largest size. By its default, 1,000, the
     * index of a month's readings is read from the disk and written to it again for each day that comes.
     */
    private static long pages(long heap) {
        return Math.clamp(heap / 8 / LARGEST_PAGE, 1_000, MOST_PAGES);
    }

    private static void makeFolder(Path folder) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new IllegalArgumentException("the database's folder cannot be made: " + folder, e);
        }
    }

    /** Derby answers a wish to shut down with an exception, always. */
    private void shutDownDerby() {
        String place = url.split(";", 2)[0];
        String how = place.startsWith("jdbc:derby:memory:") ? ";drop=true" : ";shutdown=true";
        try (Connection none = DriverManager.getConnection(place + how)) {
            LOG.warn("Derby gave {} instead of shutting down", none);
        } catch (SQLException e) {
            LOG.debug("Derby: {}", e.getMessage());
        }
    }
}
