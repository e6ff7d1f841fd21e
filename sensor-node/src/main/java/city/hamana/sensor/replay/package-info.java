/**
 * Plays recorded and made-up floods through the watch, and a year's residuals through the judge of the analysers.
 * For whoever wants to know, before trusting the sign with lives, what it would have done.
 * Stands on the same classes that the running node uses; only the gauges are a table.
 */
package city.hamana.sensor.replay;
