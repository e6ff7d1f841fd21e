package city.hamana.capability.payments;

import city.hamana.platform.html.FieldError;
import java.util.List;

/**
 * Refunds for staff.
 *
 * @param chosen number of the refund whose form is open; 0 for none
 * @param reader as the event log names who reads: nobody approves what they have asked
 */
public record RefundBoard(
        List<Refund> open, List<Refund> done, long chosen, BankForm typed, List<FieldError> errors, String reader) {}
