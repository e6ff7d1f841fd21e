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
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Days on which the city hall is closed besides Saturdays and Sundays: national holidays (国民の祝日に関する法律), with
 * substitute holidays and the day between two holidays (第3条), and the days that the city closes by its own rule. The days
 * stand in {@code holidays.csv}, or in the file that the setting {@code closed-days-file} names.
 */
final class Holidays {
    private static final String LAW = "国民の祝日に関する法律";

    private final List<Line> lines;
    private final Map<Integer, SortedMap<LocalDate, Why>> years = new ConcurrentHashMap<>();

    /** Why a day is closed: what it is called, and which law or rule of the city says so. */
    record Why(String name, String basis) {}

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

    /** @throws IllegalArgumentException naming every line that cannot be read */
    static Holidays of(List<String> file) {
        List<Line> lines = new ArrayList<>();
        List<String> slips = new ArrayList<>();
        for (int i = 0; i < file.size(); i++) {
            String text = file.get(i).replace("\ufeff", "");
            if (!text.isBlank() && !text.startsWith("#")) {
                String place = "line " + (i + 1) + " of the closed days cannot be read: " + text;
                Line.of(text).ifPresentOrElse(lines::add, () -> slips.add(place));
            }
        }
        if (!slips.isEmpty()) {
            throw new IllegalArgumentException(String.join("\n", slips));
        }
        return new Holidays(lines);
    }

    boolean holds(LocalDate day) {
        return of(day.getYear()).containsKey(day);
    }

    /** The closed days of a year, in their order. */
    SortedMap<LocalDate, Why> of(int year) {
        return years.computeIfAbsent(year, this::closed);
    }

    private SortedMap<LocalDate, Why> closed(int year) {
        Set<LocalDate> national = new TreeSet<>();
        SortedMap<LocalDate, Why> all = new TreeMap<>();
        for (Line line : lines) {
            if (line.from <= year && year <= line.to) {
                all.merge(line.in(year), line.why, (one, other) -> line.national ? other : one);
                if (line.national) {
                    national.add(line.in(year));
                }
            }
        }
        substitutes(national).forEach(day -> all.putIfAbsent(day, new Why("休日(振替)", LAW + " 第3条第2項")));
        between(national).forEach(day -> all.putIfAbsent(day, new Why("休日", LAW + " 第3条第3項")));
        return Collections.unmodifiableSortedMap(all);
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
    private record Line(int from, int to, boolean national, String rule, Why why) {
        private static final Pattern SHAPE = Pattern.compile(
                "(\\d{4}),(\\d{4}),(national|city),(\\d\\d-\\d\\d|\\d\\d-monday-[1-5]|spring|autumn),([^,]+),([^,]+)");

        static Optional<Line> of(String text) {
            Matcher cells = SHAPE.matcher(text.strip());
            return cells.matches() && isDay(cells.group(4))
                    ? Optional.of(new Line(
                            Integer.parseInt(cells.group(1)),
                            Integer.parseInt(cells.group(2)),
                            cells.group(3).equals("national"),
                            cells.group(4),
                            new Why(cells.group(5), cells.group(6))))
                    : Optional.empty();
        }

        /** The 29th of February is no rule: most years have none. */
        private static boolean isDay(String rule) {
            return !rule.matches("\\d\\d-\\d\\d")
                    || rule.matches(
                            "(0[13578]|1[02])-(0[1-9]|[12]\\d|3[01])|(0[469]|11)-(0[1-9]|[12]\\d|30)|02-(0[1-9]|1\\d|2[0-8])");
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
