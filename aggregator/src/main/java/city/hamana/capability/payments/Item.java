package city.hamana.capability.payments;

/**
 * One line of a charge.
 *
 * @param account of the ledger that it is earned on or owed from: {@code water-revenue}, {@code consumption-tax}
 * @param words key of its name
 * @param yen below zero for what is taken off
 */
public record Item(String account, String words, long yen) {}
