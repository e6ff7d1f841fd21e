package city.hamana.capability.people;

import java.time.Instant;

/** Somebody's wish that the city forgets them. */
public record Erasure(long id, String party, String name, Instant asked) {}
