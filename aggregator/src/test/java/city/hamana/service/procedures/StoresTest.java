package city.hamana.service.procedures;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.hamana.platform.db.Database;
import city.hamana.platform.db.Schema;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Drafts and filings in the database. */
class StoresTest {
    private static final Instant NOW = Instant.parse("2026-11-24T00:00:00Z");

    private final Drafts drafts = new Drafts();
    private final Filings filings = new Filings();
    private Database database;

    Database database() {
        return Database.open("jdbc:derby:memory:procedures-stores;create=true");
    }

    @BeforeEach
    void open() {
        database = database();
        database.migrate(new Schema("procedures", Procedures.class));
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void aDraftIsFoundByItsWriterAndNobodyElse() {
        Draft draft = add("person:1");
        assertEquals(Optional.of(draft), database.inTransaction(tx -> drafts.find(tx, draft.id(), "person:1")));
        assertEquals(Optional.empty(), database.inTransaction(tx -> drafts.find(tx, draft.id(), "person:2")));
        assertEquals(List.of(draft), database.inTransaction(tx -> drafts.about(tx, "7")));
        assertTrue(database.<Boolean>inTransaction(tx -> drafts.remove(tx, draft.id())));
        assertFalse(database.<Boolean>inTransaction(tx -> drafts.remove(tx, draft.id())), "it is gone once only");
    }

    @Test
    void ofMoreThanTwentyDraftsTheOldestGoes() {
        Draft first = add("person:3");
        for (int i = 1; i <= 20; i++) {
            Instant later = NOW.plusSeconds(i);
            database.inTransaction(tx -> drafts.add(tx, "dx-grant", "person:3", "7", "", "{}", later));
        }
        List<Draft> left = database.inTransaction(tx -> drafts.of(tx, "person:3"));
        assertEquals(20, left.size());
        assertFalse(left.contains(first));
    }

    @Test
    void whatIsLeftLyingForSixtyDaysIsSweptAway() {
        add("person:4");
        database.inTransaction(tx -> {
            drafts.sweep(tx, NOW);
            return 0;
        });
        assertEquals(1, database.inTransaction(tx -> drafts.of(tx, "person:4")).size());
        database.inTransaction(tx -> {
            drafts.sweep(tx, NOW.plus(Duration.ofMillis(1)));
            return 0;
        });
        assertEquals(List.of(), database.inTransaction(tx -> drafts.of(tx, "person:4")));
    }

    @Test
    void aFilingKeepsWhatWasAskedProposedAndIssued() {
        String id = "2026-000001";
        Filing filing = new Filing(id, "dx-grant", "sign-in", "", -1, "a@1#1", true, List.of(), "", "", 0, "");
        Filing after = database.inTransaction(tx -> {
            filings.add(tx, filing, NOW);
            filings.asked(tx, id, List.of("cost", "plan"));
            filings.proposed(tx, id, "grant", "理由", 61_000, "a@1#1 b@2#3");
            filings.document(tx, id, "cases-2026-1");
            return filings.find(tx, id).orElseThrow();
        });
        assertEquals(List.of("cost", "plan"), after.askedFields());
        assertEquals(61_000, after.amountYen());
        assertEquals("cases-2026-1", after.document());
        assertTrue(after.granted());
        assertEquals(61_000L, database.<Long>inTransaction(tx -> filings.granted(tx, "dx-grant", NOW)));
        assertEquals(0L, database.<Long>inTransaction(tx -> filings.granted(tx, "dx-grant", NOW.plusMillis(1))));
        assertEquals(0L, database.<Long>inTransaction(tx -> filings.granted(tx, "other", NOW)));
    }

    private Draft add(String writer) {
        return database.inTransaction(tx -> drafts.add(tx, "dx-grant", writer, "7", "", "{}", NOW));
    }
}
