package city.hamana.platform.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.LocalDate;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IntervalTest {
    @Test
    void twoDaysAreAnInterval() {
        assertEquals(
                Optional.of(new Interval(LocalDate.of(2026, 9, 1), LocalDate.of(2026, 10, 31))),
                Interval.of("2026-09-01/2026-10-31"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/", "2026-07/2026-08", "2026-13-01/2026-14-01", "2026-09-01", "令和8年度", "a/b/c"})
    void anyOtherTextIsNone(String text) {
        assertEquals(Optional.empty(), Interval.of(text));
    }
}
