package city.hamana.platform.events;

import java.time.Instant;

/**
 * What to look for in the log; empty texts for anything.
 *
 * @param before sequences below this one
 * @param kind how the kind begins: {@code people.}
 * @param actor the whole of it
 * @param subject the whole of it
 * @param until the first instant not to be looked at
 */
public record Search(long before, String kind, String actor, String subject, Instant from, Instant until) {}
