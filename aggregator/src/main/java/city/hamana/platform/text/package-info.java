/**
 * Words of the pages in Japanese, easy Japanese, Portuguese and English, from properties beside each package.
 * For every page and template; a word missing in one language stops the program at its start.
 * Stands on the JDK alone.
 */
package city.hamana.platform.text;
