/**
 * Who may do what: roles, posts, ranks, how well somebody is known, and the secrets that open something.
 * For every route and every page.
 * Stands on the digest of the wire contracts only.
 */
package city.hamana.platform.access;
