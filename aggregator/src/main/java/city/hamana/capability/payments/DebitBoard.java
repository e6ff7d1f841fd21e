package city.hamana.capability.payments;

import city.hamana.platform.html.FieldError;
import java.time.LocalDate;
import java.util.List;

/**
 * Direct debits for staff.
 *
 * @param services whose money the reader handles
 * @param service that is chosen
 * @param day on which accounts would be debited
 * @param count how many charges a file would ask for
 * @param yen for how much
 * @param slips what was wrong with the file that was read just now
 * @param offered whether the city has a contract with its bank
 */
public record DebitBoard(
        List<Creditor> services,
        String service,
        LocalDate day,
        int count,
        long yen,
        List<DebitRun> runs,
        List<Slip> slips,
        List<FieldError> errors,
        boolean offered) {}
