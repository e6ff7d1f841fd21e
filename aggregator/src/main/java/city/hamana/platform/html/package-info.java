/**
 * Pages: the frame every page stands in, its words, dates and figures, and the templates.
 * For every module that shows something to a person.
 * Stands on jte, precompiled; one style sheet, no request to anywhere else.
 */
package city.hamana.platform.html;
