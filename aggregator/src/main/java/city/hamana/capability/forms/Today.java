package city.hamana.capability.forms;

import java.time.LocalDate;
import java.util.function.Predicate;

/**
 * What a check needs to know of the calendar.
 *
 * @param day in the city
 * @param open whether the city hall is open on a day
 */
public record Today(LocalDate day, Predicate<LocalDate> open) {
    /** The day that a definition means: {@code today+3}. */
    LocalDate of(String rule) {
        if (!rule.startsWith("today")) {
            return LocalDate.parse(rule);
        }
        return rule.equals("today")
                ? day
                : day.plusDays(Integer.parseInt(rule.substring(5).replace("+", "")));
    }
}
