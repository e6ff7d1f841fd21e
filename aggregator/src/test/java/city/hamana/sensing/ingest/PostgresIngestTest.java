package city.hamana.sensing.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import city.hamana.messages.Quality;
import city.hamana.messages.v1.ClockCorrection;
import city.hamana.platform.db.Database;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The SQL of ingest on a real PostgreSQL, once through. */
class PostgresIngestTest {
    @Test
    void rangesLossesClocksAndGapsAreTheSameThere() throws IOException {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start();
                Edge edge = new Edge(Database.open(postgres.getJdbcUrl("postgres", "postgres")))) {
            Boot first = new Boot(Edge.NODE, 1).withoutClock();
            first.next(Boot.reading(Edge.NOW, 5, Quality.CLOCK_UNKNOWN));
            first.next(6);
            edge.deliver(first.block(1), first.block(3), first.block(5));
            assertEquals("1, 3, 5", edge.held("mn-0001", first.id));
            edge.deliver(first.block(4));
            assertEquals("1, 3-5", edge.held("mn-0001", first.id));
            edge.deliver(new Boot(Edge.NODE, 2)
                    .next(block -> block.setContinues(first.end(7)).addLosses(first.loss(6, 6))));
            assertEquals("2, 7", edge.missing("mn-0001", first.id));
            edge.deliver(first.next(
                    block -> block.setCorrection(ClockCorrection.newBuilder().setOffsetMs(1_000))));
            assertEquals(1, edge.readings().size());
            assertEquals(List.of("ingest.loss", "ingest.storage-went-back"), edge.told("mn-0001"));
        }
    }
}
