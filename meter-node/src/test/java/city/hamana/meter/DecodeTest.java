package city.hamana.meter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DecodeTest {
    private static final String GWF =
            "68 1B 1B 68 08 01 72 07 20 18 00 E6 1E 35 07 4C 00 00 00 0C 78 07 20 18 00 0C 16 69 02 00 00 96 16";

    @Test
    void eachLineBecomesOneLineOfJson() throws IOException {
        List<JsonNode> lines = decode("# a comment\n" + GWF + "\n\n" + GWF.replace("96 16", "97 16") + "\nhello\n");
        assertEquals(3, lines.size());
        assertEquals("wired", lines.get(0).get("link").asText());
        assertEquals("GWF", lines.get(0).get("manufacturer").asText());
        assertEquals("00182007", lines.get(0).get("id").asText());
        assertEquals(269, lines.get(0).get("volume_m3").asInt());
        assertEquals("wrong-checksum", lines.get(1).get("error").asText());
        assertEquals("not-hex", lines.get(2).get("error").asText());
    }

    @Test
    void numbersAreExact() throws IOException {
        String line = Json.line(new Decode().decoding("1044AE2178563412010778041389E20100"));
        assertTrue(line.contains("\"volume_m3\":123.529,"), line);
    }

    @Test
    void aLineWithoutEndFillsNoMemoryAndTheNextIsRead() throws IOException {
        List<JsonNode> lines = decode("00".repeat(100_000) + "\n" + GWF);
        assertEquals("line-too-long", lines.get(0).get("error").asText());
        assertTrue(lines.get(1).get("ok").asBoolean());
    }

    @Test
    void aKeyThatIsNoneIsNamed() throws IOException {
        assertEquals(
                "wrong-key-length",
                decode(GWF + ",0011").getFirst().get("error").asText());
        assertEquals("not-hex", decode(GWF + ",xyz").getFirst().get("error").asText());
    }

    private static List<JsonNode> decode(String text) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new Decode().decode(new StringReader(text), new PrintStream(out, true, StandardCharsets.UTF_8));
        List<JsonNode> lines = new ArrayList<>();
        for (String line : out.toString(StandardCharsets.UTF_8).lines().toList()) {
            lines.add(new ObjectMapper().readTree(line));
        }
        return lines;
    }
}
