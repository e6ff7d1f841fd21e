package city.hamana.sensor.analyser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.hamana.link.Counters;
import city.hamana.messages.AnalyserCondition;
import city.hamana.messages.Condition;
import city.hamana.messages.Quality;
import city.hamana.messages.Quantity;
import city.hamana.messages.Sample;
import city.hamana.messages.v1.EquipmentKind;
import city.hamana.sensor.device.FreePort;
import city.hamana.sensor.device.Hanging;
import city.hamana.sensor.device.ModbusLine;
import city.hamana.sensor.device.NumberType;
import city.hamana.sensor.device.Register;
import city.hamana.sensor.simulator.Slave;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An analyser asked over Modbus TCP; its registers: 0 chlorine, 2 pH, 4 status, 5 flow, 7 time. */
class AnalyserTest {
    private static final Instant NOW = Instant.parse("2026-11-22T03:00:00Z");
    private static final ZoneId ZONE = ZoneId.of("Asia/Tokyo");
    private static final int UNIT = 2;
    private static final int FROZEN_AFTER = 3;

    private final int[] registers = new int[9];
    private final Counters counters = new Counters();
    private Slave slave;
    private ModbusLine line;
    private Analyser analyser;

    @BeforeEach
    void start() throws IOException {
        int port = FreePort.find();
        slave = Slave.tcp(InetAddress.getLoopbackAddress(), port, Map.of(UNIT, () -> registers));
        line = new ModbusLine(
                new ModbusLine.Address.Tcp(new InetSocketAddress(InetAddress.getLoopbackAddress(), port)),
                Duration.ofSeconds(5));
        analyser = analyser(Optional.empty());
        put(0, 0.42f);
        put(2, 7.3f);
        put(5, 0.5f);
    }

    @AfterEach
    void stop() {
        line.close();
        slave.close();
    }

    @Test
    void valuesComeWithTheirUnitsDecimalsAndTheTimeOfReading() {
        Analyser.Found found = analyser.read(NOW, 0);
        assertEquals(
                List.of(
                        new Sample("cl-1", Quantity.FREE_CHLORINE, NOW, 420, -3, 0),
                        new Sample("cl-1", Quantity.PH, NOW, 7_300, -3, 0),
                        new Sample("cl-1", Quantity.ANALYSER_CONDITIONS, NOW, 0, 0, 0)),
                found.samples());
        assertFalse(found.alarm());
        assertEquals(2, analyser.read(NOW.plusSeconds(60), 0).samples().size());
    }

    @Test
    void anAnalyserWithAClockOfItsOwnTellsWhenItMeasuredAndEachValueOnce() {
        time(NOW.minusSeconds(40));
        List<Sample> samples = analyser.read(NOW, 0).samples();
        assertEquals(NOW.minusSeconds(40), samples.getFirst().at());
        assertEquals(Quality.METER_TIME, samples.getFirst().flags());
        assertEquals(List.of(), analyser.read(NOW.plusSeconds(10), 0).samples());
        time(NOW.plusSeconds(20));
        assertEquals(2, analyser.read(NOW.plusSeconds(30), 0).samples().size());
    }

    @Test
    void anAnalysersClockThatIsFarOffIsNotBelieved() {
        time(NOW.minus(Duration.ofDays(400)));
        assertEquals(NOW, analyser.read(NOW, 0).samples().getFirst().at());
        assertEquals(1, counters.of("analyser.clock"));
        assertEquals(
                Quality.METER_TIME,
                analyser.read(NOW, Quality.CLOCK_UNKNOWN).samples().getFirst().flags());
    }

    @Test
    void aResidualOfExactlyNothingIsTheElectrodesFaultAndAnAlarm() {
        analyser.read(NOW, 0);
        put(0, 0);
        put(2, 7.31f);
        Analyser.Found found = analyser.read(NOW, 0);
        assertTrue(found.alarm());
        assertEquals(Quality.METER_ERROR, found.samples().getFirst().flags());
        assertEquals(0, found.samples().get(1).flags());
        assertEquals(Set.of(AnalyserCondition.SENSOR_FAULT), conditions(found));
        assertFalse(analyser.read(NOW, 0).alarm());
    }

    @Test
    void aLowResidualIsALowResidual() {
        put(0, 0.04f);
        Analyser.Found found = analyser.read(NOW, 0);
        assertEquals(
                new Sample("cl-1", Quantity.FREE_CHLORINE, NOW, 40, -3, 0),
                found.samples().getFirst());
        assertEquals(Set.of(), conditions(found));
    }

    @Test
    void whatTheStatusBitsSayIsToldAndItsValuesAreKeptButNotBelieved() {
        registers[4] = 0b1010;
        Analyser.Found found = analyser.read(NOW, 0);
        assertEquals(Set.of(AnalyserCondition.CALIBRATION_DUE, AnalyserCondition.MAINTENANCE), conditions(found));
        assertEquals(Quality.METER_ERROR, found.samples().get(0).flags());
        assertEquals(Quality.METER_ERROR, found.samples().get(1).flags());
        registers[4] = 0b0010;
        found = analyser.read(NOW, 0);
        assertEquals(Set.of(AnalyserCondition.CALIBRATION_DUE), conditions(found));
        assertEquals(0, found.samples().getFirst().flags());
    }

    @Test
    void withoutWaterThroughItNoValueIsBelieved() {
        put(5, 0.01f);
        Analyser.Found found = analyser.read(NOW, 0);
        assertEquals(Set.of(AnalyserCondition.NO_SAMPLE_FLOW), conditions(found));
        assertEquals(Quality.METER_ERROR, found.samples().getFirst().flags());
    }

    @Test
    void aValueThatDoesNotMoveIsFrozenUntilItMoves() {
        analyser.read(NOW, 0);
        put(2, 7.31f);
        analyser.read(NOW, 0);
        put(2, 7.32f);
        Analyser.Found found = analyser.read(NOW, 0);
        assertEquals(Set.of(AnalyserCondition.FROZEN), conditions(found));
        assertEquals(Quality.METER_ERROR, found.samples().get(0).flags());
        assertEquals(0, found.samples().get(1).flags());
        put(0, 0.43f);
        assertEquals(Set.of(), conditions(analyser.read(NOW, 0)));
    }

    @Test
    void aValueOutsideTheRangeAndOneThatIsNoNumberAreTold() {
        put(2, 13);
        Analyser.Found found = analyser.read(NOW, 0);
        assertEquals(Set.of(AnalyserCondition.OUT_OF_RANGE), conditions(found));
        assertEquals(0, found.samples().get(0).flags());
        put(2, Float.NaN);
        found = analyser.read(NOW, 0);
        assertEquals(Set.of(AnalyserCondition.SENSOR_FAULT), conditions(found));
        assertEquals(Quantity.FREE_CHLORINE, found.samples().get(0).quantity());
        assertEquals(1, counters.of("signal.not-a-number"));
    }

    @Test
    void calibrationIsDueByTheCalendarOfTheCity() {
        analyser = analyser(Optional.of(LocalDate.of(2026, 10, 23)));
        Instant lastMinute = Instant.parse("2026-11-21T14:59:00Z");
        assertEquals(Set.of(), conditions(analyser.read(lastMinute, 0)));
        assertEquals(
                Set.of(AnalyserCondition.CALIBRATION_DUE), conditions(analyser.read(lastMinute.plusSeconds(60), 0)));
    }

    @Test
    void aSilentAnalyserIsToldByNameAndMakesNoValues() {
        slave.close();
        line.close();
        assertEquals(List.of(), analyser.read(NOW, 0).samples());
        assertFalse(analyser.hanging().answers());
        assertEquals(1, analyser.hanging().state().getFaultsOrThrow("line.open"));
    }

    private Analyser analyser(Optional<LocalDate> calibrated) {
        Duties duties = new Duties(
                Optional.of(register(4, NumberType.UINT16)),
                Map.of(
                        AnalyserCondition.SENSOR_FAULT, 1L,
                        AnalyserCondition.CALIBRATION_DUE, 2L,
                        AnalyserCondition.NO_SAMPLE_FLOW, 4L,
                        AnalyserCondition.MAINTENANCE, 8L),
                Optional.of(register(5, NumberType.FLOAT32)),
                0.05,
                Optional.of(register(7, NumberType.UINT32)),
                calibrated,
                30);
        List<Channel> channels = List.of(
                new Channel(Quantity.FREE_CHLORINE, register(0, NumberType.FLOAT32), 0, 5, 3, OptionalDouble.of(0)),
                new Channel(Quantity.PH, register(2, NumberType.FLOAT32), 2, 12, 3, OptionalDouble.empty()));
        Hanging hanging = new Hanging("cl-1", EquipmentKind.EQUIPMENT_KIND_ANALYSER, "bus unit 2", "", counters);
        return new Analyser(hanging, line, channels, duties, FROZEN_AFTER, ZONE);
    }

    private static Register register(int address, NumberType type) {
        return new Register(UNIT, true, address, type, false, 1);
    }

    private static Set<AnalyserCondition> conditions(Analyser.Found found) {
        Sample told = found.samples().getLast();
        assertEquals(Quantity.ANALYSER_CONDITIONS, told.quantity());
        return Set.copyOf(Condition.of(AnalyserCondition.values(), told.value()));
    }

    private void put(int at, float value) {
        int bits = Float.floatToIntBits(value);
        registers[at] = bits >>> 16;
        registers[at + 1] = bits & 0xFFFF;
    }

    private void time(Instant at) {
        registers[7] = (int) (at.getEpochSecond() >>> 16);
        registers[8] = (int) (at.getEpochSecond() & 0xFFFF);
    }
}
