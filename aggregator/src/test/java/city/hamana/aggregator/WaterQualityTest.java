package city.hamana.aggregator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.hamana.aggregator.Guest.Answer;
import city.hamana.service.quality.WaterQuality;
import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The waterworks' pages of chlorine; the analyser chlorine-1 has fallen from 0.40 to 0.26 mg/L in a day. */
class WaterQualityTest {
    private static final String HERE = "/staff/quality/points/chlorine-1";
    private static City city;
    private static Guest suzuki;

    @BeforeAll
    static void open() {
        city = TestCity.open();
        TestSensors.fill(city);
        suzuki = Guest.signedIn(city, "suzuki").speaking("en");
        assertTrue(suzuki.get("/staff/quality").body().contains("chlorine-1"), "it can be made a place");
        Answer added =
                suzuki.post("/staff/quality", Map.of("id", "chlorine-1", "name", "End of Irude", "kind", "free"));
        assertEquals(HERE, added.location(), added.body());
    }

    @AfterAll
    static void close() {
        city.close();
    }

    @Test
    void aFallIsForecastWithItsHoursAndTheWaterworksAreToldOnce() {
        WaterQuality quality = TestCity.module(city, WaterQuality.class);
        quality.look();
        quality.look();
        String page = suzuki.get(HERE).body();
        assertTrue(page.contains("at the limit in about 2"), page);
        long told = city.database()
                .inTransaction(tx ->
                        city.events().count(tx, "quality.sound", Instant.EPOCH, Instant.parse("2100-01-01T00:00:00Z")));
        assertTrue(told <= 1, "once at most");
        suzuki.post(HERE, facts(Map.of("raised", "yes", "why", "flood at the source")));
        quality.look();
        quality.look();
        String raised = suzuki.get(HERE).body();
        assertTrue(raised.contains("Raised, because contamination is feared: flood at the source"), raised);
        assertTrue(raised.contains("falling"), raised);
        assertTrue(raised.contains("sodium hypochlorite at 12%"), raised);
        assertTrue(raised.contains("nothing is done by itself"), raised);
        String inbox = suzuki.get("/staff/inbox").body();
        assertEquals(2, inbox.split("End of Irude: 残留塩素が下がっています", -1).length, inbox);
        suzuki.post(HERE, facts(Map.of()));
        assertTrue(suzuki.get(HERE).body().contains("limit back as usual"));
    }

    @Test
    void theDailyCheckIsWrittenDownAndACorrectionStandsBesideIt() throws IOException {
        Map<String, String> check =
                Map.of("day", "2017-01-04", "colour", "none", "turbidity", "none", "residual", "0.3", "note", "=1+1");
        assertEquals(303, suzuki.post(HERE + "/check", check).status());
        Map<String, String> again = new HashMap<>(check);
        again.put("residual", "0.05");
        again.put("turbidity", "seen");
        suzuki.post(HERE + "/check", again);
        String report = suzuki.get("/staff/quality/report?month=2017-01").body();
        assertTrue(report.contains("Checked on 1 of 5 days"), report);
        String csv = suzuki.get("/staff/quality/report.csv?month=2017-01").body();
        assertTrue(csv.contains("\"2017-01-04\",\"not seen\",\"seen\",\"0.050\""), csv);
        assertTrue(csv.contains("\"'=1+1\""), "no formula");
        byte[] pdf = suzuki.bytes("/staff/quality/report.pdf?month=2017-01");
        String text = text(pdf);
        assertTrue(text.contains("水質月報 2017年1月"), text);
        assertTrue(text.contains("水道法施行規則"), text);
        assertEquals(
                2,
                city.database()
                        .inTransaction(
                                tx -> tx.createQuery("SELECT COUNT(*) FROM quality_check WHERE point = 'chlorine-1'")
                                        .mapTo(Integer.class)
                                        .one())
                        .intValue(),
                "both are kept");
    }

    @Test
    void whatCannotBeIsRefusedWithASentence() {
        List<Map<String, String>> wrong = List.of(
                Map.of("day", "2017-01-06", "residual", "0.3"),
                Map.of("day", "yesterday", "residual", "0.3"),
                Map.of("day", "2017-01-05", "residual", "a lot"),
                Map.of("day", "2017-01-05", "residual", "-0.1"),
                Map.of("day", "2017-01-05", "residual", "0.3", "note", "x".repeat(201)));
        for (Map<String, String> form : wrong) {
            Answer answer = suzuki.post(HERE + "/check", form);
            assertEquals(400, answer.status(), form.toString());
            assertTrue(answer.body().contains("role=\"alert\"") || answer.body().contains("<h1"), form.toString());
        }
        assertEquals(400, suzuki.post(HERE, facts(Map.of("raised", "yes"))).status(), "why is asked for");
        assertEquals(
                400,
                suzuki.post("/staff/quality", Map.of("id", "nothing", "name", "x", "kind", "free"))
                        .status());
        assertEquals(404, suzuki.get("/staff/quality/points/nothing").status());
        assertFalse(suzuki.get("/staff/quality/report?month=2017-99").body().isEmpty());
    }

    @Test
    void onlyTheWaterworksSeeAndWriteIt() {
        Guest yamada = Guest.signedIn(city, "yamada");
        yamada.get("/");
        for (String path : List.of("/staff/quality", HERE, "/staff/quality/report", "/staff/quality/report.pdf")) {
            assertEquals(403, yamada.get(path).status(), path);
        }
        assertEquals(403, yamada.post(HERE, facts(Map.of())).status());
        assertEquals(403, yamada.post(HERE + "/check", Map.of()).status());
    }

    private static String text(byte[] pdf) throws IOException {
        try (PDDocument document = Loader.loadPDF(pdf)) {
            return new PDFTextStripper().getText(document);
        }
    }

    private static Map<String, String> facts(Map<String, String> other) {
        Map<String, String> facts =
                new HashMap<>(Map.of("name", "End of Irude", "kind", "free", "flow", "40", "why", ""));
        facts.putAll(other);
        return facts;
    }
}
