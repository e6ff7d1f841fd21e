package city.hamana.sensor;

import city.hamana.link.Settings;
import city.hamana.messages.DeviceId;
import city.hamana.sensor.device.Gauge;
import city.hamana.sensor.device.LoopGauge;
import city.hamana.sensor.device.ModbusGauge;
import city.hamana.sensor.device.ModbusLine;
import city.hamana.sensor.device.NumberType;
import city.hamana.sensor.device.Register;
import city.hamana.sensor.device.Span;
import com.pi4j.context.Context;
import com.pi4j.io.i2c.I2C;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** A level gauge of the settings. */
sealed interface GaugeSettings {
    /** Its name in the settings, and the id of its samples. */
    String name();

    /** The Modbus line it is on, where it is on one. */
    Optional<String> line();

    /** Where it hangs, as staff see it. */
    String where();

    /** Opens nothing yet. */
    Gauge gauge(Map<String, ModbusLine> lines, Context pi);

    /** 4–20 mA at an ADS1115. */
    record Current(String name, int bus, int address, LoopGauge.Loop loop, Span span) implements GaugeSettings {
        @Override
        public Optional<String> line() {
            return Optional.empty();
        }

        @Override
        public String where() {
            return "i2c-%d 0x%02x channel %d".formatted(bus, address, loop.channel());
        }

        @Override
        public Gauge gauge(Map<String, ModbusLine> lines, Context pi) {
            return new LoopGauge(() -> open(pi), loop, span);
        }

        private I2C open(Context pi) {
            return pi.create(
                    I2C.newConfigBuilder(pi).id(name).bus(bus).device(address).build());
        }
    }

    /** Modbus. */
    record Bus(String name, Optional<String> line, Register register, OptionalInt mountMm, int offsetMm, Span span)
            implements GaugeSettings {
        @Override
        public String where() {
            return line.orElseThrow() + " unit " + register.unit();
        }

        @Override
        public Gauge gauge(Map<String, ModbusLine> lines, Context pi) {
            return new ModbusGauge(lines.get(line.orElseThrow()), register, mountMm, offsetMm, span);
        }
    }

    /** Reads {@code NAME-driver} and what that driver needs. */
    static GaugeSettings of(Settings settings, String name) {
        DeviceId.check(name);
        Span span = new Span((int) settings.number(name + "-highest-mm", 5_000, 100, 30_000));
        return switch (settings.text(name + "-driver")) {
            case "current" -> current(settings, name, span);
            case "modbus" -> bus(settings, name, span);
            default -> throw new IllegalArgumentException(name + "-driver is neither current nor modbus");
        };
    }

    private static GaugeSettings current(Settings settings, String name, Span span) {
        return new Current(
                name,
                (int) settings.number(name + "-i2c-bus", 1, 0, 30),
                settings.parsed(name + "-i2c-address", "0x48", "an address such as 0x48", Integer::decode),
                new LoopGauge.Loop(
                        (int) settings.number(name + "-channel", 0, 0, 3),
                        LineAddress.number(settings, name + "-burden-ohm", "100"),
                        (int) settings.number(name + "-range-mm", 2_000, 100, 100_000),
                        (int) settings.number(name + "-offset-mm", 0, -100_000, 100_000)),
                span);
    }

    private static GaugeSettings bus(Settings settings, String name, Span span) {
        int unit = (int) settings.number(name + "-unit", 1, 0, 255);
        OptionalInt mount = settings.optional(name + "-mount-mm").isEmpty()
                ? OptionalInt.empty()
                : OptionalInt.of((int) settings.number(name + "-mount-mm", 0, 100, 30_000));
        return new Bus(
                name,
                Optional.of(settings.text(name + "-line")),
                LineAddress.register(settings, name, unit, NumberType.UINT16),
                mount,
                (int) settings.number(name + "-offset-mm", 0, -100_000, 100_000),
                span);
    }
}
