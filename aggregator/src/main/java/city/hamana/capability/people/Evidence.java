package city.hamana.capability.people;

/**
 * A document by which somebody shows that they may act for somebody else.
 *
 * @param code its words stand at {@code people.evidence.CODE}
 * @param kind what it shows
 * @param ground of a guardian's: {@code minor} ends when the child comes of age, {@code adult} does not; empty for others
 */
public record Evidence(String code, Mandate.Kind kind, String ground) {}
