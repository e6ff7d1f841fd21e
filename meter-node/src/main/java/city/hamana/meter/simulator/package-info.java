/**
 * A SIMULATOR of water meters: wired ones on TCP ports and pseudo-terminals, with and without data loggers, faults on
 * demand; radio meters around a stick; contacts at pins. No real meter is behind it.
 * For demonstrations and tests; it plays the consumption of real homes (DAIAD Trial Data, CC BY-SA 4.0).
 * Stands on EN 13757-2 and -3, socat for pseudo-terminals, Pi4J's mock and the city's clock.
 */
package city.hamana.meter.simulator;
