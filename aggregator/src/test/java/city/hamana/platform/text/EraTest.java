package city.hamana.platform.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class EraTest {
    @Test
    void anEraBeginsAndEndsOnItsDay() {
        assertEquals("平成31年4月30日", Era.of(LocalDate.of(2019, 4, 30)));
        assertEquals("令和元年5月1日", Era.of(LocalDate.of(2019, 5, 1)));
        assertEquals("昭和64年1月7日", Era.of(LocalDate.of(1989, 1, 7)));
        assertEquals("平成元年1月8日", Era.of(LocalDate.of(1989, 1, 8)));
        assertEquals("大正15年12月24日", Era.of(LocalDate.of(1926, 12, 24)));
        assertEquals("明治45年7月29日", Era.of(LocalDate.of(1912, 7, 29)));
        assertEquals("1872年12月31日", Era.of(LocalDate.of(1872, 12, 31)));
    }

    @Test
    void aFiscalYearHasTheNameOfItsApril() {
        assertEquals("令和8年度", Era.fiscalYear(2026));
        assertEquals("令和元年度", Era.fiscalYear(2019));
        assertEquals("平成30年度", Era.fiscalYear(2018));
    }

    @Test
    void aDayIsReadAsPeopleTypeIt() {
        for (String typed : List.of(
                "2026-04-01",
                "2026/4/1",
                "20260401",
                "2026年4月1日",
                "令和8年4月1日",
                "R8.4.1",
                "r8/4/1",
                "令和 8年 4月 1日",
                "２０２６年４月１日",
                " Ｒ８．４．１ ")) {
            assertEquals(Optional.of(LocalDate.of(2026, 4, 1)), Era.read(typed), typed);
        }
        assertEquals(Optional.of(LocalDate.of(2019, 5, 1)), Era.read("令和元年5月1日"));
        assertEquals(Optional.of(LocalDate.of(1950, 2, 28)), Era.read("S25.2.28"));
    }

    @Test
    void whatIsNoDayIsNotRead() {
        for (String typed : List.of(
                "", "yesterday", "2026-02-29", "平成32年1月1日", "令和元年4月30日", "昭和64年1月8日", "R0.1.1", "2026-4", "99999999")) {
            assertEquals(Optional.empty(), Era.read(typed), typed);
        }
    }

    @Test
    void everyDayReadsBack() {
        Stream.iterate(LocalDate.of(1873, 1, 1), day -> day.plusDays(17))
                .limit(3_500)
                .forEach(day -> assertEquals(Optional.of(day), Era.read(Era.of(day))));
    }
}
