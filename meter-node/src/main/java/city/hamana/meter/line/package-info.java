/**
 * M-Bus lines: asks meters by their primary address for telegrams, over TCP, a serial port or from a replay file.
 * For the meter node, which tells the line when a telegram is safe; only then is it acknowledged to the meter.
 * Stands on EN 13757-2 and jSerialComm.
 */
package city.hamana.meter.line;
