package city.hamana.capability.ledger;

import java.util.Locale;

/** What an account stands for. */
public enum Kind {
    /** What the city has or is owed: grows to the debit. */
    ASSET,
    /** What the city owes: grows to the credit. */
    LIABILITY,
    /** What the city has earned: grows to the credit. */
    REVENUE,
    /** What it has cost: grows to the debit. */
    EXPENSE;

    /** As it stands in the chart: {@code asset}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
