package city.hamana.service.roads;

import city.hamana.capability.maps.Place;
import java.time.Instant;
import java.util.Optional;

/**
 * Which reports.
 *
 * @param state {@code open}, {@code closed}, {@code overdue} or {@code all}
 * @param category code; empty text for every one, as with owner, department and words
 * @param since opened or closed not before it
 */
record Filter(
        String state,
        String category,
        String owner,
        String department,
        String words,
        Optional<Instant> since,
        Instant now,
        int most) {
    static Filter open(Instant now, int most) {
        return new Filter("open", "", "", "", "", Optional.empty(), now, most);
    }

    /** A square that holds all that is near a place. */
    record Square(Place centre, double metres) {}
}
