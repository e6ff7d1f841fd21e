/**
 * A SIMULATOR of wired water meters with data loggers, on TCP ports: no real meter is behind it.
 * For demonstrations and tests; it plays the consumption of real homes (DAIAD Trial Data, CC BY-SA 4.0).
 * Stands on EN 13757-2 and -3 and the city's clock.
 */
package city.hamana.meter.simulator;
