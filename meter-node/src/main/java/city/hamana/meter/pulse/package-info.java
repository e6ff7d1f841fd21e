/**
 * Meters that close a contact once for so many litres: the contact at a pin, its bounces left out, the count kept.
 * For the meter node, which adds their registers to its readings.
 * Stands on Pi4J, and on a file of two places of which one is always whole.
 */
package city.hamana.meter.pulse;
