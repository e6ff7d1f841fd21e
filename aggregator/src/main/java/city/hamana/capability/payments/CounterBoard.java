package city.hamana.capability.payments;

import city.hamana.platform.html.FieldError;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * A counter for those who work at it.
 *
 * @param office name of its division
 * @param day that is shown
 * @param find what was typed or scanned
 * @param bill that was found
 * @param turn of the bill, which the form gives back
 * @param service of the bill
 * @param yen and given as typed
 * @param lines of the day, the newest first
 * @param payments of the day whose receipts hold
 * @param booked what they say, in yen
 * @param notClosed earlier days that nobody has closed
 * @param closes the newest first
 * @param said what was done just now; empty for nothing
 * @param receipt that was made just now; empty for none
 * @param change what the payer gets back now, in yen
 */
public record CounterBoard(
        String office,
        LocalDate day,
        LocalDate today,
        String find,
        Optional<ChargeState> bill,
        int turn,
        Optional<Creditor> service,
        String yen,
        String given,
        List<CounterLine> lines,
        long payments,
        long booked,
        Optional<CounterClose> closed,
        List<LocalDate> notClosed,
        List<CounterClose> closes,
        List<FieldError> errors,
        String said,
        String receipt,
        long change) {
    /** Whether money is taken on the day that is shown. */
    public boolean takes() {
        return day.equals(today) && closed.isEmpty();
    }
}
