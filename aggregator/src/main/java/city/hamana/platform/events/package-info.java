/**
 * The event log: every change of state, once, in the same transaction, each entry holding the hash of the one before.
 * For audit, KPI and whatever reacts to what happened.
 * Stands on one table that is only ever appended to.
 *
 * <p>What it promises:
 * <ul>
 *   <li>What changed and what is told of it are one transaction: neither is there without the other.
 *   <li>The log has one order, however many write at once.
 *   <li>Reads of personal data are entries, too, with who read, whom, and why.
 *   <li>An entry that was changed, taken out or put in, and an end that was cut off, are found with their place; a log
 *       written anew is found by a hash that was noted before.
 *   <li>Entries hold ids, no names and no secrets.
 * </ul>
 */
package city.hamana.platform.events;
