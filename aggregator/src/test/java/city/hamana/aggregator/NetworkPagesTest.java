package city.hamana.aggregator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.hamana.aggregator.Guest.Answer;
import city.hamana.messages.Quantity;
import city.hamana.messages.Sample;
import city.hamana.sensing.household.Household;
import city.hamana.sensing.readings.Readings;
import city.hamana.sensing.vee.Vee;
import city.hamana.service.network.Network;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A district with a border of two meters, three homes of which two tell, and a leak; as the waterworks see it. */
class NetworkPagesTest {
    private static final String LIST = "/staff/network";
    private static final String AREA = LIST + "/DEMO-1";
    private static final String METERS = """
            meter,from,dma
            els-2001,2016-04-01,DEMO-1
            els-2002,2016-04-01,DEMO-1
            els-2003,2016-04-01,DEMO-1
            """;

    private static City city;
    private static Guest suzuki;

    @BeforeAll
    static void open() {
        city = TestCity.open();
        suzuki = Guest.signedIn(city, "suzuki").speaking("en");
        suzuki.get(LIST);
        Map<String, byte[]> files = new TreeMap<>(Map.of(
                "districts",
                bytes(NetworkWatchTest.DISTRICTS.replace(",北部,", ",=1+1,")),
                "inlets",
                bytes(NetworkWatchTest.INLETS),
                "meters",
                bytes(METERS)));
        assertEquals(200, suzuki.post(LIST + "/files", Map.of(), files).status());
        List<Sample> samples =
                new ArrayList<>(NetworkWatchTest.samples(NetworkWatchTest.FIRST, TestCity.NOW, at -> true));
        samples.addAll(home("els-2001"));
        samples.addAll(home("els-2002"));
        Readings readings = TestCity.module(city, Readings.class);
        city.database().inTransaction(tx -> readings.merge(tx, samples, "device:gw-0001"));
        TestCity.module(city, Vee.class).turn();
        TestCity.module(city, Household.class).turn();
        TestCity.module(city, Network.class).turn();
    }

    @AfterAll
    static void close() {
        city.close();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** More by day than by night, and none at three. */
    private static List<Sample> home(String meter) {
        List<Sample> samples = new ArrayList<>();
        long litres = 10_000;
        for (Instant at = NetworkWatchTest.FIRST; !at.isAfter(TestCity.NOW); at = at.plus(Duration.ofHours(1))) {
            samples.add(new Sample(meter, Quantity.VOLUME, at, litres, -3, 0));
            int hour = at.atZone(NetworkWatchTest.TOKYO).getHour();
            litres += hour < 5 ? 0 : (hour * 7L) % 23;
        }
        return samples;
    }

    @Test
    void theListTellsInflowNightBalanceAndTheLeakInWords() {
        String page = suzuki.get(LIST).body();
        assertTrue(page.contains("Leak suspected"), page);
        assertTrue(page.contains("2 of 3 meters"), page);
        assertTrue(page.contains("data-map="), "a map");
        assertTrue(page.contains("id=\"pin-dma-DEMO-1\""), "beside the list");
        assertTrue(page.contains("data-live=\"/staff/network/live\""), page);
        String area = suzuki.get(AREA).body();
        assertTrue(area.contains("polyline class=\"flow measured\""), "a curve");
        assertTrue(area.contains("polyline class=\"flow expected\""), "a forecast");
        assertTrue(area.contains("UKWIR 99/WM/08/21"), area);
        assertTrue(area.contains("−out-0001"), "what leads out");
        assertEquals(404, suzuki.get(LIST + "/NOWHERE").status());
    }

    @Test
    void thePageOfTheWaterworksDayShowsDistrictsOpenLeaksAndChlorineBesideTheMeters() {
        String page = suzuki.get("/staff/water").body();
        assertTrue(page.contains("data-map="), "a map");
        assertTrue(page.contains("id=\"pin-dma-DEMO-1\""), "the districts");
        assertTrue(page.contains("href=\"/staff/network/leaks/"), "the open leak");
        assertTrue(page.contains("入出配水池系 末端(見本)"), "the residual");
        assertTrue(page.contains("Meters silent for a day or more"), page);
        List<String> parts = Pattern.compile("data-part=\"([a-z-]+)\"")
                .matcher(page)
                .results()
                .map(found -> found.group(1))
                .toList();
        assertEquals(List.of("water-updated", "network", "quality", "water"), parts, "each is renewed by itself");
        assertFalse(page.matches("(?s).*data-part=\"network\">.*data-map=.*"), "the map stays as it was moved");
    }

    @Test
    void aDaysDifferenceIsItsInflowLessWhatTheMetersUsed() {
        String csv = suzuki.get(LIST + "/days.csv?dma=DEMO-1").body();
        String[] day = csv.lines()
                .filter(line -> line.contains(",2017-01-03,"))
                .findFirst()
                .orElseThrow()
                .split(",");
        assertEquals("\"'=1+1\"", day[1], "no formula");
        assertEquals("24", day[4]);
        assertEquals("2", day[7]);
        assertEquals("3", day[8]);
        BigDecimal used = new BigDecimal(day[6]);
        assertTrue(used.signum() > 0, csv);
        assertEquals(new BigDecimal(day[3]).subtract(used), new BigDecimal(day[9]));
        double night = Double.parseDouble(day[10]);
        assertTrue(night > 4 && night < 6, "the least hour by night: " + night);
        assertEquals(404, suzuki.get(LIST + "/days.csv?dma=X").status());
        assertTrue(suzuki.get(LIST + "/days.csv").body().contains("DEMO-1"));
    }

    @Test
    void theMetersOfABorderAreNoHomesWithALeak() {
        assertEquals(0, number("SELECT COUNT(*) FROM household_finding WHERE meter IN ('in-0001', 'out-0001')"));
    }

    @Test
    void theCrewGoesStepByStepAndCanGoBackAndClosingSaysWhatWasFound() {
        assertEquals(1, number("SELECT COUNT(*) FROM network_leak"));
        String leak = LIST + "/leaks/" + number("SELECT id FROM network_leak");
        String fresh = suzuki.get(leak).body();
        assertTrue(fresh.contains("Suspected"), fresh);
        assertTrue(
                Pattern.compile("Since [^.]*about 1\\.\\d\\d m³/h more")
                        .matcher(fresh)
                        .find(),
                "why it is suspected");
        assertEquals(409, act(leak, 0, "repair", Map.of()).status(), "there is no such way");
        assertEquals(
                303,
                act(leak, 0, "visit", Map.of("note", "with two listening sticks"))
                        .status());
        assertEquals(
                409, act(leak, 0, "note", Map.of("note", "seen an older state")).status());
        assertEquals(
                303,
                act(leak, 1, "note", Map.of("note", "louder at the school")).status());
        Answer nowhere = act(leak, 2, "locate", Map.of("kind", "main", "place", "", "m3h", "much"));
        assertEquals(400, nowhere.status());
        assertTrue(nowhere.body().contains("href=\"#place-locate\""), nowhere.body());
        assertTrue(nowhere.body().contains("value=\"much\""), "what was typed is kept");
        Map<String, String> found = Map.of("kind", "main", "place", "before the school's gate", "m3h", "1.4");
        assertEquals(303, act(leak, 2, "locate", found).status());
        assertEquals(303, act(leak, 3, "undo", Map.of()).status());
        assertTrue(suzuki.get(leak).body().contains("In the field"));
        assertEquals(303, act(leak, 4, "locate", found).status());
        assertEquals(303, act(leak, 5, "repair", Map.of("note", "clamp")).status());
        assertTrue(suzuki.get(leak).body().contains("value=\"before the school&#39;s gate\""), "proposed for closing");
        assertTrue(suzuki.get(LIST).body().contains("Nothing has been closed in fiscal year 2016"));
        assertEquals(303, act(leak, 6, "close", found).status());
        String page = suzuki.get(LIST).body();
        assertTrue(page.contains("Of 1 closed in fiscal year 2016, 1 were leaks (100%)"), page);
        assertFalse(page.contains("network-state leak"), page);
        for (int seen = 7; seen < 10; seen++) {
            assertEquals(303, act(leak, seen, "undo", Map.of()).status());
        }
        assertEquals(400, act(leak, 10, "nothing", Map.of("kind", "use")).status(), "why is asked for");
        assertEquals(
                303,
                act(leak, 10, "nothing", Map.of("kind", "use", "note", "a factory"))
                        .status());
        assertTrue(suzuki.get(LIST).body().contains("Of 1 closed in fiscal year 2016, 0 were leaks (0%)"));
        assertEquals(303, act(leak, 11, "undo", Map.of()).status());
        assertEquals(303, act(leak, 12, "undo", Map.of()).status());
        assertEquals(409, act(leak, 13, "undo", Map.of()).status(), "there is nothing left to take back");
        assertEquals(14, number("SELECT COUNT(*) FROM events_log WHERE kind LIKE 'network.leak-%'"), "one event each");
        assertEquals(404, act(LIST + "/leaks/999", 0, "visit", Map.of()).status());
    }

    private static Answer act(String leak, int seen, String act, Map<String, String> more) {
        Map<String, String> form = new HashMap<>(Map.of("act", act, "seen", Integer.toString(seen)));
        form.putAll(more);
        return suzuki.post(leak, form);
    }

    @Test
    void aFileWithAMistakeIsNotTakenAndTheMistakeIsNamed() {
        Answer answer = suzuki.post(
                LIST + "/files",
                Map.of(),
                Map.of("inlets", bytes("dma,meter,direction\nDEMO-1,in-0001,1\nX,in-2,0\n")));
        assertEquals(400, answer.status());
        assertTrue(answer.body().contains("Line 3: district “X”"), answer.body());
        assertTrue(answer.body().contains("Line 3: direction “0” must be 1 or -1."), answer.body());
        assertEquals(2, number("SELECT COUNT(*) FROM network_inlet"));
        assertEquals(400, suzuki.post(LIST + "/files", Map.of(), Map.of()).status());
    }

    @Test
    void anOutlineIsDrawnUnderThePinsAndAWrongOneIsNamed() {
        assertFalse(suzuki.get(LIST).body().contains("ground area"), "it has none yet");
        String head = "dma,name,name-easy,name-pt,name-en,latitude,longitude,connections,outline\n";
        String line = "DEMO-1,=1+1,きたの ちく,Norte,North,34.72,137.53,3,\"%s\"\n";
        String wrong = "POLYGON ((0 0, 1 1, 1 0, 0 1, 0 0))";
        Answer answer =
                suzuki.post(LIST + "/files", Map.of(), Map.of("districts", bytes(head + line.formatted(wrong))));
        assertEquals(400, answer.status());
        assertTrue(answer.body().contains("Line 2: outline “POLYGON ((0 0"), answer.body());
        String right = "POLYGON ((137.52 34.71, 137.54 34.71, 137.54 34.73, 137.52 34.71))";
        assertEquals(
                200,
                suzuki.post(LIST + "/files", Map.of(), Map.of("districts", bytes(head + line.formatted(right))))
                        .status());
        assertTrue(suzuki.get(LIST).body().contains("ground area"), "on the sketch, and in the data for the script");
    }

    @Test
    void onlyTheWaterworksSeeIt() {
        Guest yamada = Guest.signedIn(city, "yamada");
        yamada.get("/");
        List<String> paths =
                List.of(LIST, AREA, LIST + "/days.csv", LIST + "/files", LIST + "/leaks/1", LIST + "/live");
        for (String path : paths) {
            assertEquals(403, yamada.get(path).status(), path);
        }
        assertEquals(403, yamada.post(LIST + "/leaks/1", Map.of("act", "visit")).status());
        assertEquals(403, yamada.post(LIST + "/files", Map.of(), Map.of()).status());
    }

    private static long number(String sql) {
        return city.database()
                .inTransaction(tx -> tx.createQuery(sql).mapTo(Long.class).one());
    }
}
