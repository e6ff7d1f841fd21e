package city.hamana.capability.payments;

import city.hamana.platform.html.FieldError;
import java.util.List;

/**
 * Mandates for staff: those that wait for the bank, or all of one customer.
 *
 * @param services whose money the reader handles
 * @param service that is chosen
 * @param customer whose mandates are listed; empty for those that wait
 * @param name on the customer's newest bill; empty where there is none
 * @param said what was done just now; empty for nothing
 */
public record MandateBoard(
        List<Creditor> services,
        String service,
        String customer,
        String name,
        List<DebitMandate> mandates,
        MandateForm typed,
        List<FieldError> errors,
        String said) {}
