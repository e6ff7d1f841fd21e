package city.hamana.service.roads;

import city.hamana.capability.cases.Attached;
import city.hamana.platform.html.FieldError;
import java.util.List;
import java.util.Optional;

/**
 * What the owner of a road is told, before it goes; or the owner's own page of a report.
 *
 * @param office name of the owner's office; empty when none is known
 * @param mail empty when none is known: then it is told by hand
 * @param told empty before it was told
 * @param done whether the owner has just answered
 */
public record OwnerView(
        Report report,
        String where,
        String office,
        String mail,
        String facts,
        List<Attached> photos,
        Optional<Told> told,
        boolean done,
        List<FieldError> errors) {
    public List<String> answers() {
        return Told.ANSWERS;
    }

    /** Whether a mail can go, or staff have to tell it themselves. */
    public boolean byMail() {
        return !mail.isEmpty();
    }
}
