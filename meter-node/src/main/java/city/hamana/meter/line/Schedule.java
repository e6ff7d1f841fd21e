package city.hamana.meter.line;

import java.time.Clock;
import java.time.Duration;

/**
 * When meters are read: at whole multiples of a period of the city's clock, an hour as a rule, and not all at once. The
 * i-th of n meters is due i/n of the spread later, so that a bus of 250 is read one after the other, each hour in the
 * same order and at the same minute.
 *
 * @param every the period; zero: at every look, for meters that keep a log of their own
 * @param spread over how much of each period the readings are spread; not longer than the period
 */
public record Schedule(Duration every, Duration spread, Clock clock) {
    public Schedule {
        if (every.isNegative() || spread.isNegative() || spread.compareTo(every) > 0) {
            throw new IllegalArgumentException("read-spread-s is not within read-every-s: " + spread + ", " + every);
        }
    }

    /** At every look. */
    public static Schedule always(Clock clock) {
        return new Schedule(Duration.ZERO, Duration.ZERO, clock);
    }

    /**
     * Number of the turn that the i-th of n meters is to be read in; it changes when the meter is to be read again.
     *
     * @param look counts the looks at the whole line: without a period each is a turn
     */
    public long turn(int place, int of, long look) {
        if (every.isZero()) {
            return look;
        }
        long later = spread.toMillis() * place / of;
        return Math.floorDiv(clock.millis() - later, every.toMillis());
    }
}
