package city.hamana.sensing.leaks;

import java.util.Optional;

/** Turns rows of any step into means of full hours; an hour that came less than half is a gap. */
final class HourMeans {
    private static final int USUAL_MEMORY_HOURS = 24;

    private long hour;
    private double sum;
    private int rows;
    private int usualRows;
    private int usualAge;

    /** A full hour and its mean; hours are counted from any Monday 00:00. */
    record Hour(long hour, double mean) {}

    /** Takes a row; gives the hour that it shows to be over. */
    Optional<Hour> add(long at, double value) {
        Optional<Hour> over = at == hour ? Optional.empty() : closed();
        hour = at;
        sum += value;
        rows++;
        return over;
    }

    private Optional<Hour> closed() {
        Optional<Hour> closed =
                rows > 0 && 2 * rows >= usualRows ? Optional.of(new Hour(hour, sum / rows)) : Optional.empty();
        usualAge++;
        if (rows >= usualRows || usualAge > USUAL_MEMORY_HOURS) {
            usualRows = rows;
            usualAge = 0;
        }
        sum = 0;
        rows = 0;
        return closed;
    }
}
