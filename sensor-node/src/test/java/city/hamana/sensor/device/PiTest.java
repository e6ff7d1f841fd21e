package city.hamana.sensor.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.hamana.link.Counters;
import city.hamana.messages.v1.EquipmentKind;
import city.hamana.messages.v1.SignAspect;
import city.hamana.sensor.device.GpioBoard.Lamp;
import city.hamana.sensor.device.GpioBoard.Use;
import city.hamana.sensor.level.Reading;
import city.hamana.sensor.level.Watch.FloatState;
import city.hamana.sensor.simulator.SimulatedPi;
import com.pi4j.context.Context;
import com.pi4j.exception.Pi4JException;
import com.pi4j.io.gpio.digital.DigitalOutput;
import com.pi4j.io.gpio.digital.DigitalState;
import com.pi4j.io.i2c.I2C;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The drivers of what hangs on the Pi itself, on Pi4J's mock. */
class PiTest {
    private static final LoopGauge.Loop LOOP = new LoopGauge.Loop(2, 100, 2_000, -100);

    private double volts;
    private boolean high;
    private boolean unread;
    private final Context pi = SimulatedPi.open(() -> volts, this::high);

    @AfterEach
    void shutdown() {
        pi.shutdown();
    }

    @ParameterizedTest
    @CsvSource({"4.8, 0", "12, 900", "20, 1900", "20.8, 2000"})
    void aCurrentIsADepth(double milliampere, int mm) {
        volts = milliampere / 1_000 * 100;
        assertEquals(new Reading.Depth(mm), loop().read());
    }

    @ParameterizedTest
    @CsvSource({"0, signal.low", "3.5, signal.low", "21.1, signal.high", "32, signal.high", "4.0, signal.out-of-range"})
    void aBrokenWireIsNoDepth(double milliampere, String fault) {
        volts = milliampere / 1_000 * 100;
        assertEquals(new Reading.Fault(fault, true), loop().read());
    }

    @Test
    void anAdcThatIsNotThereIsToldByNameAndLookedForAgain() {
        boolean[] there = {false};
        LoopGauge gauge = new LoopGauge(
                () -> {
                    if (!there[0]) {
                        throw new Pi4JException("no such bus");
                    }
                    return adc();
                },
                LOOP,
                new Span(3_000));
        assertEquals(new Reading.Fault("i2c.open", false), gauge.read());
        there[0] = true;
        volts = 1.2;
        assertEquals(new Reading.Depth(900), gauge.read());
    }

    @Test
    void aFloatIsReadAsItIsWired() {
        Counters counters = new Counters();
        Hanging hanging =
                new Hanging("road-1-float", EquipmentKind.EQUIPMENT_KIND_FLOAT_SWITCH, "gpio 17", "", counters);
        FloatSwitch opening = FloatSwitch.open(pi, 17, DigitalState.HIGH, hanging);
        assertEquals(FloatState.DOWN, opening.read(1));
        high = true;
        assertEquals(FloatState.LIFTED, opening.read(2));
        assertTrue(hanging.answers());
        unread = true;
        assertEquals(FloatState.NONE, opening.read(3));
        assertEquals(1, counters.of("gpio.failed"));
        assertFalse(hanging.answers());
    }

    @Test
    void theSignIsSafeBeforeItsFirstAspectAndAfterItsLast() {
        GpioBoard board = GpioBoard.open(
                pi,
                List.of(
                        new Lamp(Use.CAUTION, 5, DigitalState.LOW),
                        new Lamp(Use.CLOSED, 6, DigitalState.HIGH),
                        new Lamp(Use.SIREN, 13, DigitalState.HIGH)),
                SignAspect.SIGN_ASPECT_CAUTION);
        DigitalOutput caution = pi.registry().get("caution");
        DigitalOutput closed = pi.registry().get("closed");
        DigitalOutput siren = pi.registry().get("siren");
        assertEquals(List.of(DigitalState.LOW, DigitalState.LOW), List.of(caution.state(), closed.state()));
        assertTrue(board.show(SignAspect.SIGN_ASPECT_CLOSED, true));
        assertEquals(List.of(DigitalState.HIGH, DigitalState.HIGH), List.of(caution.state(), closed.state()));
        assertEquals(DigitalState.HIGH, siren.state());
        assertTrue(board.show(SignAspect.SIGN_ASPECT_OPEN, false));
        assertEquals(List.of(DigitalState.HIGH, DigitalState.LOW), List.of(caution.state(), closed.state()));
        assertEquals(DigitalState.LOW, caution.config().shutdownState());
        board.close();
        assertEquals(List.of(DigitalState.LOW, DigitalState.LOW), List.of(caution.state(), siren.state()));
    }

    private boolean high() {
        if (unread) {
            throw new Pi4JException("the chip is gone");
        }
        return high;
    }

    private I2C adc() {
        return pi.create(I2C.newConfigBuilder(pi).id("adc").bus(1).device(0x48).build());
    }

    private LoopGauge loop() {
        return new LoopGauge(this::adc, LOOP, new Span(3_000));
    }
}
