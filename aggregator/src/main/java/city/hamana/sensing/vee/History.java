package city.hamana.sensing.vee;

import java.util.Arrays;

/** How a meter went in the weeks before a day: only what it counted itself, never what was estimated. */
final class History {
    static final int DAYS = 28;

    private final Book book;
    private final int day;
    private final int leastValues;

    /** @param leastValues how many like days an average wants */
    History(Book book, int day, int leastValues) {
        this.book = book;
        this.day = day;
        this.leastValues = leastValues;
    }

    /** The days before whose every hour but four is known, the oldest first. */
    DayFigures[] figures() {
        DayFigures[] all = new DayFigures[DAYS];
        int count = 0;
        for (int d = day - DAYS; d < day; d++) {
            DayFigures one = DayFigures.of(book, d);
            if (one.known() >= DayFigures.LEAST_HOURS) {
                all[count++] = one;
            }
        }
        return Arrays.copyOf(all, count);
    }

    /**
     * The average of this hour of the day on like days; where there are too few of them, on all days.
     *
     * @return millilitres, or -1 where too little is known
     */
    long likeDays(int forDay, int hour) {
        long alike = average(forDay, hour, true);
        return alike >= 0 ? alike : average(forDay, hour, false);
    }

    private long average(int forDay, int hour, boolean alike) {
        long sum = 0;
        int count = 0;
        int kind = book.calendar().kind(forDay);
        for (int d = day - DAYS; d < day; d++) {
            if (alike && book.calendar().kind(d) != kind) {
                continue;
            }
            long value = book.evidence(book.calendar().startMs(d) + hour * SampleChecks.HOUR_MS);
            if (value >= 0) {
                sum += value;
                count++;
            }
        }
        return count < leastValues ? -1 : sum / count;
    }
}
