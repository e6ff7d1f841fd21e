/**
 * What the house did and does: the event log for auditors, the queue and the schedules for who keeps the house.
 * For the staff with those roles.
 * Stands on the platform's events and jobs.
 *
 * <p>What it promises:
 * <ul>
 *   <li>An auditor finds what happened by kind, actor, subject and day, and takes it out as CSV, or the whole log as JSON
 *       lines that can be verified elsewhere ({@code ./hamana verify-log FILE}).
 *   <li>The chain of hashes is looked over every night and whenever an auditor asks. A change, a gap and a cut-off end are
 *       found with their place; a log written anew is found by a hash that somebody noted earlier.
 *   <li>The log holds ids, no names. Who takes the log out of the house is itself in it.
 *   <li>A task that failed stands there with its reason until somebody has it run again or drops it, which is an event.
 * </ul>
 */
package city.hamana.capability.oversight;
