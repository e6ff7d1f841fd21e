/**
 * Work that is done again and again beside the requests: watching for silent devices, sweeping old sessions.
 * For modules; each job is one method that looks at the clock and returns.
 * Stands on one virtual thread per job.
 */
package city.hamana.platform.jobs;
