package city.hamana.platform.jobs;

import java.time.Instant;

/**
 * Work in the queue.
 *
 * @param payload JSON of at most 4,000 characters, without personal data where an id does
 * @param tries how often it was begun
 * @param failed whether it is not tried any more by itself
 * @param trouble what the last try ended with; empty when it has not failed
 */
public record Task(long id, String kind, String payload, Instant due, int tries, boolean failed, String trouble) {}
