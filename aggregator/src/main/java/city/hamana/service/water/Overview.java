package city.hamana.service.water;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * What the page of the waterworks' day tells of meters and bills.
 *
 * @param districts in order of their names
 * @param unread meters that have told nothing for a day, those that are silent longest first
 * @param chosen how often bills without paper were chosen, and paper again, in all: counted from the event log
 * @param exchange how many meters' verification ends in which year
 * @param due meters whose verification has ended or ends within a year
 * @param effect what the trial has moved; empty while there is none, or too few homes are in it
 * @param suspected leaks behind meters that nobody has looked at
 * @param visited leaks behind meters that were looked at and are not closed
 */
public record Overview(
        LocalDate today,
        List<District> districts,
        List<Unread> unread,
        Chosen chosen,
        List<Year> exchange,
        List<Due> due,
        Optional<Effect> effect,
        long suspected,
        long visited) {
    /**
     * A district.
     *
     * @param contracts that are open
     * @param smart of these, with a meter that tells its hours
     * @param electronic of these, with bills without paper
     */
    public record District(String name, long contracts, long smart, long electronic) {}

    /** A meter that is silent; never heard where {@code last} is empty. */
    public record Unread(String contract, String meter, String district, Optional<Instant> last) {}

    /** Events of the e-bill. */
    public record Chosen(long electronic, long paper) {}

    /** A fiscal year (from April) and how many meters are to be exchanged in it. */
    public record Year(int fiscalYear, long meters) {}

    /** A meter to be exchanged; {@code until} is the first day on which it may not be used any more. */
    public record Due(String meter, String contract, String district, LocalDate until) {}

    public long contracts() {
        return districts.stream().mapToLong(District::contracts).sum();
    }

    public long smart() {
        return districts.stream().mapToLong(District::smart).sum();
    }

    public long electronic() {
        return districts.stream().mapToLong(District::electronic).sum();
    }

    /** Percent; 0 of none. */
    public static double percent(long some, long all) {
        return all == 0 ? 0 : some * 100.0 / all;
    }
}
