package city.hamana.capability.notices;

import java.time.Instant;

/**
 * A browser in which somebody wants to be told.
 *
 * @param name in words that its owner knows again
 * @param mark SHA-256 of the address at its push service, by which the browser finds itself in the list
 */
public record Device(long id, String name, String mark, Instant since) {}
