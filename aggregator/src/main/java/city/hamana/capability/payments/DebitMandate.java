package city.hamana.capability.payments;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;

/**
 * A payer's word that the city may debit an account (口座振替依頼書).
 *
 * @param account the customer's number with the service
 * @param party whose number that is; empty while the city does not know a party for it
 * @param paper whether it came as a form on paper; else the payer has entered it
 * @param from first day on which a bill may be debited
 * @param since when it was entered
 * @param decided when the bank's word was entered
 * @param ended when it ended
 * @param reason why the bank refused it, or why it ended; may be empty
 */
public record DebitMandate(
        long id,
        String service,
        String account,
        String party,
        BankAccount bank,
        MandateState state,
        boolean paper,
        LocalDate from,
        Instant since,
        Optional<Instant> decided,
        Optional<Instant> ended,
        String reason) {
    /** Whether work is still done with it, for which somebody has to see the whole number. */
    public boolean inUse() {
        return state == MandateState.ASKED || state == MandateState.ACTIVE;
    }

    /** As the event log names whose bills it is for. */
    String subject() {
        return service + ":" + account;
    }
}
