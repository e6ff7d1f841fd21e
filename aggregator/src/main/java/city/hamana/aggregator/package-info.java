/**
 * The program: its settings, the one list of its modules, its two listeners.
 * For whoever runs it, and for whoever adds a module: one line in {@link city.hamana.aggregator.City}.
 * Stands on everything below.
 */
package city.hamana.aggregator;
