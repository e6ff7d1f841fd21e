/**
 * M-Bus lines: asks wired meters for telegrams by either of their addresses, over TCP or a serial port, finds those whose
 * address nobody knows, hears radio meters through a stick, or plays a file; and the roster of how each meter was found.
 * For the meter node, which tells the line when a telegram is safe; only then is it acknowledged to the meter.
 * Stands on EN 13757-2 to -4, the interface of IMST's radio sticks and jSerialComm.
 */
package city.hamana.meter.line;
