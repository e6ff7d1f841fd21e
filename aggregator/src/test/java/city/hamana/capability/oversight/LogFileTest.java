package city.hamana.capability.oversight;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.hamana.platform.db.Database;
import city.hamana.platform.events.Event;
import city.hamana.platform.events.Events;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogFileTest {
    @TempDir
    Path folder;

    private Database database;
    private Events events;

    @BeforeEach
    void open() {
        database = Database.open("jdbc:derby:memory:logfile;create=true");
        database.migrate(Events.SCHEMA);
        events = new Events(database);
        for (int i = 0; i < 5; i++) {
            Event event = new Event(
                    Instant.parse("2026-07-03T05:20:00Z").plusSeconds(i),
                    "test.happened",
                    "system",
                    "湖西:" + i,
                    Map.of("line", "a\nb\"c", "number", i));
            database.inTransaction(tx -> events.append(tx, event));
        }
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void aLogTakenOutIsVerifiedWithoutTheDatabase() throws IOException {
        Path file = written(text -> text);
        assertEquals(OptionalLong.empty(), LogFile.verify(file).broken());
        assertEquals(5, LogFile.verify(file).entries());
        assertEquals(
                database.inTransaction(tx -> events.hash(tx, 5)).orElseThrow(),
                LogFile.verify(file).hash());
    }

    @Test
    void aChangedALeftOutAndAnExchangedLineAreFound() throws IOException {
        assertEquals(
                OptionalLong.of(3),
                LogFile.verify(written(text -> text.replace("湖西:2", "湖西:9"))).broken());
        assertEquals(
                OptionalLong.of(3),
                LogFile.verify(written(text -> without(text, 1))).broken());
        assertEquals(
                OptionalLong.of(2),
                LogFile.verify(written(text -> without(text, 0))).broken());
    }

    @Test
    void whatIsNoLogIsRefused() throws IOException {
        Path file = written(text -> text + "{not json\n");
        assertThrows(UncheckedIOException.class, () -> LogFile.verify(file));
        assertTrue(LogFile.verify(written(text -> text + "{}\n")).broken().isPresent());
    }

    private static String without(String text, int line) {
        String[] lines = text.split("\n");
        lines[line] = null;
        return String.join(
                        "\n",
                        java.util.Arrays.stream(lines).filter(l -> l != null).toList()) + "\n";
    }

    private Path written(java.util.function.UnaryOperator<String> change) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        database.inTransaction(tx -> {
            events.each(tx, entry -> out.writeBytes(LogFile.line(entry)));
            return out;
        });
        return Files.writeString(
                folder.resolve("log.jsonl"), change.apply(out.toString(java.nio.charset.StandardCharsets.UTF_8)));
    }
}
