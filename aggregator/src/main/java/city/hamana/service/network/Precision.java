package city.hamana.service.network;

/**
 * How often the watch was right in a fiscal year, of the records that were closed in it.
 *
 * @param found closed with a leak
 * @param nothing closed without
 */
public record Precision(int fiscalYear, long found, long nothing) {
    public long closed() {
        return found + nothing;
    }

    /** Of a hundred; 0 of none. */
    public double percent() {
        return closed() == 0 ? 0 : 100.0 * found / closed();
    }
}
