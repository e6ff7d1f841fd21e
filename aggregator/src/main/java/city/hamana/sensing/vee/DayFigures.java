package city.hamana.sensing.vee;

import java.util.Arrays;

/**
 * One day in seven figures, over the hours that the meter counted itself.
 *
 * @param known hours
 * @param sum millilitres, as are all but {@code zeros}
 * @param zeros hours without use
 */
record DayFigures(int known, long sum, long least, long most, long mean, long median, int zeros, long deviation) {
    /** A day with fewer hours is not compared. */
    static final int LEAST_HOURS = 20;

    static final DayFigures NOTHING = new DayFigures(0, 0, 0, 0, 0, 0, 0, 0);

    static DayFigures of(Book book, int day) {
        long start = book.calendar().startMs(day);
        long end = book.calendar().startMs(day + 1);
        long[] hours = new long[(int) ((end - start) / SampleChecks.HOUR_MS)];
        int known = 0;
        for (long at = start; at < end; at += SampleChecks.HOUR_MS) {
            long value = book.evidence(at);
            if (value >= 0) {
                hours[known++] = value;
            }
        }
        return of(hours, known);
    }

    /** Of the first {@code known} values, which are put in order. */
    static DayFigures of(long[] hours, int known) {
        if (known == 0) {
            return NOTHING;
        }
        Arrays.sort(hours, 0, known);
        long sum = 0;
        int zeros = 0;
        for (int i = 0; i < known; i++) {
            sum += hours[i];
            zeros += hours[i] == 0 ? 1 : 0;
        }
        double mean = (double) sum / known;
        double squares = 0;
        for (int i = 0; i < known; i++) {
            squares += (hours[i] - mean) * (hours[i] - mean);
        }
        return new DayFigures(
                known,
                sum,
                hours[0],
                hours[known - 1],
                Math.round(mean),
                hours[known / 2],
                zeros,
                Math.round(Math.sqrt(squares / known)));
    }

    /** The figures side by side, in a fixed order. */
    long[] all() {
        return new long[] {sum, least, most, mean, median, zeros, deviation};
    }
}
