package city.hamana.capability.oversight;

import city.hamana.platform.events.Entry;
import city.hamana.platform.events.Events;
import city.hamana.platform.events.Verdict;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.stream.Stream;

/** The log as a file: one JSON object a line, every field as it stands in the table. */
interface LogFile {
    ObjectMapper JSON = new ObjectMapper();

    static byte[] line(Entry entry) {
        ObjectNode node = JSON.createObjectNode();
        node.put("sequence", entry.sequence());
        node.put("at_ms", entry.at().toEpochMilli());
        node.put("kind", entry.kind());
        node.put("actor", entry.actor());
        node.put("subject", entry.subject());
        node.put("detail", entry.detail());
        node.put("previous", entry.previous());
        node.put("hash", entry.hash());
        return (node + "\n").getBytes(StandardCharsets.UTF_8);
    }

    static Entry entry(String line) {
        try {
            JsonNode node = JSON.readTree(line);
            return new Entry(
                    node.path("sequence").asLong(),
                    Instant.ofEpochMilli(node.path("at_ms").asLong()),
                    node.path("kind").asText(),
                    node.path("actor").asText(),
                    node.path("subject").asText(),
                    node.path("detail").asText(),
                    node.path("previous").asText(),
                    node.path("hash").asText());
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Verdict verify(Path file) {
        try (Stream<String> lines = Files.lines(file)) {
            return Events.verify(lines.map(LogFile::entry));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
