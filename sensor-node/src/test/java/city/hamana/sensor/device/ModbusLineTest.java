package city.hamana.sensor.device;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.hamana.sensor.device.BadDevice.Manner;
import city.hamana.sensor.level.Reading;
import city.hamana.sensor.simulator.Slave;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModbusLineTest {
    /** Where an answer is to come, however busy the machine. */
    private static final Duration PATIENT = Duration.ofSeconds(5);
    /** Where none will. */
    private static final Duration SHORT = Duration.ofMillis(400);

    @TempDir
    Path dir;

    @Test
    void registersComeOverTcpAsTheDeviceHasThem() throws IOException, LineFault {
        int port = FreePort.find();
        try (Slave slave = Slave.tcp(
                        InetAddress.getLoopbackAddress(), port, Map.of(7, () -> new int[] {0, 65_535, 32_768}));
                ModbusLine line = tcp(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))) {
            assertArrayEquals(new int[] {0, 65_535, 32_768}, line.read(7, true, 0, 3));
            assertArrayEquals(new int[] {65_535}, line.read(7, false, 1, 1));
            LineFault beyond = assertThrows(LineFault.class, () -> line.read(7, true, 2, 2));
            assertEquals("modbus.exception-2", beyond.name());
            assertTrue(beyond.answered());
            assertArrayEquals(new int[] {0}, line.read(7, true, 0, 1));
            assertEquals(slave, slave);
        }
    }

    @Test
    void aGaugeAnswersOverASerialLineAndTheSilenceOfAnotherUnitDoesNotStopIt() throws Exception {
        try (PseudoTerminal terminal = PseudoTerminal.open(dir);
                Slave slave = Slave.serial(terminal.one(), 9_600, Map.of(3, () -> new int[] {4_380, 9}));
                ModbusLine line = serial(terminal.other())) {
            ModbusGauge radar = gauge(line, 3);
            assertEquals(new Reading.Depth(120), radar.read());
            assertEquals(
                    new Reading.Fault("line.timeout", false), gauge(line, 4).read());
            assertEquals(new Reading.Depth(120), radar.read());
            assertEquals(slave, slave);
        }
    }

    @Test
    void aSerialAnswerWithAWrongCheckSumOrFromAnotherUnitIsNotBelieved() throws Exception {
        try (PseudoTerminal terminal = PseudoTerminal.open(dir);
                ModbusLine line = serial(terminal.other())) {
            terminal.answer("0304021118CCDD");
            assertEquals(
                    new Reading.Fault("telegram.checksum", false),
                    gauge(line, 3).read());
            // Unit 4's, with a right check sum.
            terminal.answer("0404021118796A");
            assertEquals(
                    new Reading.Fault("modbus.wrong-unit", false),
                    gauge(line, 3).read());
            terminal.answer("0304");
            assertEquals("telegram.truncated", ((Reading.Fault) gauge(line, 3).read()).name());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "ANSWERS,      0000 0005 07 04 02 1118, ''",
        "ANSWERS,      0000 0005 08 04 02 1118, modbus.wrong-unit",
        "ANSWERS,      0000 0003 07 84 02,      modbus.exception-2",
        "ANSWERS,      0000 0003 07 84 0B,      modbus.exception-11",
        "ANSWERS,      0000 0005 07 03 02 1118, modbus.wrong-function",
        "ANSWERS,      0000 0007 07 04 04 11180000, modbus.wrong-length",
        "ANSWERS,      0000 0005 07 04 FF 1118, telegram.truncated",
        "ANSWERS,      0000 FFFF 07 04 02 1118, line.garbage",
        "ANSWERS,      0000 0005 07,            line.timeout",
        "NEVER_ENDS,   5555 5555 55 55 55 5555, line.garbage",
        "SAYS_NOTHING, 00,                      line.timeout",
        "HANGS_UP,     00,                      telegram.truncated"
    })
    void whatADeviceDoesWrongIsToldByName(Manner manner, String answer, String fault) throws IOException {
        Duration timeout = fault.equals("line.timeout") ? SHORT : PATIENT;
        try (BadDevice device = BadDevice.open(manner, answer);
                ModbusLine line = new ModbusLine(new ModbusLine.Address.Tcp(device.address()), timeout)) {
            Reading expected =
                    fault.isEmpty() ? new Reading.Depth(124) : new Reading.Fault(fault, fault.contains("exception"));
            assertEquals(expected, gauge(line, 7).read());
            assertEquals(expected, gauge(line, 7).read(), "the second question is asked and answered as the first");
        }
    }

    @Test
    void anAnswerToAnotherQuestionIsNotBelieved() throws IOException {
        try (BadDevice device = BadDevice.open(Manner.ANSWERS, "0000 0005 07 04 02 1118 0909 0000 0005 07 04 02 0000");
                ModbusLine line = tcp(device.address())) {
            assertEquals(new Reading.Depth(124), gauge(line, 7).read());
            assertEquals(
                    new Reading.Fault("modbus.wrong-transaction", false),
                    gauge(line, 7).read());
        }
    }

    @Test
    void aLineThatCannotBeOpenedIsToldByName() throws IOException {
        try (ModbusLine dead = tcp(new InetSocketAddress(InetAddress.getLoopbackAddress(), FreePort.find()));
                ModbusLine gone = serial(dir.resolve("ttyUSB9"))) {
            assertEquals(new Reading.Fault("line.open", false), gauge(dead, 1).read());
            assertEquals(new Reading.Fault("line.open", false), gauge(gone, 1).read());
        }
    }

    @Test
    void whatAGaugeCannotTellIsItsFault() throws IOException {
        try (BadDevice device = BadDevice.open(Manner.ANSWERS, "0000 0005 07 04 02 FFFF");
                ModbusLine line = tcp(device.address())) {
            assertEquals(
                    new Reading.Fault("signal.out-of-range", true),
                    gauge(line, 7).read());
        }
        try (BadDevice device = BadDevice.open(Manner.ANSWERS, "0000 0007 07 04 04 7FC00000");
                ModbusLine line = tcp(device.address())) {
            Register register = new Register(7, true, 0, NumberType.FLOAT32, false, 1);
            LineFault fault = assertThrows(LineFault.class, () -> register.read(line));
            assertEquals("signal.not-a-number", fault.name());
        }
    }

    @Test
    void numbersAreReadAsTheirTypeSays() {
        assertEquals(-2, NumberType.INT16.value(new int[] {0xFFFE}, false));
        assertEquals(65_534, NumberType.UINT16.value(new int[] {0xFFFE}, false));
        assertEquals(-2, NumberType.INT32.value(new int[] {0xFFFF, 0xFFFE}, false));
        assertEquals(0xFFFF_FFFEL, NumberType.UINT32.value(new int[] {0xFFFE, 0xFFFF}, true));
        assertEquals(0.42f, NumberType.FLOAT32.value(new int[] {0x3ED7, 0x0A3D}, false));
    }

    private static ModbusGauge gauge(ModbusLine line, int unit) {
        Register register = new Register(unit, true, 0, NumberType.UINT16, false, 1);
        return new ModbusGauge(line, register, OptionalInt.of(4_500), 0, new Span(4_000));
    }

    private static ModbusLine tcp(InetSocketAddress address) {
        return new ModbusLine(new ModbusLine.Address.Tcp(address), PATIENT);
    }

    private static ModbusLine serial(Path device) {
        assertTrue(!Files.isDirectory(device));
        return new ModbusLine(new ModbusLine.Address.Serial(device, 9_600, "none"), PATIENT);
    }
}
