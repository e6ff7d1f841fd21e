package city.hamana.capability.people;

import java.util.List;
import java.util.Map;

/**
 * A party as staff see it.
 *
 * @param names of the other sides of the mandates, by id
 */
public record PartyPage(Party party, List<Mandate> mandates, Map<String, String> names, boolean signsIn) {}
