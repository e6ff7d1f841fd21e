package city.hamana.service.roads;

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
        int most) {}
