/**
 * Words of the pages in Japanese, easy Japanese, Portuguese and English, from properties beside each package.
 * For every page and template; a word missing in one language stops the program at its start.
 * Stands on the JDK alone.
 *
 * <p>What it promises:
 * <ul>
 *   <li>Every word is there in all four languages, or neither the program starts nor its tests pass.
 *   <li>Easy Japanese is a text of its own, with readings over the characters.
 *   <li>Whatever fills a gap in a text is escaped where the text becomes HTML.
 *   <li>Days are read as people type them, western or by era, and shown by era where law or habit asks; what is kept is
 *       always the day itself.
 * </ul>
 */
package city.hamana.platform.text;
