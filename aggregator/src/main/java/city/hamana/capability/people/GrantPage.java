package city.hamana.capability.people;

import java.util.List;

/**
 * The counter's form for letting somebody act for a party.
 *
 * @param found persons who may be the one who acts, by what was searched for
 * @param form as typed; its {@code q} is the search
 * @param kinds that this counter enters for such a party
 */
public record GrantPage(
        Party principal, List<Party> found, Typed form, List<Mandate.Kind> kinds, List<Evidence> evidence) {}
