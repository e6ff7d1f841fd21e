/**
 * What the gauges' readings mean for the road: spikes taken out, gauges voted, thresholds, rise, silence.
 * For the sign, for the samples that are sent, and for playing recorded floods through.
 * Stands on nothing but the vocabulary of conditions; no device, no thread and no clock is in here.
 */
package city.hamana.sensor.level;
