/**
 * The database: transactions told again when two of them met, migrations per module, and what differs by dialect.
 * For every module that keeps a table.
 * Stands on Jdbi, HikariCP and Flyway, over embedded Derby or PostgreSQL.
 */
package city.hamana.platform.db;
