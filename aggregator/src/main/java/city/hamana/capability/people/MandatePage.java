package city.hamana.capability.people;

import java.util.List;
import java.util.Map;

/**
 * Who may act for a resident, and for whom the resident may act.
 *
 * @param names of the parties on the other side, by id
 * @param link to hand over, shown this once; empty otherwise
 * @param said word of what was just done, empty otherwise
 */
public record MandatePage(
        String self, List<Mandate> mandates, Map<String, String> names, Typed form, String link, String said) {
    /** Those for whom the resident may act. */
    public List<Mandate> actingFor() {
        return mandates.stream().filter(m -> m.agent().equals(self)).toList();
    }

    /** Those who may act for the resident. */
    public List<Mandate> actingForMe() {
        return mandates.stream().filter(m -> m.principal().equals(self)).toList();
    }

    public String name(Mandate mandate) {
        return names.getOrDefault(mandate.agent().equals(self) ? mandate.principal() : mandate.agent(), "?");
    }

    /** Guardians and representatives are entered, and ended, by the city. */
    public boolean mayEnd(Mandate mandate) {
        return mandate.kind() == Mandate.Kind.PROXY;
    }
}
