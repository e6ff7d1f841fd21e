package city.hamana.service.watchover;

import java.time.LocalDate;

/** Days on which nobody is at home, both among them. */
public record Away(LocalDate from, LocalDate to) {
    boolean holds(LocalDate day) {
        return !day.isBefore(from) && !day.isAfter(to);
    }
}
