/**
 * What is done beside the requests: now and then in each process, once in the whole city by a schedule, or one task
 * after another from a queue in the database.
 * For every module.
 * Stands on two tables and on leases: whoever takes work writes its name and a time beside it, and when that time has
 * passed without a result, another may take it.
 *
 * <p>What it promises:
 * <ul>
 *   <li>A task added in a transaction is done if and only if that transaction is committed, at least once, by whichever
 *       aggregator comes first; after a crash again. A worker therefore does a task twice without harm.
 *   <li>A task that fails is tried again after 10 s, 20 s, 40 s … at most an hour, 12 times; then it is kept for staff to
 *       see, to run again or to drop.
 *   <li>A schedule runs once in the whole city in each of its turns, however many aggregators run.
 * </ul>
 */
package city.hamana.platform.jobs;
