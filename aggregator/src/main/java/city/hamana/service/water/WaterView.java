package city.hamana.service.water;

import city.hamana.sensing.household.Finding;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * The page of a stretch of time.
 *
 * @param meters all of the reader's
 * @param start first day shown
 * @param previous first day of the stretch before; empty when no reading is that old
 * @param next first day of the stretch after; empty when it has not come
 * @param exchanges of the meter, in this stretch
 * @param contract by which the home is supplied
 * @param peers what homes alike used in the month that is shown
 * @param findings leaks that are suspected behind the meter now
 */
public record WaterView(
        String meter,
        List<String> meters,
        Span span,
        LocalDate start,
        Optional<LocalDate> previous,
        Optional<LocalDate> next,
        LocalDate newest,
        List<Slice> slices,
        Total total,
        List<Comparison> comparisons,
        List<Chart> charts,
        List<Exchange> exchanges,
        Optional<Contract> contract,
        Optional<Peers> peers,
        List<Finding> findings) {
    private static final int HOURS = 24;

    /** Persons in a home to choose from; 9 stands for more, too. */
    public static final int MOST_PERSONS = 9;

    /** Millilitres a day, over the hours that are known. */
    public long aDay() {
        return total.known() == 0 ? 0 : total.millilitres() * HOURS / total.known();
    }

    /** The address of the same page with another span or day. */
    public String address(Span otherSpan, LocalDate day) {
        return "/water?view=" + otherSpan.code() + "&date=" + day + "&meter=" + meter;
    }

    public String csv() {
        return "/water/hours.csv?view=" + span.code() + "&date=" + start + "&meter=" + meter;
    }

    /** Whether the page shows hours; else days. */
    public boolean hourly() {
        return span == Span.DAY;
    }
}
