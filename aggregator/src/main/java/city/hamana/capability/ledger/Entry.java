package city.hamana.capability.ledger;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.OptionalLong;

/**
 * An entry as it stands in the books.
 *
 * @param reverses the entry that it takes back
 * @param reversedBy the entry that takes it back
 */
public record Entry(
        long id,
        String kind,
        LocalDate day,
        Instant at,
        String actor,
        String note,
        List<Posting> postings,
        String once,
        OptionalLong reverses,
        OptionalLong reversedBy) {
    public Entry {
        postings = List.copyOf(postings);
    }
}
