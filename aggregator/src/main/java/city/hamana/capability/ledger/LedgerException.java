package city.hamana.capability.ledger;

/** An entry that would not be one: a fault of the program that wrote it. */
public final class LedgerException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private LedgerException(String message) {
        super(message);
    }

    static LedgerException amount(long yen) {
        return new LedgerException("a posting of " + yen + " yen");
    }

    static LedgerException sub(String sub) {
        return new LedgerException("a part of an account has at most 100 characters: " + sub);
    }

    static LedgerException postings(String once, int count) {
        return new LedgerException("an entry of " + count + " postings: " + once);
    }

    static LedgerException unbalanced(String once, long sum) {
        return new LedgerException("an entry that is " + sum + " yen off zero: " + once);
    }

    static LedgerException text(String once) {
        return new LedgerException("an entry without a key, or with one or a note that is too long: " + once);
    }

    static LedgerException account(String code) {
        return new LedgerException("the chart has no account " + code);
    }

    static LedgerException other(String once) {
        return new LedgerException("the key stands for another entry already: " + once);
    }

    static LedgerException unknown(long entry) {
        return new LedgerException("there is no entry " + entry);
    }

    static LedgerException chart(String line) {
        return new LedgerException("accounts.csv: " + line);
    }
}
