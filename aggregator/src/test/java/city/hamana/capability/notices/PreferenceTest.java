package city.hamana.capability.notices;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class PreferenceTest {
    private record Case(String from, String to, String now, String quietFor) {}

    @TestFactory
    Stream<DynamicTest> quietHoursAreTheCitysAndMayPassMidnight() {
        return Stream.of(
                        new Case("21:00", "08:00", "20:59:59", "PT0S"),
                        new Case("21:00", "08:00", "21:00", "PT11H"),
                        new Case("21:00", "08:00", "23:30", "PT8H30M"),
                        new Case("21:00", "08:00", "00:00", "PT8H"),
                        new Case("21:00", "08:00", "07:59", "PT1M"),
                        new Case("21:00", "08:00", "08:00", "PT0S"),
                        new Case("12:00", "13:00", "11:59", "PT0S"),
                        new Case("12:00", "13:00", "12:15", "PT45M"),
                        new Case("12:00", "13:00", "13:00", "PT0S"),
                        new Case("00:00", "00:00", "00:00", "PT0S"),
                        new Case("09:00", "09:00", "09:00", "PT0S"))
                .map(c -> DynamicTest.dynamicTest(
                        c.toString(),
                        () -> assertEquals(
                                Duration.parse(c.quietFor),
                                new Preference(List.of(), LocalTime.parse(c.from), LocalTime.parse(c.to))
                                        .quiet(ZonedDateTime.parse("2026-11-22T" + c.now + "+09:00[Asia/Tokyo]")))));
    }
}
