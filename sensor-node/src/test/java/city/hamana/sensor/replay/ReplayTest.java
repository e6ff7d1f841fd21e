package city.hamana.sensor.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.hamana.sensor.level.Rules;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Made-up cases and tables; what came of recorded ones stands in the README. */
class ReplayTest {
    @TempDir
    Path dir;

    @Test
    void ofTheWorstFloodsNoneIsMissedAndEachIsWarnedOfBeforeTheRoadIsClosed() {
        for (Event event : WorstCases.floods()) {
            Played played = Played.of(event, Rules.USUAL);
            assertFalse(played.missed(), event.name());
            assertTrue(played.cautionMs().orElseThrow() < played.closedMs().orElseThrow(), event.name());
            assertTrue(played.dangerMs().orElseThrow() - played.closedMs().orElseThrow() >= 20_000, event.name());
        }
    }

    @Test
    void aDryMonthWithNoiseAndSpikesRaisesNoAlarm() {
        for (Event month : WorstCases.quietMonths().subList(0, 2)) {
            Played played = Played.of(month, Rules.USUAL);
            assertEquals(0, played.falseCautions(), month.name());
            assertEquals(0, played.falseClosures(), month.name());
        }
    }

    @Test
    void aTruckClosesTheRoadOnlyWhereNoSecondGaugeContradictsIt() {
        List<Event> months = WorstCases.quietMonths();
        Played two = Played.of(months.get(2), Rules.USUAL);
        assertEquals(List.of(30, 0), List.of(two.falseCautions(), two.falseClosures()));
        assertEquals(30, Played.of(months.get(3), Rules.USUAL).falseClosures());
    }

    @Test
    void aFloodThatIsTooFastForAnyLookIsCountedAsMissed() {
        assertTrue(Played.of(Event.of("a wall of water", ms -> ms < 600_000 ? 0 : 1_000, 1_200_000), Rules.USUAL)
                .missed());
    }

    @Test
    void tablesOfStreetsRiversAndResidualsAreRead() throws IOException {
        List<Event> streets =
                Profiles.streets(gz("event,time_s,depth_cm\nA,0,0\nA,600,20\nA,1200,0\nB,0,0\nB,60,3\nB,120,0\n"));
        assertEquals(2, streets.size());
        assertEquals(100, streets.getFirst().truthMm().applyAsDouble(1_800_000 + 300_000));
        List<Event> rivers =
                Profiles.rivers(gz("datetime,s1\n2016/08/01 01:00,5.0\n2016/08/01 02:00,\n2016/08/01 03:00,7.0\n"));
        assertEquals(500, rivers.getFirst().truthMm().applyAsDouble(1_800_000 + 300_000));
        Residuals residuals = Residuals.of(gz("TimeStep,B_CL2_VAL\n1,0.4\n2,0\n3,0.05\n4,\n5,0.3\n"));
        assertEquals(new Residuals(4, 1, 1, 1, 0, 0), residuals);
    }

    private Path gz(String text) throws IOException {
        Path file = Files.createTempFile(dir, "table", ".csv.gz");
        try (Writer writer =
                new OutputStreamWriter(new GZIPOutputStream(Files.newOutputStream(file)), StandardCharsets.UTF_8)) {
            writer.write(text);
        }
        return file;
    }
}
