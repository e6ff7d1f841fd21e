/**
 * What residents owe the city and pay: charges of all services (調定), the ways to pay, matching (消込), reminders, refunds.
 * For every service that takes money, for residents who pay, for the divisions that look after it.
 * Stands on the ledger, people, notices, documents and rules.
 *
 * <p>What it promises:
 * <ul>
 *   <li>What is open of a charge is what the ledger says of it, in the same transaction.
 *   <li>A charge is never overwritten: a correction takes it back and raises a new one, and what was paid follows.
 *   <li>Money counts once, however often, late or out of order it is told; money that is too much is refunded.
 *   <li>A payer's card number never comes here.
 *   <li>No account is debited before its bank has accepted the mandate; whoever sees a whole number leaves a trace, and the
 *       number goes when its term is over.
 *   <li>What is given back, or written off, takes two persons; nothing is written off by itself, and what was is taken back
 *       by an entry that names it.
 *   <li>A counter's day ends by counting; a difference is explained and booked under its own account.
 * </ul>
 */
package city.hamana.capability.payments;
