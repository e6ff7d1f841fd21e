package city.hamana.capability.people;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A party as staff see it.
 *
 * @param names of both sides of the mandates, by id
 * @param kinds of mandate that the reader's counter enters and ends
 * @param said word of what was just done, empty otherwise
 */
public record PartyPage(
        Party party,
        List<Mandate> mandates,
        Map<String, String> names,
        boolean signsIn,
        List<Mandate.Kind> kinds,
        String said) {
    /** Whether this counter ends it; what ended is not ended again. */
    public boolean mayEnd(Mandate mandate, Instant now) {
        return mandate.standing(now)
                && kinds.contains(mandate.kind())
                && mandate.principal().equals(party.id());
    }
}
