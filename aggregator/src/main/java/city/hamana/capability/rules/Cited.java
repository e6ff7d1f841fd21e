package city.hamana.capability.rules;

import city.hamana.platform.text.Language;
import java.time.LocalDate;
import java.util.Map;

/**
 * What a decision stood on.
 *
 * @param reference table, version and row: {@code water-volume@1#3}
 * @param titles of the table, one in each language
 * @param law its legal source
 * @param from first day of that version
 */
public record Cited(String reference, Map<Language, String> titles, String law, LocalDate from) {
    public Cited {
        titles = Map.copyOf(titles);
    }
}
