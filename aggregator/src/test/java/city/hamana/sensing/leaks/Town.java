package city.hamana.sensing.leaks;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * An invented town's inflow: a profile by hour and kind of day, a season, noise by a seed, and what a test adds. 120 m3/h in
 * the mean; noise of 4 m3/h on each hour.
 */
final class Town {
    static final LocalDateTime BEGIN = LocalDateTime.of(2025, 3, 3, 0, 0);
    private static final double MEAN = 120;
    private static final double NOISE = 4;

    private final double[] hours;
    private final Random random;
    private final Set<LocalDate> holidays;

    record Row(LocalDateTime at, double inflow) {}

    Town(int days, long seed) {
        this(days, seed, Set.of());
    }

    Town(int days, long seed, Set<LocalDate> holidays) {
        this.hours = new double[days * 24];
        this.random = new Random(seed);
        this.holidays = holidays;
        for (int i = 0; i < hours.length; i++) {
            hours[i] = MEAN * profile(BEGIN.plusHours(i)) + NOISE * random.nextGaussian();
        }
    }

    private double profile(LocalDateTime at) {
        boolean free =
                at.getDayOfWeek().getValue() >= DayOfWeek.SATURDAY.getValue() || holidays.contains(at.toLocalDate());
        double wake = free ? 10 : 7.5;
        double day = at.getHour() >= wake && at.getHour() < 23 ? 1.3 : 0.45;
        return free ? day * 0.95 : day;
    }

    /** A leak (or, less than 0, a repair) from an hour on. */
    Town step(int hour, double size) {
        for (int i = hour; i < hours.length; i++) {
            hours[i] += size;
        }
        return this;
    }

    /** A leak that grows to its size in so many days. */
    Town ramp(int hour, int days, double size) {
        for (int i = hour; i < hours.length; i++) {
            hours[i] += size * Math.min(1, (i - hour) / (24.0 * days));
        }
        return this;
    }

    /** Use that rises by a part over the whole time, as towards summer. */
    Town summer(double part) {
        for (int i = 0; i < hours.length; i++) {
            hours[i] *= 1 + part * i / hours.length;
        }
        return this;
    }

    /** Takes water out of a hydrant for some hours. */
    Town hydrant(int hour, int length, double size) {
        return step(hour, size).step(hour + length, -size);
    }

    List<Row> rows() {
        return rows(60);
    }

    /** Rows of a step that divides the hour; those within an hour scatter about its mean. */
    List<Row> rows(int minutes) {
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < hours.length; i++) {
            for (int minute = 0; minute < 60; minute += minutes) {
                rows.add(new Row(
                        BEGIN.plusHours(i).plusMinutes(minute), hours[i] + (minutes < 60 ? random.nextGaussian() : 0)));
            }
        }
        return rows;
    }
}
