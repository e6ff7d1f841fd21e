package city.hamana.platform.text;

import java.time.LocalDate;
import java.time.Month;

/**
 * A city's fiscal year, which begins on the first of April (地方自治法 第208条).
 *
 * @param year in which it begins
 */
public record FiscalYear(int year) {
    /** The one in which a day lies. */
    public static FiscalYear of(LocalDate day) {
        return new FiscalYear(day.getMonthValue() < Month.APRIL.getValue() ? day.getYear() - 1 : day.getYear());
    }

    /** Its first day. */
    public LocalDate begin() {
        return LocalDate.of(year, Month.APRIL, 1);
    }

    /** The first day after it. */
    public LocalDate end() {
        return begin().plusYears(1);
    }
}
