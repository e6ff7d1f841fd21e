package city.hamana.capability.people;

import java.time.LocalDate;
import java.util.Optional;

/**
 * Somebody whom the provider of identities has proved.
 *
 * @param subject issuer and its name for the person, which never changes
 * @param name as the provider has it, empty where it does not say
 */
record Identity(String issuer, String subject, String name, Optional<LocalDate> born) {
    /** Whether it can be this party: what both sides know must not differ. */
    boolean fits(Party party) {
        boolean sameDay = born.isEmpty() || party.born().isEmpty() || born.equals(party.born());
        String own = Folded.fold(party.names().written()).replaceAll("\\s", "");
        boolean sameName =
                name.isEmpty() || Folded.fold(name).replaceAll("\\s", "").equals(own);
        return sameDay && (sameName || (born.isPresent() && born.equals(party.born())));
    }
}
