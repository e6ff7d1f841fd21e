package city.hamana.capability.ledger;

/**
 * An account of the chart.
 *
 * @param code {@code receivable}; its name is the word {@code ledger.account.CODE}
 */
public record Account(String code, Kind kind) {
    /** Key of its name. */
    public String words() {
        return "ledger.account." + code;
    }
}
