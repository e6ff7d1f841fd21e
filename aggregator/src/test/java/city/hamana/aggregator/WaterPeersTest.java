package city.hamana.aggregator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.hamana.messages.Quantity;
import city.hamana.messages.Sample;
import city.hamana.sensing.readings.Readings;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** December 2016: the homes of a bore side by side; the n-th uses n litres an hour, hanako's is one of them. */
class WaterPeersTest {
    private static final Instant FROM = Instant.parse("2016-11-30T14:00:00Z");
    private static final Instant TO = Instant.parse("2017-01-01T00:00:00Z");
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String MONTH = "/water?view=month&date=2016-12-01";

    private City city;

    @BeforeEach
    void open() {
        city = TestCity.open();
        city.database().inTransaction(tx -> tx.execute("DELETE FROM water_contract"));
    }

    @AfterEach
    void close() {
        city.close();
    }

    @Test
    void aHomeIsComparedWithTenHomesOfItsBoreAndWithThoseOfAsManyPersonsOnceItSaysHowMany() {
        homes(12, 20);
        reckoned();
        Guest hanako = Guest.signedIn(city, "hanako").speaking("en");
        String page = hanako.get(MONTH).body();
        assertTrue(page.contains("You used less."), page);
        assertTrue(page.contains("Your home: 24 L a day"), page);
        assertTrue(page.contains("between 96 L and 240 L; the middle one 168 L"), page);
        assertTrue(page.contains("12 homes with a 20 mm meter"), page);
        hanako.post("/water/contracts/0000001/persons", Map.of("persons", "3"));
        assertTrue(hanako.get(MONTH).body().contains("12 homes with a 20 mm meter"), "nobody else has said so");
        assertEquals(
                404,
                hanako.post("/water/contracts/0000002/persons", Map.of("persons", "3"))
                        .status());
        assertEquals(
                404,
                hanako.post("/water/contracts/0000001/persons", Map.of("persons", "many"))
                        .status());
    }

    @Test
    void fewerThanTenHomesAreNeverTakenTogether() {
        homes(9, 25);
        reckoned();
        assertFalse(
                Guest.signedIn(city, "hanako").speaking("en").get(MONTH).body().contains("homes like"));
        boolean any = city.database()
                .holds(tx -> tx.createQuery("SELECT COUNT(*) FROM water_peer WHERE homes > 0")
                                .mapTo(Integer.class)
                                .one()
                        > 0);
        assertFalse(any);
    }

    @Test
    void whoMovesInSeesNothingOfTheUseBefore() {
        homes(1, 20);
        city.database()
                .inTransaction(tx -> tx.execute(
                        "UPDATE water_contract SET from_day = ?",
                        LocalDate.of(2016, 12, 20).toEpochDay()));
        Guest hanako = Guest.signedIn(city, "hanako").speaking("en");
        String csv = hanako.get("/water/hours.csv?view=month&date=2016-12-25").body();
        assertTrue(csv.contains("2016-12-19T23:00:00+09:00,,no record"), csv);
        assertTrue(csv.contains("2016-12-20T00:00:00+09:00,1.000,recorded"), csv);
        assertTrue(hanako.get("/water?view=day&date=2016-12-10").body().contains("1 Jan"), "the newest day instead");
    }

    private void reckoned() {
        city.startJobs();
        Instant end = Instant.now().plus(LIMIT);
        while (!city.database()
                .holds(tx -> tx.createQuery("SELECT COUNT(*) FROM water_peer")
                                .mapTo(Integer.class)
                                .one()
                        > 0)) {
            assertTrue(Instant.now().isBefore(end), "no homes were compared");
            Thread.onSpinWait();
        }
    }

    private void homes(int homes, int bore) {
        String lines = IntStream.rangeClosed(1, homes)
                .mapToObj(i -> "%07d,%s,%d,no,none,even,A,B,C,2016-11-01,,0%n".formatted(i, meter(i), bore))
                .collect(Collectors.joining());
        Guest suzuki = Guest.signedIn(city, "suzuki");
        suzuki.get("/");
        String head = "number,meter,bore,sewer,scheme,months,name,address,district,from,until,start-m3\n";
        suzuki.post(
                "/staff/water/contracts", Map.of(), Map.of("file", (head + lines).getBytes(StandardCharsets.UTF_8)));
        IntStream.rangeClosed(1, homes).forEach(i -> read(meter(i), i));
    }

    private static String meter(int home) {
        return home == 1 ? TestCity.METER : "hmn-%08d".formatted(home);
    }

    private void read(String meter, int litresAnHour) {
        List<Sample> samples = new ArrayList<>();
        long litres = 1_000;
        for (Instant at = FROM; !at.isAfter(TO); at = at.plus(Duration.ofHours(1))) {
            samples.add(new Sample(meter, Quantity.VOLUME, at, litres, -3, 0));
            litres += litresAnHour;
        }
        Readings readings = TestCity.module(city, Readings.class);
        city.database().inTransaction(tx -> readings.merge(tx, samples, "device:gw-0001"));
    }
}
