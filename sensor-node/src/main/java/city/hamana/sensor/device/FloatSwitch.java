package city.hamana.sensor.device;

import city.hamana.sensor.level.Watch;
import com.pi4j.context.Context;
import com.pi4j.exception.Pi4JException;
import com.pi4j.io.gpio.digital.DigitalInput;
import com.pi4j.io.gpio.digital.DigitalState;
import com.pi4j.io.gpio.digital.PullResistance;

/**
 * A float switch between a GPIO input and ground, the input pulled up. With a contact that opens when the float is
 * lifted, a broken wire looks like water, which is the safe way round.
 */
public final class FloatSwitch {
    private final DigitalInput input;
    private final DigitalState lifted;
    private final Hanging hanging;

    private FloatSwitch(DigitalInput input, DigitalState lifted, Hanging hanging) {
        this.input = input;
        this.lifted = lifted;
        this.hanging = hanging;
    }

    /**
     * Takes the input.
     *
     * @param gpio BCM number
     * @param lifted the input's state when the float is lifted
     */
    public static FloatSwitch open(Context pi, int gpio, DigitalState lifted, Hanging hanging) {
        return new FloatSwitch(
                pi.create(DigitalInput.newConfigBuilder(pi)
                        .id("float")
                        .address(gpio)
                        .pull(PullResistance.PULL_UP)
                        .build()),
                lifted,
                hanging);
    }

    /** NONE where it cannot be read. */
    public Watch.FloatState read(long unixMs) {
        DigitalState state = state();
        if (state == DigitalState.UNKNOWN) {
            hanging.failed("gpio.failed", false, unixMs);
            return Watch.FloatState.NONE;
        }
        hanging.heard(unixMs);
        return state == lifted ? Watch.FloatState.LIFTED : Watch.FloatState.DOWN;
    }

    private DigitalState state() {
        try {
            return input.state();
        } catch (Pi4JException e) {
            return DigitalState.UNKNOWN;
        }
    }
}
