package city.hamana.capability.cases;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** On which days the city hall is open. */
class WorkingDaysTest {
    private static final WorkingDays DAYS = new WorkingDays(Holidays.ofFile()::holds);

    /** The lists that the Cabinet Office publishes (国民の祝日について), with 29 December to 3 January. */
    @Test
    void theClosedDaysOf2026AreThoseOfTheCabinetOfficesList() {
        assertEquals(
                "01-01 01-02 01-03 01-12 02-11 02-23 03-20 04-29 05-03 05-04 05-05 05-06 07-20 08-11 09-21 09-22 09-23"
                        + " 10-12 11-03 11-23 12-29 12-30 12-31",
                closed(2026));
    }

    @Test
    void theClosedDaysOfTheDemonstrationsYearAreThoseOfItsList() {
        assertEquals(
                "01-01 01-02 01-03 01-09 02-11 03-20 04-29 05-03 05-04 05-05 07-17 08-11 09-18 09-23 10-09 11-03 11-23"
                        + " 12-23 12-29 12-30 12-31",
                closed(2017));
    }

    @Test
    void theYearsOfTheNewEmperorAndOfTheGamesWereOtherwise() {
        assertTrue(closed(2019).contains("04-29 04-30 05-01 05-02 05-03 05-04 05-05 05-06"));
        assertTrue(closed(2020).contains("07-23 07-24 08-10"));
        assertTrue(closed(2021).contains("07-22 07-23 08-08 08-09"));
    }

    @ParameterizedTest
    @CsvSource({
        // A Friday: the day itself does not count, the weekend does not either.
        "2026-11-20, 1, 2026-11-24",
        "2026-11-20, 5, 2026-11-30",
        // Over the end of the year.
        "2026-12-28, 1, 2027-01-04",
        "2026-12-25, 3, 2027-01-05",
        "2022-12-28, 1, 2023-01-04",
        // New Year's Day on a Sunday is made up for on Monday the 2nd, which is closed anyhow.
        "2016-12-28, 3, 2017-01-06",
        // Substitutes: a Sunday in May behind which two holidays stand; a day between two holidays.
        "2020-05-01, 1, 2020-05-07",
        "2032-09-17, 1, 2032-09-23",
        // Through the five days in May.
        "2026-05-01, 1, 2026-05-07",
        // From a holiday.
        "2026-05-04, 1, 2026-05-07",
        "2026-11-24, 0, 2026-11-24"
    })
    void aTermOfWorkingDaysEnds(LocalDate begin, int days, LocalDate end) {
        assertEquals(end, DAYS.after(begin, days));
    }

    @Property
    void aTermsEndIsAWorkingDayAndIsThatManyAway(
            @ForAll @IntRange(min = 0, max = 3_000) int later, @ForAll @IntRange(min = 1, max = 120) int days) {
        LocalDate begin = LocalDate.of(2022, 1, 1).plusDays(later);
        LocalDate end = DAYS.after(begin, days);
        assertTrue(DAYS.open(end));
        assertEquals(days, DAYS.between(begin, end));
        assertEquals(-days, DAYS.between(end, begin));
    }

    @Property
    void noHolidayOnASundayIsLost(@ForAll @IntRange(min = 2007, max = 2099) int year) {
        Holidays holidays = Holidays.ofFile();
        for (LocalDate day = LocalDate.of(year, 1, 4); day.getDayOfYear() < 360; day = day.plusDays(1)) {
            if (day.getDayOfWeek() == DayOfWeek.SUNDAY && holidays.holds(day)) {
                LocalDate next = day.plusDays(1);
                assertTrue(holidays.holds(next), next.toString());
            }
        }
        assertFalse(holidays.holds(LocalDate.of(year, 6, 15)));
    }

    @Test
    void aLineThatCannotBeReadIsNamed() {
        IllegalArgumentException wrong = assertThrows(
                IllegalArgumentException.class,
                () -> Holidays.of(List.of(
                        "# ok",
                        "2020,9999,national,13th,odd,x",
                        "2020,9999,city,02-30,odd,x",
                        "2020,9999,city,02-03,odd")));
        assertTrue(
                wrong.getMessage().contains("line 2 of the closed days cannot be read: 2020,9999,national,13th,odd"));
        assertTrue(wrong.getMessage().contains("line 3") && wrong.getMessage().contains("line 4"));
    }

    /** A city that keeps open on 29 December, closes on its founding day, and knows when a law ends. */
    @Test
    void aCityMayHaveItsOwnListWithItsOwnRules() {
        Holidays own = Holidays.of(List.of(
                "1948,9999,national,01-01,元日,国民の祝日に関する法律 第2条",
                "1966,2027,national,02-11,建国記念の日,国民の祝日に関する法律 第2条",
                "2026,2026,city,07-01,市制記念日,市の休日を定める規則",
                "2020,9999,city,12-30,年末,市の休日を定める条例"));
        WorkingDays days = new WorkingDays(own::holds);
        assertEquals(LocalDate.of(2026, 12, 29), days.after(LocalDate.of(2026, 12, 28), 1));
        assertEquals(LocalDate.of(2026, 12, 31), days.after(LocalDate.of(2026, 12, 29), 1));
        assertFalse(days.open(LocalDate.of(2026, 7, 1)));
        assertTrue(days.open(LocalDate.of(2027, 7, 1)));
        assertFalse(days.open(LocalDate.of(2027, 2, 11)));
        assertTrue(days.open(LocalDate.of(2028, 2, 11)), "the line ended with 2027");
        assertEquals("市制記念日", own.of(2026).get(LocalDate.of(2026, 7, 1)).name());
    }

    @Test
    void aClosedDayTellsItsNameAndTheLawBehindIt() {
        var days = Holidays.ofFile().of(2026);
        assertEquals("憲法記念日", days.get(LocalDate.of(2026, 5, 3)).name());
        assertEquals("休日(振替)", days.get(LocalDate.of(2026, 5, 6)).name());
        assertEquals("国民の祝日に関する法律 第3条第3項", days.get(LocalDate.of(2026, 9, 22)).basis());
        assertEquals("年末", days.get(LocalDate.of(2026, 12, 29)).name());
    }

    private static String closed(int year) {
        Holidays holidays = Holidays.ofFile();
        return LocalDate.of(year, 1, 1)
                .datesUntil(LocalDate.of(year + 1, 1, 1))
                .filter(holidays::holds)
                .map(day -> day.toString().substring(5))
                .collect(Collectors.joining(" "));
    }
}
