package city.hamana.sensing.settings;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One version of a device's settings.
 *
 * @param number 1, 2, 3 … per device
 * @param values all that is set from afar with this version; what is absent is as the device's own file has it
 * @param told when the state last changed
 * @param reason of the device, where it refused or took it back
 */
public record Version(
        String device,
        long number,
        Instant issued,
        String issuedBy,
        Duration confirmWithin,
        Map<String, String> values,
        State state,
        Instant told,
        String reason) {
    /** What became of it. */
    public enum State {
        /** On its way, or being tried. */
        SENT,
        CONFIRMED,
        /** Refused by the device, or taken back by it. */
        REFUSED,
        /** A later version was issued before the device had answered. */
        SUPERSEDED;

        public String code() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    public Version {
        values = Map.copyOf(values);
    }

    /** In order of the keys. */
    public SortedMap<String, String> sorted() {
        return new TreeMap<>(values);
    }

    String text() {
        StringBuilder text = new StringBuilder();
        sorted().forEach((key, value) ->
                text.append(key).append('=').append(value).append('\n'));
        return text.toString();
    }

    static Map<String, String> values(String text) {
        Map<String, String> values = new TreeMap<>();
        text.lines().forEach(line -> {
            int equals = line.indexOf('=');
            values.put(line.substring(0, equals), line.substring(equals + 1));
        });
        return values;
    }
}
