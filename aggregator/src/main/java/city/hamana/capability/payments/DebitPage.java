package city.hamana.capability.payments;

import city.hamana.platform.html.FieldError;
import java.util.List;
import java.util.Optional;

/**
 * Whether and from where the charges of a customer are debited.
 *
 * @param home path of the bill from which one came
 * @param active the account that is debited now
 * @param asked the account that waits for the bank
 * @param typed what was typed into the form
 */
public record DebitPage(
        ChargeState bill,
        String home,
        Optional<BankAccount> active,
        Optional<BankAccount> asked,
        BankForm typed,
        List<FieldError> errors) {}
