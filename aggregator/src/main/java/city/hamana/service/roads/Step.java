package city.hamana.service.roads;

import java.time.Instant;

/**
 * Something that happened to a report, as everybody may read it.
 *
 * @param kind its words are {@code roads.step.KIND}
 * @param code a template's, a reason's or an owner's; empty for none
 * @param text the city's own words; may be empty
 */
public record Step(Instant at, String kind, String code, String text) {}
