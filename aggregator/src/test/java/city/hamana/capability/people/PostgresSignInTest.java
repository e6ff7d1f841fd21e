package city.hamana.capability.people;

import city.hamana.platform.db.Database;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.junit.jupiter.api.AfterAll;

/** The same as on Derby, on a real PostgreSQL. */
class PostgresSignInTest extends SignInTest {
    private EmbeddedPostgres postgres;

    @Override
    Database database() {
        try {
            postgres = EmbeddedPostgres.start();
            return Database.open(postgres.getJdbcUrl("postgres", "postgres"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @AfterAll
    void stop() throws IOException {
        postgres.close();
    }
}
