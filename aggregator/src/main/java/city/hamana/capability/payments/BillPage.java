package city.hamana.capability.payments;

import java.time.LocalDate;
import java.util.Optional;

/**
 * One bill and how it can be paid.
 *
 * @param service that raised it
 * @param underWay a payment that was begun and has not ended
 * @param online whether card and QR can be chosen
 * @param slip whether a slip can be printed
 * @param debits whether the city debits bank accounts
 * @param from the bank account that it will be debited from
 * @param own whether it is the reader's own, and nobody's for whom the reader acts
 */
public record BillPage(
        ChargeState bill,
        Creditor service,
        Optional<Attempt> underWay,
        boolean online,
        boolean slip,
        boolean debits,
        Optional<BankAccount> from,
        boolean own,
        LocalDate today) {
    /** Whether it can be paid by card or QR now. */
    public boolean payable() {
        return bill.open() > 0 && online;
    }
}
