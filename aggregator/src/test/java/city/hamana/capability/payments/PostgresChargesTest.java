package city.hamana.capability.payments;

import city.hamana.platform.db.Database;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** The same as on Derby, on a real PostgreSQL. */
class PostgresChargesTest extends ChargesTest {
    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static EmbeddedPostgres postgres;

    @BeforeContainer
    static void start() throws IOException {
        postgres = EmbeddedPostgres.start();
    }

    @AfterContainer
    static void stop() throws IOException {
        postgres.close();
    }

    @Override
    Database database() {
        String name = "charges" + NUMBER.incrementAndGet();
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return Database.open(postgres.getJdbcUrl("postgres", name));
    }
}
