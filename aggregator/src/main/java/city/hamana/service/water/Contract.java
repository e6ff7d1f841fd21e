package city.hamana.service.water;

import city.hamana.sensing.vee.Customer;
import city.hamana.sensing.vee.MeterFacts;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Optional;

/**
 * Somebody's supply of water at a place.
 *
 * @param number the waterworks' own, which stands on every bill
 * @param account number of the account, whose meters count the water
 * @param bore of the meter in millimetres
 * @param sewer whether the water goes into the sewer, and is charged for it
 * @param scheme of a reduction; {@code none} without
 * @param oddMonths whether it is read at the end of odd months; else of even ones
 * @param name as it stands on bills
 * @param persons who live there, as they said; 0 when nobody said
 * @param electronic whether bills come on the page only, without paper
 * @param until first day without supply; empty while it goes on
 * @param startMillilitres register of the account when supply began
 */
public record Contract(
        String number,
        String account,
        int bore,
        boolean sewer,
        String scheme,
        boolean oddMonths,
        String name,
        String address,
        String district,
        int persons,
        boolean electronic,
        LocalDate from,
        Optional<LocalDate> until,
        long startMillilitres) {
    private static final int WIDEST_HOME_MM = 25;

    static final String NUMBERS = "[0-9A-Z-]{1,20}";

    /** What validation has to know of its meter. Meters of more than 25 mm are businesses' as a rule. */
    MeterFacts facts(String meter, ZoneId zone) {
        Customer customer = bore > WIDEST_HOME_MM ? Customer.BUSINESS : Customer.HOUSEHOLD;
        return new MeterFacts(
                meter, bore, customer, until.map(day -> day.atStartOfDay(zone).toInstant()));
    }

    /** The next day behind this one on which its period is closed: the first of a month. */
    LocalDate nextClosing(LocalDate day) {
        LocalDate first = day.withDayOfMonth(1).plusMonths(1);
        return Run.oddMonths(first) == oddMonths ? first : first.plusMonths(1);
    }

    /** As the event log names it as a subject. */
    String subject() {
        return "contract:" + number;
    }

    /** The day before which its period ends, when the city closes the books on {@code closing}. */
    LocalDate end(LocalDate closing) {
        return until.filter(day -> day.isBefore(closing)).orElse(closing);
    }
}
