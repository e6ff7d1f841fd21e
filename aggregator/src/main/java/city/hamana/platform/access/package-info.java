/**
 * Who may do what: roles, posts, ranks and how well somebody is known.
 * For every route and every page.
 * Stands on nothing.
 */
package city.hamana.platform.access;
