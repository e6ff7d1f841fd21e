package city.hamana.sensing.ingest;

import java.time.Instant;

/**
 * A period, twice: a demonstration's clock is not that on the wall.
 *
 * @param from by the city's clock, on which blocks are made
 * @param realFrom the same in real time, in which they come
 */
public record Span(Instant from, Instant to, Instant realFrom, Instant realTo) {}
