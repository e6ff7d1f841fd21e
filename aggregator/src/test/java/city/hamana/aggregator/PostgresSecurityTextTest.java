package city.hamana.aggregator;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.junit.jupiter.api.AfterAll;

/** The same as on Derby, on a real PostgreSQL, which quotes, compares and refuses otherwise. */
class PostgresSecurityTextTest extends SecurityTextTest {
    private EmbeddedPostgres postgres;

    @Override
    City city() {
        try {
            postgres = EmbeddedPostgres.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new City(TestCity.settings(postgres.getJdbcUrl("postgres", "postgres")), TestCity.identity());
    }

    @AfterAll
    void stop() throws IOException {
        postgres.close();
    }
}
