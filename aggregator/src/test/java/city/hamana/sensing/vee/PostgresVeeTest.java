package city.hamana.sensing.vee;

import city.hamana.platform.db.Database;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The same as on Derby, on a real PostgreSQL. */
class PostgresVeeTest extends VeeTest {
    private static EmbeddedPostgres postgres;

    @BeforeAll
    static void start() throws IOException {
        postgres = EmbeddedPostgres.start();
    }

    @AfterAll
    static void stop() throws IOException {
        postgres.close();
    }

    @Override
    Database database() {
        return Database.open(postgres.getJdbcUrl("postgres", "postgres"));
    }
}
