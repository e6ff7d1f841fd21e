/**
 * The city's books by double entry: accounts, entries whose postings sum to zero, balances and the trial balance.
 * For every capability and service that takes or owes money.
 * Stands on the database alone.
 *
 * <p>What it promises:
 * <ul>
 *   <li>Every entry sums to zero in whole yen, so the whole of the books does at every moment.
 *   <li>An entry is written once and never changed; what was wrong is taken back by an entry that names it, once.
 *   <li>The same key twice writes one entry; the same key with other content is a fault, not a second entry.
 *   <li>Who writes an entry tells the event log of it, in the same transaction.
 * </ul>
 */
package city.hamana.capability.ledger;
