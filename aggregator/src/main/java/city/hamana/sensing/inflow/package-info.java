/**
 * Files of water: rows with a time and flows, read one at a time, and the days on which water is used as on a Sunday.
 * For the leak watch, for forecasts, for their command lines; the days also for validation.
 * Stands on nothing; a file may be endless, garbled or compressed, and never fills the memory.
 */
package city.hamana.sensing.inflow;
