package city.hamana.sensor.device;

/**
 * Where a number stands in a Modbus device, and what it counts.
 *
 * @param unit 0 to 255; on a serial line 1 to 247
 * @param input an input register (function 4), else a holding register (function 3)
 * @param address as on the line, from 0: register 40001 of a manual is address 0
 * @param scale by which the number is multiplied
 */
public record Register(int unit, boolean input, int address, NumberType type, boolean lowWordFirst, double scale) {
    /**
     * Asks the device.
     *
     * @return the scaled number, finite
     * @throws LineFault if it tells none
     */
    public double read(ModbusLine line) throws LineFault {
        double value = type.value(line.read(unit, input, address, type.words()), lowWordFirst) * scale;
        if (!Double.isFinite(value)) {
            throw LineFault.answered("signal.not-a-number");
        }
        return value;
    }
}
