package city.hamana.capability.ledger;

import java.time.LocalDate;
import java.util.List;

/**
 * An entry to be written.
 *
 * @param kind what happened, as the event log calls it: {@code payments.charged}
 * @param day of the books
 * @param actor as the event log names it
 * @param note a short text for who reads the books, without personal data; at most 300 characters
 * @param postings 2 to 100
 * @param once the same twice is written once; at most 200 characters
 */
public record NewEntry(String kind, LocalDate day, String actor, String note, List<Posting> postings, String once) {
    private static final int MOST_POSTINGS = 100;
    private static final int LONGEST_ONCE = 200;
    private static final int LONGEST_NOTE = 300;

    /** @throws LedgerException if it does not sum to zero, or has too few or too many postings */
    public NewEntry {
        postings = List.copyOf(postings);
        if (postings.size() < 2 || postings.size() > MOST_POSTINGS) {
            throw LedgerException.postings(once, postings.size());
        }
        long sum = postings.stream().mapToLong(Posting::yen).reduce(0, Math::addExact);
        if (sum != 0) {
            throw LedgerException.unbalanced(once, sum);
        }
        if (once.isEmpty() || once.length() > LONGEST_ONCE || note.length() > LONGEST_NOTE) {
            throw LedgerException.text(once);
        }
    }
}
