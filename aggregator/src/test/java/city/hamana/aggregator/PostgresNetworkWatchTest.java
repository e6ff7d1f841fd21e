package city.hamana.aggregator;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/** The same as on Derby, on a real PostgreSQL. */
class PostgresNetworkWatchTest extends NetworkWatchTest {
    private static EmbeddedPostgres postgres;
    private static int number;

    @BeforeAll
    static void start() throws IOException {
        postgres = EmbeddedPostgres.start();
    }

    @AfterAll
    static void stop() throws IOException {
        postgres.close();
    }

    @BeforeEach
    @Override
    void openFirst() {
        number++;
        try (var connection = postgres.getPostgresDatabase().getConnection();
                var statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE network" + number);
        } catch (java.sql.SQLException e) {
            throw new IllegalStateException(e);
        }
        super.openFirst();
    }

    @Override
    String url() {
        return postgres.getJdbcUrl("postgres", "network" + number);
    }
}
