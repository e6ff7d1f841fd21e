/**
 * The event log: every change of state, once, in the same transaction, each entry holding the hash of the one before.
 * For audit, KPI and whatever reacts to what happened.
 * Stands on one table that is only ever appended to.
 */
package city.hamana.platform.events;
