package city.hamana.platform.text;

import java.text.Normalizer;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An era of the Japanese calendar (元号法), for what is read and typed; what is kept is always a {@link LocalDate}. The
 * first year of an era is 元年. Meiji counts from 1873, when Japan took over the Gregorian calendar.
 */
public enum Era {
    MEIJI("明治", "M", LocalDate.of(1868, 1, 25)),
    TAISHO("大正", "T", LocalDate.of(1912, 7, 30)),
    SHOWA("昭和", "S", LocalDate.of(1926, 12, 25)),
    HEISEI("平成", "H", LocalDate.of(1989, 1, 8)),
    REIWA("令和", "R", LocalDate.of(2019, 5, 1));

    private static final LocalDate GREGORIAN = LocalDate.of(1873, 1, 1);
    private static final Pattern OF_ERA = Pattern.compile(
            "(明治|大正|昭和|平成|令和|[MTSHRmtshr])\\s*(元|\\d{1,2})\\s*[年./-]\\s*(\\d{1,2})\\s*[月./-]\\s*(\\d{1,2})\\s*日?");
    private static final Pattern WESTERN =
            Pattern.compile("(\\d{4})\\s*[年./-]\\s*(\\d{1,2})\\s*[月./-]\\s*(\\d{1,2})\\s*日?|(\\d{4})(\\d{2})(\\d{2})");

    private final String kanji;
    private final String letter;
    private final LocalDate first;

    Era(String kanji, String letter, LocalDate first) {
        this.kanji = kanji;
        this.letter = letter;
        this.first = first;
    }

    /** 「令和8年4月1日」; a day before 1873 in western years. */
    public static String of(LocalDate day) {
        return era(day).map(era -> era.year(day.getYear())).orElseGet(() -> day.getYear() + "年") + day.getMonthValue()
                + "月" + day.getDayOfMonth() + "日";
    }

    /** 「令和8年度」: of the fiscal year, which begins on the first of April of this year. */
    public static String fiscalYear(int year) {
        return REIWA.first.getYear() == year
                ? "令和元年度"
                : era(LocalDate.of(year, 4, 1)).map(era -> era.year(year) + "度").orElse(year + "年度");
    }

    /**
     * A day as people type it, western or by era, with full-width digits or not: {@code 2026-04-01}, {@code 2026/4/1},
     * {@code 20260401}, {@code 令和8年4月1日}, {@code 令和元年5月1日}, {@code R8.4.1}. Empty when it is none, or no day of
     * that era.
     */
    public static Optional<LocalDate> read(String typed) {
        // Digits and letters only are made narrow here; nothing of a name passes through.
        String text = Normalizer.normalize(typed, Normalizer.Form.NFKC).strip();
        Matcher era = OF_ERA.matcher(text);
        if (era.matches()) {
            return ofEra(era);
        }
        Matcher western = WESTERN.matcher(text);
        if (!western.matches()) {
            return Optional.empty();
        }
        int group = western.group(1) != null ? 1 : 4;
        return day(number(western, group), number(western, group + 1), number(western, group + 2));
    }

    private String year(int western) {
        int year = western - first.getYear() + 1;
        return kanji + (year == 1 ? "元" : String.valueOf(year)) + "年";
    }

    private static Optional<Era> era(LocalDate day) {
        return day.isBefore(GREGORIAN)
                ? Optional.empty()
                : Arrays.stream(values())
                        .filter(era -> !day.isBefore(era.first))
                        .reduce((older, newer) -> newer);
    }

    private static Optional<LocalDate> ofEra(Matcher parts) {
        String name = parts.group(1);
        Era era = Arrays.stream(values())
                .filter(e -> e.kanji.equals(name) || e.letter.equalsIgnoreCase(name))
                .findFirst()
                .orElseThrow();
        int year = parts.group(2).equals("元") ? 1 : number(parts, 2);
        return day(era.first.getYear() + year - 1, number(parts, 3), number(parts, 4))
                .filter(day -> era(day).equals(Optional.of(era)));
    }

    private static int number(Matcher parts, int group) {
        return Integer.parseInt(parts.group(group));
    }

    private static Optional<LocalDate> day(int year, int month, int day) {
        try {
            return Optional.of(LocalDate.of(year, month, day));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
