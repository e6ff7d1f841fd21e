/**
 * Forms as data: what is asked, in four languages, what an answer must be, and when a question is asked at all.
 * For services that ask people something: procedures, and questions about a report.
 * Stands on one JSON text per form; the city's towns come from people.
 *
 * <h2>What it promises</h2>
 * <ul>
 * <li>One definition makes the pages, the check in the browser and on the server, and the JSON Schema (2020-12) that programs
 *     read; the server's check is the one that counts, and what the schema takes the check takes.
 * <li>Every slip in a definition is named with its place when the program starts, not when a resident meets it.
 * <li>A question that does not apply is not asked, and an answer to it is not kept.
 * <li>A group asks the same about each of several things, row by row, with a sum where there is one.
 * <li>What has to be right between questions (an order of days, one or the other, required if) is said once in the definition;
 *     server and browser keep to one table of verdicts.
 * <li>Dates may be typed by era or western, figures in full width or not; what is kept is one form. Names are kept as typed.
 * <li>Everything works without script; with it, questions come and go as their conditions do.
 * </ul>
 */
package city.hamana.capability.forms;
