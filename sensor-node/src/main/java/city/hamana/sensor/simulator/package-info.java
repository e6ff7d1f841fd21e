/**
 * SIMULATED devices that speak the real protocols: Modbus slaves over TCP and serial ports, an ADS1115 and GPIO on Pi4J's mock.
 * For the demonstration, the tests, and whoever sets up a node without its hardware.
 * Stands on j2mod's slave and Pi4J's mock platform; all of it follows one story of an underpass that fills and drains.
 */
package city.hamana.sensor.simulator;
