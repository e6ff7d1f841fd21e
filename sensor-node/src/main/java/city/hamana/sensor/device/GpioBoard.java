package city.hamana.sensor.device;

import city.hamana.messages.v1.SignAspect;
import city.hamana.sensor.sign.Board;
import com.pi4j.context.Context;
import com.pi4j.exception.Pi4JException;
import com.pi4j.io.gpio.digital.DigitalOutput;
import com.pi4j.io.gpio.digital.DigitalState;
import java.util.Arrays;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A sign at GPIO outputs: a caution lamp, a closed lamp or board, a siren, each of which may be absent. What is lit while
 * its output is low is lit, too, while the Pi is without power or its program is dead: that is how the sign fails safe.
 */
public final class GpioBoard implements Board {
    /**
     * An output.
     *
     * @param gpio BCM number
     * @param on the output's state when the lamp is lit
     */
    public record Lamp(Use use, int gpio, DigitalState on) {}

    /** What an output is for. */
    public enum Use {
        CAUTION,
        CLOSED,
        SIREN;

        boolean on(SignAspect aspect, boolean siren) {
            return switch (this) {
                case CAUTION -> aspect == SignAspect.SIGN_ASPECT_CAUTION;
                case CLOSED -> aspect == SignAspect.SIGN_ASPECT_CLOSED;
                case SIREN -> siren;
            };
        }
    }

    private record Wired(Lamp lamp, DigitalOutput output) {
        DigitalState state(boolean on) {
            return on ? lamp.on() : opposite(lamp.on());
        }
    }

    private static final Logger LOG = LoggerFactory.getLogger(GpioBoard.class);

    private final List<Wired> wired;
    private final SignAspect failSafe;

    private GpioBoard(List<Wired> wired, SignAspect failSafe) {
        this.wired = wired;
        this.failSafe = failSafe;
    }

    /** Takes the outputs, and shows at once, and again at the end, what is safe. */
    public static GpioBoard open(Context pi, List<Lamp> lamps, SignAspect failSafe) {
        return new GpioBoard(
                lamps.stream().map(lamp -> wire(pi, lamp, failSafe)).toList(), failSafe);
    }

    private static Wired wire(Context pi, Lamp lamp, SignAspect failSafe) {
        DigitalState safe = lamp.use().on(failSafe, false) ? lamp.on() : opposite(lamp.on());
        return new Wired(
                lamp,
                pi.create(DigitalOutput.newConfigBuilder(pi)
                        .id(lamp.use().name().toLowerCase(java.util.Locale.ROOT))
                        .address(lamp.gpio())
                        .initial(safe)
                        .shutdown(safe)
                        .build()));
    }

    /** What is to be lit is lit before anything else goes dark. */
    @Override
    public boolean show(SignAspect aspect, boolean siren) {
        boolean lit = switchAll(aspect, siren, true);
        return switchAll(aspect, siren, false) && lit;
    }

    @Override
    public void close() {
        show(failSafe, false);
    }

    @Override
    public String toString() {
        return Arrays.toString(wired.stream()
                .map(w -> w.lamp().use() + "=" + w.output().state())
                .toArray());
    }

    private boolean switchAll(SignAspect aspect, boolean siren, boolean on) {
        boolean done = true;
        for (Wired one : wired) {
            if (one.lamp().use().on(aspect, siren) == on) {
                done &= switchTo(one, on);
            }
        }
        return done;
    }

    private static boolean switchTo(Wired one, boolean on) {
        try {
            one.output().state(one.state(on));
            return true;
        } catch (Pi4JException e) {
            LOG.error("{} cannot be switched: {}", one.lamp(), e.getMessage());
            return false;
        }
    }

    private static DigitalState opposite(DigitalState state) {
        return state == DigitalState.HIGH ? DigitalState.LOW : DigitalState.HIGH;
    }
}
