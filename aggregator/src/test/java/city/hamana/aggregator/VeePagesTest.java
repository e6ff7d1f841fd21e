package city.hamana.aggregator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.hamana.aggregator.Guest.Answer;
import city.hamana.sensing.vee.Vee;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The waterworks' pages of what is to be looked at, on a home with a gap and a register that goes down. */
class VeePagesTest {
    private static final String LIST = "/staff/water/vee";
    private static final String HERE = LIST + "/" + TestCity.METER;
    private static final String FALLEN = "2017-01-03";

    private City city;

    @BeforeEach
    void open() {
        city = TestCity.open();
        TestCity.fillReadings(city);
        Vee vee = TestCity.module(city, Vee.class);
        while (!vee.validatedTo().equals(Optional.of(LocalDate.of(2017, 1, 4)))) {
            vee.turn();
        }
    }

    @AfterEach
    void close() {
        city.close();
    }

    @Test
    void whatIsToBeLookedAtIsListedByCodeAndAsCsv() {
        Guest suzuki = Guest.signedIn(city, "suzuki").speaking("en");
        String all = suzuki.get(LIST + "?day=" + FALLEN).body();
        assertTrue(all.contains("Register went down") && all.contains("Gap"), all);
        assertTrue(all.contains("Done up to"), all);
        String csv = suzuki.get(LIST + ".csv?day=" + FALLEN + "&code=decrease").body();
        assertTrue(csv.contains(FALLEN + "," + TestCity.METER + ",decrease,"), csv);
        assertFalse(csv.contains(",gap,"), csv);
        assertTrue(suzuki.get(LIST + "?day=2016-12-25").body().contains("Nothing to look at on this day."));
    }

    @Test
    void aDayShowsWhatCameBesideWhatCountsAndNotesWhoLooked() {
        String day = Guest.signedIn(city, "suzuki")
                .speaking("en")
                .get(HERE + "?day=" + FALLEN)
                .body();
        assertTrue(day.contains("estimated: "), day);
        assertTrue(day.contains("Look") || day.contains("See whether the meter was exchanged"), day);
        assertEquals(1, events("vee.looked"));
    }

    @Test
    void nobodyConfirmsTheirOwnEdit() {
        Guest suzuki = Guest.signedIn(city, "suzuki").speaking("en");
        suzuki.get(LIST);
        String edits = HERE + "/edits";
        Answer wrong = suzuki.post(edits, Map.of("day", FALLEN, "from", "30", "litres", "much", "reason", ""));
        assertEquals(400, wrong.status());
        assertTrue(wrong.body().contains("Write a number from 0 to 23."), wrong.body());
        assertTrue(wrong.body().contains("Write the reason"), wrong.body());
        Map<String, String> edit =
                Map.of("day", FALLEN, "from", "13", "litres", "12 0.5", "reason", "the seal was broken");
        assertEquals(303, suzuki.post(edits, edit).status());
        String day = suzuki.get(HERE + "?day=" + FALLEN).body();
        assertTrue(day.contains("the seal was broken") && day.contains("Another person confirms"), day);
        String id = day.replaceFirst("(?s).*/edits/(\\d+)\".*", "$1");
        assertEquals(
                409, suzuki.post(edits + "/" + id, Map.of("act", "confirm")).status());
        assertEquals(0, events("vee.edit-confirmed"));
        assertEquals(303, suzuki.post(edits + "/" + id, Map.of("act", "refuse")).status());
        assertEquals(404, suzuki.post(edits + "/999", Map.of("act", "confirm")).status());
    }

    @Test
    void onlyTheWaterworksSeeIt() {
        Guest yamada = Guest.signedIn(city, "yamada");
        yamada.get("/accessibility");
        assertEquals(403, yamada.get(LIST).status());
        assertEquals(403, yamada.get(LIST + ".csv").status());
        assertEquals(403, yamada.get(HERE).status());
        assertEquals(403, yamada.post(HERE + "/edits", Map.of("from", "1")).status());
        assertEquals(
                404, Guest.signedIn(city, "suzuki").get(LIST + "/nobodys-meter").status());
    }

    private long events(String kind) {
        return city.database()
                .inTransaction(tx -> tx.createQuery("SELECT COUNT(*) FROM events_log WHERE kind = :kind")
                        .bind("kind", kind)
                        .mapTo(Long.class)
                        .one());
    }
}
