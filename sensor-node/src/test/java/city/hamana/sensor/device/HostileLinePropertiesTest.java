package city.hamana.sensor.device;

import static org.junit.jupiter.api.Assertions.assertFalse;

import city.hamana.sensor.device.BadDevice.Manner;
import city.hamana.sensor.level.Reading;
import java.io.IOException;
import java.time.Duration;
import java.util.OptionalInt;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;

class HostileLinePropertiesTest {
    private static final Duration TIMEOUT = Duration.ofMillis(50);

    @Property(tries = 100)
    void whateverComesInsteadOfAnAnswerIsAFaultWithANameOrADepthThatCanBe(@ForAll @Size(max = 300) byte[] noise)
            throws IOException {
        try (BadDevice device = BadDevice.open(Manner.ANSWERS, noise);
                ModbusLine line = new ModbusLine(new ModbusLine.Address.Tcp(device.address()), TIMEOUT)) {
            Register register = new Register(7, true, 0, NumberType.UINT16, false, 1);
            ModbusGauge gauge = new ModbusGauge(line, register, OptionalInt.empty(), 0, new Span(4_000));
            for (int question = 0; question < 2; question++) {
                if (gauge.read() instanceof Reading.Fault fault) {
                    assertFalse(fault.name().isBlank());
                }
            }
        }
    }
}
