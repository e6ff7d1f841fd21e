package city.hamana.sensor.device;

import city.hamana.sensor.level.Reading;
import java.util.OptionalInt;

/**
 * An ultrasonic, radar or pressure gauge that speaks Modbus. One that looks down from above tells a distance, which is
 * taken from the height it is mounted at.
 */
public final class ModbusGauge implements Gauge {
    private final ModbusLine line;
    private final Register register;
    private final OptionalInt mountMm;
    private final int offsetMm;
    private final Span span;

    /**
     * A gauge on a line that others may share.
     *
     * @param register scaled to millimetres
     * @param mountMm height over the lowest point of the road; empty where the gauge tells a depth
     * @param offsetMm added to the depth
     */
    public ModbusGauge(ModbusLine line, Register register, OptionalInt mountMm, int offsetMm, Span span) {
        this.line = line;
        this.register = register;
        this.mountMm = mountMm;
        this.offsetMm = offsetMm;
        this.span = span;
    }

    @Override
    public Reading read() {
        try {
            double told = register.read(line);
            return span.reading((mountMm.isPresent() ? mountMm.getAsInt() - told : told) + offsetMm);
        } catch (LineFault e) {
            return new Reading.Fault(e.name(), e.answered());
        }
    }

    @Override
    public void close() {
        line.close();
    }
}
