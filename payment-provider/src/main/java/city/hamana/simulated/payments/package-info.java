/**
 * SIMULATED payment provider: it stands in for a company that takes payments by card and by QR code. No money moves, and
 * every card is invented. It has a page for the card with a step of 3-D secure, a page with a QR code, signed web-hooks,
 * queries, cancels, refunds and a settlement file; and it misbehaves when told to, as real ones do without being told.
 * For the demonstration, and for the aggregator's tests.
 * Stands on the JDK's HTTP server, Jackson and ZXing.
 */
package city.hamana.simulated.payments;
