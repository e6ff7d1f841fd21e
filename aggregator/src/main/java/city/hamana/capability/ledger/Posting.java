package city.hamana.capability.ledger;

/**
 * One line of an entry.
 *
 * @param account code of the chart
 * @param sub part of the account: {@code charge:17}; empty where the account has no parts
 * @param yen above zero to the debit, below zero to the credit, never zero
 */
public record Posting(String account, String sub, long yen) {
    private static final long MOST_YEN = 1_000_000_000_000L;
    private static final int LONGEST_SUB = 100;

    /** @throws LedgerException if it posts nothing, or more than a city of this size ever has */
    public Posting {
        if (yen == 0 || Math.abs(yen) > MOST_YEN) {
            throw LedgerException.amount(yen);
        }
        if (sub.length() > LONGEST_SUB) {
            throw LedgerException.sub(sub);
        }
    }

    /** The same to the other side. */
    public Posting opposite() {
        return new Posting(account, sub, -yen);
    }
}
