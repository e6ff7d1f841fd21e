package city.hamana.meter.pulse;

import com.pi4j.Pi4J;
import com.pi4j.context.Context;
import com.pi4j.exception.Pi4JException;
import com.pi4j.io.gpio.digital.DigitalInput;
import com.pi4j.io.gpio.digital.DigitalInputProvider;
import com.pi4j.io.gpio.digital.DigitalState;
import com.pi4j.io.gpio.digital.PullResistance;
import com.pi4j.library.gpiod.internal.GpioDException;
import com.pi4j.plugin.gpiod.provider.gpio.digital.GpioDDigitalInputProvider;

/** Pins of the machine through Pi4J: the meter's contact between the pin and ground, the pin pulled up. */
public final class Pi4jWiring implements PulseMeter.Wiring, AutoCloseable {
    private final DigitalInputProvider provider;
    private final Context pi;
    private final String maker;

    /** Where the pins are reached through the given provider; its maker stands in the status. */
    public Pi4jWiring(DigitalInputProvider provider, String maker) {
        this.pi = Pi4J.newContextBuilder()
                .noAutoDetect()
                .disableShutdownHook()
                .add(provider)
                .build();
        this.provider = provider;
        this.maker = maker;
    }

    /** The pins of this machine, through the kernel's character device /dev/gpiochip0. */
    public static Pi4jWiring ofThisMachine() {
        return new Pi4jWiring(GpioDDigitalInputProvider.newInstance(), "");
    }

    @Override
    public String maker() {
        return maker;
    }

    @Override
    public Contact connect(PulseMeter.Options options, Contact.Changes changes) {
        try {
            DigitalInput input = provider.create(DigitalInput.newConfigBuilder(pi)
                    .id("pulse-" + options.line())
                    .address(options.pin())
                    .pull(PullResistance.PULL_UP)
                    .build());
            input.addListener(event -> changes.changed(event.state() == DigitalState.LOW, System.nanoTime()));
            return new Pin(pi, input);
        } catch (Pi4JException | GpioDException | IllegalStateException | LinkageError e) {
            // So it is said where there are no pins, no right to them, or no library for this machine.
            throw PinException.of(options.pin(), e);
        }
    }

    @Override
    public void close() {
        pi.shutdown();
    }

    /** A pin that a contact pulls to ground. */
    private record Pin(Context pi, DigitalInput input) implements Contact {
        @Override
        public boolean shut() {
            return input.state() == DigitalState.LOW;
        }

        @Override
        public void close() {
            input.shutdown(pi);
        }
    }
}
