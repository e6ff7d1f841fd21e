package city.hamana.capability.people;

import java.util.List;

/**
 * A form of a person's or business's facts.
 *
 * @param id of the party, empty for a new one
 * @param towns to choose from
 */
public record PersonPage(String id, Typed form, List<Town> towns) {}
