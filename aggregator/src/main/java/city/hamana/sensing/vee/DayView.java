package city.hamana.sensing.vee;

import city.hamana.messages.Sample;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One meter's day with its neighbours and history, as the rules look at it.
 *
 * @param counted millilitres that the register says of the day; -1 where it does not
 * @param silentSince the last reading that counts before the day's end, unix milliseconds; 0 for none
 * @param firstMs the first reading that counts, unix milliseconds: before it there was no meter; the largest number for none
 * @param same how many differences of two registers, one after the other, were the same and more than zero
 * @param step the greatest amount of which every difference of two registers is a multiple; 0 where too few differ
 * @param reverse readings of the second register, of what ran backwards, with the last one before the day
 * @param siblingExpected whether the second register used to come
 * @param figures of the day
 * @param before figures of the days before that are known
 */
record DayView(
        int day,
        Book book,
        MeterFacts facts,
        Limits limits,
        long counted,
        long silentSince,
        long firstMs,
        int same,
        long step,
        List<Sample> reverse,
        boolean siblingExpected,
        DayFigures figures,
        DayFigures[] before) {
    long startMs() {
        return book.calendar().startMs(day);
    }

    long endMs() {
        return book.calendar().startMs(day + 1);
    }

    boolean comparable() {
        return figures.known() >= DayFigures.LEAST_HOURS && before.length >= limits.number("history-days");
    }

    long mostBefore() {
        long most = 0;
        for (DayFigures one : before) {
            most = Math.max(most, one.most());
        }
        return most;
    }

    long meanBefore() {
        long sum = 0;
        for (DayFigures one : before) {
            sum += one.sum();
        }
        return before.length == 0 ? 0 : sum / before.length;
    }

    Optional<Doubt> doubt(Code code, int times, long value, long limit) {
        return Optional.of(new Doubt(code, Instant.ofEpochMilli(startMs()), times, value, limit));
    }
}
