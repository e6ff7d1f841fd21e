package city.hamana.capability.people;

import java.time.Instant;
import java.util.Optional;

/**
 * A mandate that the city is about to enter.
 *
 * @param evidence code of the document that was seen, see {@link Evidence}; empty where the principal gave the word itself
 * @param note what identifies the document: date, number, office
 * @param rule version and row of the decision table that set the end; empty where none did
 */
record NewMandate(
        String principal,
        String agent,
        Mandate.Kind kind,
        Instant from,
        Optional<Instant> until,
        String evidence,
        String note,
        String rule) {
    /** By the principal's own word, without a document. */
    static NewMandate ofOwnWord(
            String principal, String agent, Mandate.Kind kind, Instant from, Optional<Instant> until) {
        return new NewMandate(principal, agent, kind, from, until, "", "", "");
    }
}
