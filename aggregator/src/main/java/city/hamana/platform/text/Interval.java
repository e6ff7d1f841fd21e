package city.hamana.platform.text;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Optional;

/** Days, the first and the last among them. */
public record Interval(LocalDate first, LocalDate last) {
    /** As it is stored: {@code 2026-09-01/2026-10-31} (ISO 8601); empty for any other text. */
    public static Optional<Interval> of(String text) {
        String[] parts = text.split("/", 3);
        try {
            return parts.length == 2
                    ? Optional.of(new Interval(LocalDate.parse(parts[0]), LocalDate.parse(parts[1])))
                    : Optional.empty();
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
