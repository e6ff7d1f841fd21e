package city.hamana.capability.ledger;

/**
 * An account in the trial balance.
 *
 * @param debit sum of what was posted to the debit, in yen
 * @param credit sum of what was posted to the credit, in yen, not below zero
 */
public record TrialLine(Account account, long debit, long credit) {
    /** Above zero to the debit. */
    public long balance() {
        return debit - credit;
    }
}
