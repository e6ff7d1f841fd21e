package city.hamana.platform.events;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.hamana.platform.db.Database;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EventsTest {
    private static final Instant LATER = Instant.parse("2100-01-01T00:00:00Z");

    private Database database;
    private Events events;

    @BeforeEach
    void open() {
        database = Database.open("jdbc:derby:memory:events;create=true");
        database.migrate(Events.SCHEMA);
        events = new Events(database);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void eachEntryHoldsTheHashOfTheOneBefore() {
        Entry first = append(1);
        Entry second = append(2);
        assertEquals(1, first.sequence());
        assertEquals(first.hash(), second.previous());
        assertTrue(broken().isEmpty());
    }

    @Test
    void aChangedEntryBreaksTheChainWhereItStands() {
        append(1);
        append(2);
        append(3);
        database.inTransaction(tx -> tx.execute("UPDATE events_log SET actor = 'nobody' WHERE sequence = 2"));
        assertEquals(OptionalLong.of(2), broken());
    }

    @Test
    void aRemovedEntryBreaksTheChainAfterIt() {
        append(1);
        append(2);
        append(3);
        database.inTransaction(tx -> tx.execute("DELETE FROM events_log WHERE sequence = 2"));
        assertEquals(OptionalLong.of(3), broken());
    }

    @Test
    void anEndThatWasCutOffIsFoundToo() {
        append(1);
        append(2);
        append(3);
        database.inTransaction(tx -> tx.execute("DELETE FROM events_log WHERE sequence = 3"));
        assertEquals(OptionalLong.of(3), broken());
    }

    @Test
    void aLogThatWasWrittenAnewShowsByAHashThatSomebodyNoted() {
        append(1);
        append(2);
        String noted = database.inTransaction(tx -> events.hash(tx, 2)).orElseThrow();
        database.inTransaction(tx -> tx.execute("DELETE FROM events_log")
                + tx.execute("UPDATE events_head SET last_sequence = 0, last_hash = ?", "0".repeat(64)));
        append(1);
        append(7);
        assertTrue(broken().isEmpty(), "by itself it is whole");
        assertNotEquals(noted, database.inTransaction(tx -> events.hash(tx, 2)).orElseThrow());
    }

    @Test
    void entriesAreFoundByKindActorSubjectAndTime() {
        append(1);
        append(2);
        Instant at = Instant.parse("2026-07-03T05:20:00.123Z");
        assertEquals(
                2, found(new Search(99, "test.", "", "", at, at.plusMillis(1))).size());
        assertEquals(1, found(new Search(2, "", "", "", Instant.EPOCH, LATER)).size());
        assertEquals(
                1,
                found(new Search(99, "", "system", "thing:2", Instant.EPOCH, LATER))
                        .size());
        assertEquals(
                0, found(new Search(99, "", "syste%", "", Instant.EPOCH, LATER)).size());
        assertEquals(
                0, found(new Search(99, "t_st", "", "", Instant.EPOCH, LATER)).size());
        assertEquals(
                0, found(new Search(99, "", "", "", at.plusMillis(1), LATER)).size());
    }

    private List<Entry> found(Search search) {
        return database.inTransaction(tx -> events.search(tx, search, 10));
    }

    @Test
    void writersAtTheSameTimeMakeOneChain() throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Entry>> all = IntStream.range(0, 40)
                    .mapToObj(i -> threads.submit(() -> append(i)))
                    .toList();
            for (Future<Entry> one : all) {
                one.get();
            }
        }
        assertEquals(40, database.inTransaction(tx -> events.latest(tx, 100)).size());
        assertTrue(broken().isEmpty());
    }

    private OptionalLong broken() {
        return database.inTransaction(events::verify).broken();
    }

    private Entry append(int number) {
        Event event = new Event(
                Instant.parse("2026-07-03T05:20:00.123456Z"),
                "test.happened",
                "system",
                "thing:" + number,
                Map.of("number", number, "name", "湖西"));
        return database.inTransaction(tx -> events.append(tx, event));
    }
}
