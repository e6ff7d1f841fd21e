package city.hamana.service.procedures;

import java.time.Instant;
import java.util.List;

/**
 * A form that is not sent yet.
 *
 * @param writer actor who fills it in
 * @param applicant id of the party it is for
 * @param seenDocument kind of document that counter staff have seen; empty otherwise
 * @param answers JSON of the form
 * @param done pages that were passed without a slip
 */
public record Draft(
        String id,
        String procedure,
        String writer,
        String applicant,
        String seenDocument,
        String answers,
        List<String> done,
        Instant changed) {
    /** As its files name it. */
    public String subject() {
        return "draft:" + id;
    }

    public boolean atCounter() {
        return !seenDocument.isEmpty();
    }
}
