package city.hamana.capability.cases;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.MonthDay;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Days on which the city hall is closed besides Saturdays and Sundays: national holidays (国民の祝日に関する法律), with
 * substitute holidays and the day between two holidays (第3条), and the days that the city closes by its own rule. The days
 * stand in {@code holidays.csv}.
 */
final class Holidays {
    private final List<Line> lines;
    private final Map<Integer, Set<LocalDate>> years = new ConcurrentHashMap<>();

    private Holidays(List<Line> lines) {
        this.lines = List.copyOf(lines);
    }

    /** The holidays in the file beside this class. */
    static Holidays ofFile() {
        try (InputStream bytes = Holidays.class.getResourceAsStream("holidays.csv");
                BufferedReader reader = new BufferedReader(new InputStreamReader(bytes, StandardCharsets.UTF_8))) {
            return of(reader.lines().toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @throws IllegalArgumentException naming the line that cannot be read */
    static Holidays of(List<String> file) {
        List<Line> lines = new ArrayList<>();
        for (String text : file) {
            if (!text.isBlank() && !text.startsWith("#")) {
                lines.add(Line.of(text));
            }
        }
        return new Holidays(lines);
    }

    boolean holds(LocalDate day) {
        return years.computeIfAbsent(day.getYear(), this::closed).contains(day);
    }

    private Set<LocalDate> closed(int year) {
        Set<LocalDate> national = new TreeSet<>();
        Set<LocalDate> all = new TreeSet<>();
        for (Line line : lines) {
            if (line.from <= year && year <= line.to) {
                (line.national ? national : all).add(line.in(year));
            }
        }
        all.addAll(national);
        all.addAll(substitutes(national));
        all.addAll(between(national));
        return all;
    }

    /** 第3条第2項: for a holiday on a Sunday, the nearest day after it that is no holiday. */
    private static Set<LocalDate> substitutes(Set<LocalDate> national) {
        Set<LocalDate> found = new TreeSet<>();
        for (LocalDate day : national) {
            LocalDate next = day;
            while (day.getDayOfWeek() == DayOfWeek.SUNDAY && national.contains(next)) {
                next = next.plusDays(1);
            }
            found.add(next);
        }
        return found;
    }

    /** 第3条第3項: a day whose neighbours are both national holidays. */
    private static Set<LocalDate> between(Set<LocalDate> national) {
        Set<LocalDate> found = new TreeSet<>();
        for (LocalDate day : national) {
            if (national.contains(day.plusDays(2))) {
                found.add(day.plusDays(1));
            }
        }
        return found;
    }

    /** How a line tells its day: {@code 01-01}, {@code 01-monday-2} (the second Monday), {@code spring}, {@code autumn}. */
    private record Line(int from, int to, boolean national, String rule) {
        static Line of(String text) {
            String[] cells = text.split(",", -1);
            if (cells.length != 5
                    || !cells[0].matches("\\d{4}")
                    || !cells[1].matches("\\d{4}")
                    || !cells[2].matches("national|city")
                    || !cells[3].matches("\\d\\d-\\d\\d|\\d\\d-monday-[1-5]|spring|autumn")) {
                throw new IllegalArgumentException("holidays.csv: this line cannot be read: " + text);
            }
            return new Line(
                    Integer.parseInt(cells[0]), Integer.parseInt(cells[1]), cells[2].equals("national"), cells[3]);
        }

        LocalDate in(int year) {
            if (rule.equals("spring")) {
                return equinox(year, 3, 20.8431);
            }
            if (rule.equals("autumn")) {
                return equinox(year, 9, 23.2488);
            }
            int month = Integer.parseInt(rule.substring(0, 2));
            if (rule.contains("monday")) {
                int nth = rule.charAt(rule.length() - 1) - '0';
                return LocalDate.of(year, month, 1).with(TemporalAdjusters.dayOfWeekInMonth(nth, DayOfWeek.MONDAY));
            }
            return MonthDay.parse("--" + rule).atYear(year);
        }

        /** The usual approximation, good from 1980 to 2099; the day itself is announced in the February before. */
        private static LocalDate equinox(int year, int month, double day1980) {
            int day = (int) (day1980 + 0.242194 * (year - 1980) - Math.floorDiv(year - 1980, 4));
            return LocalDate.of(year, month, day);
        }
    }
}
