package city.hamana.aggregator;

import static org.junit.jupiter.api.Assertions.assertEquals;

import city.hamana.aggregator.Guest.Answer;
import java.util.Map;

/** The form of a road report, filled in as a resident does, near a report that the demonstration has. */
final class RoadsVisit {
    static final String LONGITUDE = "137.53732";
    static final String LATITUDE = "34.71311";

    private RoadsVisit() {}

    /** A draft with place and kind; its address without the step: {@code /roads/new/WORD}. */
    static String draft(Guest guest) {
        Answer begun = guest.post("/roads/new", Map.of("without", "yes"));
        assertEquals(303, begun.status(), begun.body());
        String address = begun.location().replaceFirst("/place$", "");
        step(guest, address + "/place", Map.of("longitude", LONGITUDE, "latitude", LATITUDE, "landmark", "角の家の前"));
        step(guest, address + "/category", Map.of("category", "pothole"));
        return address;
    }

    /** Sends it; the address of its sender's own page. */
    static String send(Guest guest, String draft) {
        step(guest, draft + "/detail", Map.of("answer-size", "large", "detail", "自転車で転びそうになった"));
        return step(guest, draft + "/send", Map.of());
    }

    static String token(City city, String mail) {
        return city.database()
                .inTransaction(tx -> tx.createQuery("SELECT token FROM roads_follower WHERE mail = :mail")
                        .bind("mail", mail)
                        .mapTo(String.class)
                        .first());
    }

    private static String step(Guest guest, String path, Map<String, String> fields) {
        Answer answer = guest.post(path, fields);
        assertEquals(303, answer.status(), answer.body());
        return answer.location();
    }
}
