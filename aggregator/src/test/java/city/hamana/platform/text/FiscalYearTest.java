package city.hamana.platform.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.LocalDate;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FiscalYearTest {
    @ParameterizedTest
    @CsvSource({"2026-03-31, 2025", "2026-04-01, 2026", "2026-12-31, 2026", "2027-01-01, 2026", "2028-02-29, 2027"})
    void itBeginsOnTheFirstOfAprilAndEndsBeforeTheNext(LocalDate day, int year) {
        FiscalYear fiscal = FiscalYear.of(day);
        assertEquals(new FiscalYear(year), fiscal);
        assertEquals(LocalDate.of(year, 4, 1), fiscal.begin());
        assertEquals(LocalDate.of(year + 1, 4, 1), fiscal.end());
    }
}
