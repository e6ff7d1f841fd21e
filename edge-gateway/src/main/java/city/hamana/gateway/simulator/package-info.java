/**
 * A SIMULATOR of access points and Wi-Fi controllers: SNMP agents on UDP ports; no real access point is behind them.
 * For demonstrations and tests; it plays captures in snmprec format, with values in them that live by the city's clock.
 * Stands on snmp4j.
 */
package city.hamana.gateway.simulator;
