package city.hamana.sensing.inflow;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeParseException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Days on which people use water as on a Sunday: holidays. Which they are is a city's data, not ours.
 *
 * @param days at most {@value #MOST}
 */
public record OffDays(Set<LocalDate> days) {
    private static final int MOST = 10_000;
    private static final int YEARS_BACK = 5;
    private static final int YEARS_AHEAD = 10;

    public OffDays {
        days = Set.copyOf(days);
    }

    /** Weekends only. */
    public static OffDays none() {
        return new OffDays(Set.of());
    }

    /**
     * Working days on which the city hall is closed, from five years ago until in ten years: people are at home as on a Sunday.
     *
     * @param open whether the city hall is open on a day
     */
    public static OffDays closed(LocalDate today, Predicate<LocalDate> open) {
        return new OffDays(today.minusYears(YEARS_BACK)
                .datesUntil(today.plusYears(YEARS_AHEAD))
                .filter(none()::working)
                .filter(open.negate())
                .collect(Collectors.toSet()));
    }

    /**
     * Reads a file of one day a line, {@code 2022-11-01} or {@code 2022-11-01,name}; lines that begin with # say nothing.
     *
     * @throws InflowException naming the first line that is no day
     */
    public static OffDays read(Path file) {
        try {
            List<String> lines = Files.readAllLines(file);
            Set<LocalDate> days = new HashSet<>();
            for (int i = 0; i < Math.min(lines.size(), MOST); i++) {
                String day = lines.get(i).replace("\ufeff", "").split(",", 2)[0].strip();
                if (!day.isEmpty() && !day.startsWith("#")) {
                    days.add(LocalDate.parse(day));
                }
            }
            return new OffDays(days);
        } catch (IOException e) {
            throw InflowException.unreadable(file.toString(), e);
        } catch (DateTimeParseException e) {
            throw new InflowException(
                    "%s: %s is no day; write one a line, like 2022-11-01".formatted(file, e.getParsedString()));
        }
    }

    /** The day of the week as whose people use water: 0 is Monday; an off day counts as a Sunday. */
    public int dayOfUse(LocalDate day) {
        return as(day).getValue() - 1;
    }

    private DayOfWeek as(LocalDate day) {
        return days.contains(day) ? DayOfWeek.SUNDAY : day.getDayOfWeek();
    }

    /** Whether people use water as on a working day. */
    public boolean working(LocalDate day) {
        return as(day).getValue() < DayOfWeek.SATURDAY.getValue();
    }

    /** The hour of the week as in which people use water: 0 is Monday from 00:00 to 01:00, 167 the last of Sunday. */
    public int hourOfUse(LocalDateTime at) {
        return dayOfUse(at.toLocalDate()) * 24 + at.getHour();
    }
}
