package city.hamana.sensing.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import city.hamana.platform.db.Database;
import city.hamana.platform.events.Events;
import java.util.List;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;

/** A city hall of before ranges, brought up to date. */
class MigrationTest {
    private static final String URL = "jdbc:derby:memory:migration;create=true";

    @Test
    void theBlocksHeldBeforeBecomeRangesAndTheirGapsAreOpen() {
        try (Database database = Database.open(URL)) {
            before();
            database.inTransaction(tx -> {
                for (int sequence : List.of(1, 2, 3, 7, 9, 10)) {
                    tx.execute(
                            "INSERT INTO ingest_block VALUES ('mn-0001', ?, ?, ?, '', ?)",
                            "a".repeat(32),
                            sequence,
                            "%064d".formatted(sequence),
                            1_000L * sequence);
                }
                return tx.execute("INSERT INTO ingest_stream VALUES ('mn-0001', ?, 10, 6)", "a".repeat(32));
            });
            Edge edge = new Edge(database);

            ChainId chain = new ChainId("mn-0001", "a".repeat(32));
            assertEquals("1-3, 7, 9-10", edge.held("mn-0001", chain.bootBytes()));
            assertEquals("4-6, 8", edge.missing("mn-0001", chain.bootBytes()));
            assertEquals(1, edge.count("ingest_open"));
            assertEquals(6, edge.count("ingest_block WHERE made_ms = received_ms"));
            assertEquals(1, edge.count("ingest_stream WHERE highest_ms = 10000 AND seen_ms = 1000"));
        }
    }

    private static void before() {
        Flyway.configure(Events.class.getClassLoader())
                .dataSource(URL, "", "")
                .locations("classpath:city/hamana/sensing/ingest/migrations")
                .table("ingest_migrations")
                .baselineOnMigrate(true)
                .baselineVersion("0")
                .target("1")
                .placeholders(Map.of("bytes", "BLOB(16M)", "longtext", "VARCHAR(32000)"))
                .load()
                .migrate();
    }
}
