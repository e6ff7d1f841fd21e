/**
 * Messages from the city to many: for whom is said by conditions, how many that is stands there before anything is sent,
 * and a second person agrees.
 * For the divisions that have something to tell, and for residents who choose what they want to hear of.
 * Stands on people and notices.
 *
 * <p>What it promises:
 * <ul>
 *   <li>An audience is a segment: data of conditions on town, age, language and kind, joined by all, any and not. It is
 *       judged once for the head count and again when the message is sent.
 *   <li>No broadcast goes out that its author alone wanted: a manager of the division, and not the author, approves the
 *       very text that is sent. A change after that asks anew.
 *   <li>Each language has its text, or nothing is sent.
 *   <li>Whoever said no to a topic gets nothing of it, by one step and without signing in (RFC 8058). Emergencies have no
 *       such step.
 *   <li>It goes out in portions, each in a transaction that also says how far it came: a crash leaves nobody out and tells
 *       nobody twice. It can be stopped between two portions.
 * </ul>
 */
package city.hamana.capability.broadcasts;
