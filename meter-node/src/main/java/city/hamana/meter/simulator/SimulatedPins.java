package city.hamana.meter.simulator;

import city.hamana.meter.pulse.Contact;
import city.hamana.meter.pulse.Pi4jWiring;
import city.hamana.meter.pulse.PulseMeter;
import com.pi4j.io.gpio.digital.DigitalInput;
import com.pi4j.io.gpio.digital.DigitalInputConfig;
import com.pi4j.io.gpio.digital.DigitalState;
import com.pi4j.plugin.mock.provider.gpio.digital.MockDigitalInput;
import com.pi4j.plugin.mock.provider.gpio.digital.MockDigitalInputProviderImpl;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** SIMULATED pins, Pi4J's own mock: contacts that shut now and then, and bounce as real ones do. */
public final class SimulatedPins implements PulseMeter.Wiring, AutoCloseable {
    /** What stands in the status as the meter's maker. */
    public static final String MAKER = "SIMULATED";

    private static final int BOUNCES = 5;

    private final Map<Integer, MockDigitalInput> pins = new ConcurrentHashMap<>();
    private final Pi4jWiring wiring = new Pi4jWiring(new Provider(), MAKER);
    private final ScheduledExecutorService water = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("pulses").daemon().factory());

    /** Pi4J's mock provider, which hands out the pins it makes. */
    private final class Provider extends MockDigitalInputProviderImpl {
        @Override
        public DigitalInput create(DigitalInputConfig config) {
            MockDigitalInput pin = (MockDigitalInput) super.create(config);
            pin.mockState(DigitalState.HIGH);
            pins.put(config.address(), pin);
            return pin;
        }
    }

    /** Contacts that nobody shuts but the holder. */
    public static SimulatedPins still() {
        return new SimulatedPins();
    }

    /** Every contact shuts once in each such time, for a quarter of it. */
    public static SimulatedPins running(Duration every) {
        SimulatedPins pins = new SimulatedPins();
        long quarter = Math.max(1, every.toMillis() / 4);
        pins.repeat(quarter, 4 * quarter, true);
        pins.repeat(2 * quarter, 4 * quarter, false);
        return pins;
    }

    @Override
    public String maker() {
        return MAKER;
    }

    @Override
    public Contact connect(PulseMeter.Options options, Contact.Changes changes) {
        return wiring.connect(options, changes);
    }

    /** Shuts or opens the contact at a pin; before it rests it bounces. */
    public void contact(int pin, boolean shut) {
        MockDigitalInput input = pins.get(pin);
        DigitalState rest = shut ? DigitalState.LOW : DigitalState.HIGH;
        DigitalState other = shut ? DigitalState.HIGH : DigitalState.LOW;
        for (int i = 0; i < BOUNCES; i++) {
            input.mockState(rest);
            input.mockState(other);
        }
        input.mockState(rest);
    }

    @Override
    public void close() {
        water.shutdownNow();
        wiring.close();
    }

    private void repeat(long afterMs, long everyMs, boolean shut) {
        var unused = water.scheduleAtFixedRate(() -> all(shut), afterMs, everyMs, TimeUnit.MILLISECONDS);
    }

    private void all(boolean shut) {
        pins.keySet().forEach(pin -> contact(pin, shut));
    }
}
