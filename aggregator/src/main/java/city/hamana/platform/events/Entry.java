package city.hamana.platform.events;

import java.time.Instant;

/**
 * An event as it stands in the log.
 *
 * @param sequence 1, 2, 3 …
 * @param detail JSON
 * @param hash SHA-256, lower-case hex, over the fields and the hash of the entry before
 */
public record Entry(
        long sequence,
        Instant at,
        String kind,
        String actor,
        String subject,
        String detail,
        String previous,
        String hash) {}
