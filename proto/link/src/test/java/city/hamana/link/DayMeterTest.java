package city.hamana.link;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class DayMeterTest {
    private long uptimeMs;

    @Test
    void whatIsOlderThanADayNoLongerCounts() {
        DayMeter meter = new DayMeter(() -> uptimeMs);
        for (int hour = 0; hour < 100; hour++) {
            meter.add(10);
            pass(Duration.ofHours(1));
        }

        assertEquals(230, meter.sum());
        pass(Duration.ofDays(40));
        assertEquals(0, meter.sum());
    }

    @Test
    void theRateOfADayIsToldAfterTenMinutes() {
        DayMeter meter = new DayMeter(() -> uptimeMs);
        meter.add(600);
        pass(Duration.ofMinutes(9));
        assertEquals(0, meter.perDay());
        pass(Duration.ofMinutes(51));

        assertEquals(600 * 24, meter.perDay());
    }

    private void pass(Duration time) {
        uptimeMs += time.toMillis();
    }
}
