package city.hamana.service.watchover;

import java.time.Instant;

/**
 * Something that is not usual at somebody's home.
 *
 * @param kind {@code quiet} or {@code running}
 * @param moved when it came to its stage
 * @param answer who ended it and how: {@code well}, {@code reached}, {@code use}, {@code away}; empty while it lasts
 */
public record Alarm(
        long id, String party, String kind, Instant since, Stage stage, Instant moved, String answer, String note) {}
