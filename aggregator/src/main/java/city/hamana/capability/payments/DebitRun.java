package city.hamana.capability.payments;

import java.time.Instant;
import java.time.LocalDate;

/**
 * A file of direct debits that was made for the bank.
 *
 * @param day on which accounts are debited
 * @param state sent, read (its result is being booked) or done
 * @param debited how many lines were debited; 0 until the bank has said
 * @param failed how many were not
 */
public record DebitRun(
        long id,
        String service,
        LocalDate day,
        int lines,
        long yen,
        String state,
        Instant at,
        int debited,
        int failed) {}
