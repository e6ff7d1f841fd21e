package city.hamana.sensor.device;

import city.hamana.sensor.level.Reading;
import com.pi4j.exception.Pi4JException;
import com.pi4j.io.i2c.I2C;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A 4–20 mA pressure gauge whose current runs through a burden resistor at an ADS1115. Below 3.6 mA and above 21 mA the
 * gauge or its wire is broken (NAMUR NE 43).
 */
public final class LoopGauge implements Gauge {
    private static final double BROKEN_BELOW_MA = 3.6;
    private static final double BROKEN_ABOVE_MA = 21.0;
    private static final double ZERO_MA = 4.0;
    private static final double SPAN_MA = 16.0;

    /**
     * How the current stands for a depth.
     *
     * @param channel of the ADC, 0 to 3
     * @param burdenOhm resistor over which the current falls; 100 ohm are 2 V at 20 mA
     * @param rangeMm water column at 20 mA
     * @param offsetMm depth over the road at 4 mA; negative where the gauge sits in a pit
     */
    public record Loop(int channel, double burdenOhm, int rangeMm, int offsetMm) {}

    private final Supplier<I2C> opening;
    private final Loop loop;
    private final Span span;
    private Optional<I2C> device = Optional.empty();

    /** A gauge whose ADC is opened when it is first asked: one that is not there must not stop the program. */
    public LoopGauge(Supplier<I2C> opening, Loop loop, Span span) {
        this.opening = opening;
        this.loop = loop;
        this.span = span;
    }

    @Override
    public Reading read() {
        try {
            return reading(new Ads1115(open()).volts(loop.channel()) / loop.burdenOhm() * 1_000);
        } catch (LineFault e) {
            return new Reading.Fault(e.name(), e.answered());
        } catch (Pi4JException e) {
            return new Reading.Fault("i2c.open", false);
        }
    }

    @Override
    public void close() {
        device.ifPresent(I2C::close);
    }

    private I2C open() {
        if (device.isEmpty()) {
            device = Optional.of(opening.get());
        }
        return device.get();
    }

    private Reading reading(double milliampere) {
        if (milliampere < BROKEN_BELOW_MA) {
            return new Reading.Fault("signal.low", true);
        } else if (milliampere > BROKEN_ABOVE_MA) {
            return new Reading.Fault("signal.high", true);
        }
        return span.reading((milliampere - ZERO_MA) / SPAN_MA * loop.rangeMm() + loop.offsetMm());
    }
}
