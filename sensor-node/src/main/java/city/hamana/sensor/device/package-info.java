/**
 * What hangs on the node: 4–20 mA gauges at an ADC, Modbus gauges, float switches, and the lamps of the sign.
 * For the guard of the road and for the analysers, which ask and are told a value or the name of a fault.
 * Stands on Pi4J (GPIO, I2C) and j2mod (Modbus).
 */
package city.hamana.sensor.device;
