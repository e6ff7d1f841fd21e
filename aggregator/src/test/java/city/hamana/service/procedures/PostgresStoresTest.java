package city.hamana.service.procedures;

import city.hamana.platform.db.Database;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** The same as on Derby, on a real PostgreSQL. */
class PostgresStoresTest extends StoresTest {
    private EmbeddedPostgres postgres;

    @Override
    Database database() {
        return Database.open(postgres.getJdbcUrl("postgres", "postgres"));
    }

    @Override
    @BeforeEach
    void open() {
        try {
            postgres = EmbeddedPostgres.start();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        super.open();
    }

    @Override
    @AfterEach
    void close() {
        super.close();
        try {
            postgres.close();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
