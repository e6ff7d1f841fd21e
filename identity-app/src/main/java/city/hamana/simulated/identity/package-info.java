/**
 * SIMULATED provider of proven identities: it stands in for デジタル認証アプリ, and everybody whom it proves is invented.
 * For the demonstration, and for the aggregator's tests, which can bend what it says.
 * Stands on the JDK's HTTP server and Nimbus; OpenID Connect Core 1.0, RFC 7636, RFC 7523.
 */
package city.hamana.simulated.identity;
