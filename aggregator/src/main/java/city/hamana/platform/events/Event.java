package city.hamana.platform.events;

import java.time.Instant;
import java.util.Map;

/**
 * Something that happened.
 *
 * @param kind {@code module.what-happened}: {@code people.signed-in}, {@code devices.cut}
 * @param actor who did it: {@code person:ID}, {@code device:ID}, {@code token:ID} or {@code system}
 * @param subject to whom or what: {@code device:ID}, {@code meter:ID}
 * @param detail further facts, without secrets; kept as JSON of at most 4,000 characters
 */
public record Event(Instant at, String kind, String actor, String subject, Map<String, ?> detail) {
    public Event {
        if (!kind.matches("[a-z]+\\.[a-z0-9-]+")) {
            throw new IllegalArgumentException("an event's kind is module.what-happened, not " + kind);
        }
        detail = Map.copyOf(detail);
    }
}
