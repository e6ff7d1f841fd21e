/**
 * Counters and gauges in the Prometheus text format.
 * For whoever watches the aggregator, and for modules that have something to count.
 * Stands on the JDK alone: the format is four lines long.
 */
package city.hamana.platform.metrics;
