package city.hamana.aggregator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.hamana.aggregator.Guest.Answer;
import city.hamana.messages.Quantity;
import city.hamana.messages.Sample;
import city.hamana.sensing.readings.Readings;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One home, two meters: the old one until 4 January 2017 at 10:30, the new one from then on. */
class MeterExchangeTest {
    private static final String OLD = "old-00000001";
    private static final String NEW = "new-00000002";
    private static final String HERE = "/staff/water/accounts/" + OLD;
    private static final Instant EXCHANGED = Instant.parse("2017-01-04T01:30:00Z");

    private City city;

    @BeforeEach
    void open() {
        city = TestCity.open();
        city.database()
                .inTransaction(
                        tx -> tx.execute("UPDATE people_meter SET meter = ? WHERE meter = ?", OLD, TestCity.METER));
        read(OLD, EXCHANGED.minus(Duration.ofDays(3)), EXCHANGED, 500_000);
        read(NEW, EXCHANGED.plus(Duration.ofMinutes(30)), TestCity.NOW, 7_005);
    }

    @AfterEach
    void close() {
        city.close();
    }

    @Test
    void useGoesOnBeingCountedAsOneAccountWithBothIndexes() {
        assertEquals(303, exchange(Map.of()).status());
        Guest hanako = Guest.signedIn(city, "hanako").speaking("ja");
        String day = hanako.get("/water?view=day&date=2017-01-04").body();
        assertTrue(day.contains("旧 " + OLD + " は 500.72 m³ まで、新 " + NEW + " は 7 m³ から"), day);
        assertFalse(day.contains("記録のない時間が"), "no gap");
        String csv = hanako.get("/water/hours.csv?view=day&date=2017-01-04").body();
        // From 10 to 11: 5 L more on the old one, up to its last index at 10:30, then 5 L on the new one.
        assertEquals("10.000", litres(csv, "2017-01-04T10:00"), csv);
        BigDecimal sum = csv.lines()
                .filter(line -> line.startsWith("2017"))
                .map(line -> new BigDecimal(line.split(",")[1]))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        assertEquals(0, new BigDecimal(24 * 10).compareTo(sum), csv);
        assertTrue(hanako.get("/water?view=week&date=2017-01-02").body().contains(OLD), "the days before stay");
    }

    @Test
    void anExchangeThatWasEnteredWronglyIsTakenBack() {
        exchange(Map.of());
        Guest suzuki = staff("suzuki");
        assertTrue(suzuki.get("/staff/water/accounts?q=" + NEW).location().endsWith(NEW));
        assertTrue(suzuki.get("/staff/water/accounts?q=" + OLD).body().contains("以前付いていた口座"));
        Answer undone = suzuki.post("/staff/water/accounts/" + NEW + "/undo", Map.of());
        assertEquals(HERE, undone.location(), undone.body());
        assertTrue(staff("suzuki").get(HERE).body().contains("交換の記録はありません"));
        assertTrue(Guest.signedIn(city, "hanako").get("/water").body().contains(OLD));
        assertEquals(404, suzuki.post(HERE + "/undo", Map.of()).status(), "there is none any more");
    }

    @Test
    void whoeverGetsTheOldMeterLaterSeesOnlyWhatItCountsThere() {
        exchange(Map.of());
        city.database()
                .inTransaction(tx -> tx.execute(
                        "INSERT INTO people_meter (user_id, meter) VALUES (?, ?)",
                        Long.valueOf(TestCity.party(city, "ichiro")),
                        OLD));
        Guest hanako = Guest.signedIn(city, "hanako");
        assertEquals(403, hanako.get("/water?meter=" + OLD).status());
        assertEquals(200, hanako.get("/water?meter=" + NEW).status());
    }

    @Test
    void whatCannotBeIsRefusedAndNothingIsChanged() {
        List<Map<String, String>> wrong = List.of(
                Map.of("at", "2027-01-01T10:00"),
                Map.of("at", "yesterday"),
                Map.of("old-index", "-1"),
                Map.of("old-index", "1.2345"),
                Map.of("old-index", "12345678901"),
                Map.of("old-index", "499.000"),
                Map.of("old-index", "900.000"),
                Map.of("new-meter", OLD),
                Map.of("new-meter", "els-00000000"),
                Map.of("new-meter", "../etc"),
                Map.of("new-index", ""),
                Map.of("reason", "because"));
        for (Map<String, String> one : wrong) {
            assertEquals(400, exchange(one).status(), one.toString());
        }
        assertTrue(staff("suzuki").get(HERE).body().contains("交換の記録はありません"));
        assertEquals(
                303, exchange(Map.of("old-index", "499.000", "sure", "yes")).status(), "looked at again");
    }

    @Test
    void onlyTheWaterworksSeeAccounts() {
        Guest yamada = Guest.signedIn(city, "yamada");
        yamada.get("/");
        for (String path : List.of("/staff/water/accounts", HERE)) {
            assertEquals(403, yamada.get(path).status());
        }
        assertEquals(403, yamada.post(HERE + "/exchange", form(Map.of())).status());
        assertEquals(403, yamada.post(HERE + "/undo", Map.of()).status());
        assertEquals(
                404, staff("suzuki").get("/staff/water/accounts/nobodys-meter").status());
    }

    private Answer exchange(Map<String, String> other) {
        return staff("suzuki").post(HERE + "/exchange", form(other));
    }

    private static Map<String, String> form(Map<String, String> other) {
        Map<String, String> form = new HashMap<>(Map.of(
                "at", "2017-01-04T10:30",
                "old-index", "500.720",
                "new-meter", NEW,
                "new-index", "7.000",
                "reason", "expired"));
        form.putAll(other);
        return form;
    }

    private Guest staff(String name) {
        Guest guest = Guest.signedIn(city, name).speaking("ja");
        guest.get("/staff/water/accounts");
        return guest;
    }

    /** Ten litres an hour, read on the hour and half past. */
    private void read(String meter, Instant from, Instant to, long litres) {
        List<Sample> samples = new ArrayList<>();
        long now = litres;
        for (Instant at = from; !at.isAfter(to); at = at.plus(Duration.ofMinutes(30))) {
            samples.add(new Sample(meter, Quantity.VOLUME, at, now, -3, 0));
            now += 5;
        }
        Readings readings = TestCity.module(city, Readings.class);
        city.database().inTransaction(tx -> readings.merge(tx, samples, "device:gw-0001"));
    }

    private static String litres(String csv, String hour) {
        return csv.lines()
                .filter(line -> line.startsWith(hour))
                .map(line -> line.split(",")[1])
                .findFirst()
                .orElse("");
    }
}
