package city.hamana.aggregator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The verbs that ask about a file of water. */
class AnalysisTest {
    private static final LocalDateTime BEGIN = LocalDateTime.of(2025, 3, 3, 0, 0);

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path folder;

    @Test
    void aLeakIsOneLineOfJsonAndItsScoreStandsBesideIt() throws IOException {
        Path truth = file("truth.csv", "pipe,start,end\np1,2025-05-02 13:00,\np2,2025-05-30 00:00,2025-05-31 00:00\n");
        assertEquals(0, run("leaks", "--inflow", town().toString(), "--truth", truth.toString()));
        List<String> lines = out.toString().lines().toList();
        assertEquals(1, lines.size(), out::toString);
        JsonNode leak = new ObjectMapper().readTree(lines.getFirst());
        assertTrue(leak.path("detected_at").asText().startsWith("2025-05-0"), leak::toString);
        assertTrue(LocalDateTime.parse(leak.path("started_at").asText())
                .isBefore(LocalDateTime.parse(leak.path("detected_at").asText())));
        assertEquals(15, leak.path("rate_m3h").asDouble(), 4);
        assertTrue(leak.path("reason").asText().contains("m3/h more"), leak::toString);
        assertTrue(err.toString().contains("1 found, 0 false, 1 missed, F1 0.667"), err::toString);
    }

    @Test
    void whatIsWrongWithAFileIsSaidInOneLine() throws IOException {
        assertEquals(
                1, run("leaks", "--inflow", file("other.csv", "time,flow\n").toString()));
        assertTrue(
                err.toString().contains("other.csv:1: the first line must name the column timestamp"), err::toString);
        assertEquals(1, run("leaks", "--inflow", folder.resolve("none.csv").toString()));
        assertEquals(2, err.toString().lines().count(), err::toString);
        assertEquals(2, run("leaks"));
    }

    @Test
    void ofManyRowsOfNonsenseTheFirstAreShownAndAllAreCounted() throws IOException {
        String rows = "timestamp,inflow_m3h\n" + "nonsense,1\n".repeat(1000);
        assertEquals(1, run("leaks", "--inflow", file("bad.csv", rows).toString()));
        assertEquals(21, err.toString().lines().count());
        assertTrue(err.toString().endsWith("1000 rows were left out" + System.lineSeparator()));
    }

    @Test
    void aForecastHasARowForEachHourAndScoresItselfOnTheHoursThatCame() throws IOException {
        StringBuilder text = new StringBuilder("datetime_local,datetime_utc,North,South\n");
        for (int hour = 0; hour < 70 * 24; hour++) {
            LocalDateTime at = BEGIN.plusHours(hour);
            text.append(at)
                    .append(',')
                    .append(at.minusHours(9))
                    .append("Z,")
                    .append(10 + at.getHour())
                    .append(",\n");
        }
        Path inflow = file("districts.csv", text.toString());
        assertEquals(
                0,
                run(
                        "forecast",
                        "--inflow",
                        inflow.toString(),
                        "--from",
                        "2025-05-05T00:00",
                        "--hours",
                        "48",
                        "--score"));
        List<String> lines = out.toString().lines().toList();
        assertEquals(49, lines.size());
        assertEquals("datetime_local,datetime_utc,North,South", lines.getFirst());
        assertEquals("2025-05-05T12:00,2025-05-05T03:00Z,22.000,", lines.get(13));
        assertTrue(err.toString().startsWith("North        PI1  0.000  PI2  0.000  PI3  0.000"), err::toString);
        assertEquals(2, run("forecast", "--inflow", inflow.toString(), "--from", "2025-05-05T07:00"));
    }

    private int run(String... arguments) {
        CommandLine line = Analysis.commandLine();
        line.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        return line.execute(arguments);
    }

    private Path file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private Path town() throws IOException {
        Random random = new Random(1);
        StringBuilder text = new StringBuilder("timestamp,inflow_m3h\n");
        for (int hour = 0; hour < 80 * 24; hour++) {
            LocalDateTime at = BEGIN.plusHours(hour);
            double use = (at.getHour() >= 7 ? 150 : 50) + 4 * random.nextGaussian();
            text.append(at)
                    .append(',')
                    .append(hour >= 60 * 24 + 13 ? use + 15 : use)
                    .append('\n');
        }
        return file("town.csv", text.toString());
    }
}
