package city.hamana.aggregator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Water that runs without a pause behind hanako's meter and behind one that is nobody's. */
class WaterLeaksTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String HERE = "/staff/water/leaks";
    private static City city;
    private static Guest suzuki;

    @BeforeAll
    static void open() {
        city = TestCity.open();
        TestCity.fillReadings(city);
        found(TestCity.METER, "continuous", 12_000);
        found("nobodys-0001", "burst", 900_000);
        city.startJobs();
        suzuki = Guest.signedIn(city, "suzuki").speaking("en");
        await(() -> suzuki.get(HERE).body().contains("nobodys-0001"));
    }

    @AfterAll
    static void close() {
        city.close();
    }

    @Test
    void theHomeIsToldOnceWithWhatToDoAndTheCrewSeesWhoWasTold() {
        Guest hanako = Guest.signedIn(city, "hanako").speaking("en");
        await(() -> hanako.get("/me/notices").body().contains("水が流れ続けています"));
        assertEquals(2, hanako.get("/me/notices").body().split("水が流れ続けています", -1).length, "once");
        String page = hanako.get("/water").body();
        assertTrue(page.contains("Water runs without a pause"), page);
        assertTrue(page.contains("about 288 L a day"), page);
        assertTrue(page.contains("Close every tap"), page);
        String list = suzuki.get(HERE).body();
        assertTrue(list.contains("told 5 Jan 2017, 12:00"), list);
    }

    @Test
    void closingSaysWhatWasFoundSoThatItIsKnownHowOftenItIsRight() {
        long burst = number("nobodys-0001");
        assertTrue(suzuki.get(HERE).body().contains("nobody to tell"));
        assertEquals(400, move(burst, "leak", ""), "what there was is asked for");
        assertEquals(404, move(burst, "gone", "x"));
        assertEquals(303, move(burst, "visited", ""));
        assertEquals(303, move(burst, "leak", "broken pipe in the garden"));
        String page = suzuki.get(HERE).body();
        assertTrue(page.contains("Of 1 that were looked at, 1 were leaks (100%)"), page);
        assertEquals(409, move(burst, "no-leak", "twice"), "a closed one is opened first");
        assertEquals(303, move(burst, "visited", ""));
        assertEquals(303, move(burst, "no-leak", "a pool was filled"));
        assertTrue(suzuki.get(HERE).body().contains("Of 1 that were looked at, 0 were leaks (0%)"));
        assertEquals(403, Guest.signedIn(city, "yamada").get(HERE).status());
    }

    private static int move(long finding, String state, String note) {
        return suzuki.post(HERE + "/" + finding, Map.of("state", state, "note", note))
                .status();
    }

    private static long number(String meter) {
        return city.database()
                .inTransaction(tx -> tx.createQuery("SELECT id FROM household_finding WHERE meter = ?")
                        .bind(0, meter)
                        .mapTo(Long.class)
                        .one());
    }

    private static void found(String meter, String kind, long rate) {
        long since = TestCity.NOW.minus(Duration.ofHours(60)).toEpochMilli();
        city.database()
                .inTransaction(tx -> tx.execute(
                        "INSERT INTO household_finding (meter, kind, since_ms, rate, reason, seen_day, opened_ms, ended_ms)"
                                + " VALUES (?, ?, ?, ?, 'hours=60', 0, ?, -1)",
                        meter,
                        kind,
                        since,
                        rate,
                        since));
    }

    private static void await(BooleanSupplier condition) {
        Instant end = Instant.now().plus(LIMIT);
        while (!condition.getAsBoolean()) {
            assertTrue(Instant.now().isBefore(end), "it did not come");
            Thread.onSpinWait();
        }
    }
}
