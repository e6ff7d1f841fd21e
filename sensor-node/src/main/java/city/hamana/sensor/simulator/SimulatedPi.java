package city.hamana.sensor.simulator;

import com.pi4j.Pi4J;
import com.pi4j.context.Context;
import com.pi4j.io.gpio.digital.DigitalInputConfig;
import com.pi4j.io.gpio.digital.DigitalInputProvider;
import com.pi4j.io.gpio.digital.DigitalState;
import com.pi4j.io.i2c.I2C;
import com.pi4j.io.i2c.I2CConfig;
import com.pi4j.io.i2c.I2CProvider;
import com.pi4j.plugin.mock.platform.MockPlatform;
import com.pi4j.plugin.mock.provider.gpio.digital.MockDigitalInput;
import com.pi4j.plugin.mock.provider.gpio.digital.MockDigitalInputProviderImpl;
import com.pi4j.plugin.mock.provider.gpio.digital.MockDigitalOutputProvider;
import com.pi4j.plugin.mock.provider.i2c.MockI2C;
import com.pi4j.plugin.mock.provider.i2c.MockI2CProviderImpl;
import java.util.function.BooleanSupplier;
import java.util.function.DoubleSupplier;

/** A SIMULATED Raspberry Pi: Pi4J's mock, on whose I2C buses ADS1115s answer, and whose inputs follow a float switch. */
public final class SimulatedPi {
    private static final double VOLT_PER_STEP = 4.096 / 32_768;

    private SimulatedPi() {}

    /**
     * A Pi to be shut down by its user.
     *
     * @param volts at every channel of every ADC
     * @param inputHigh the state of every input
     */
    public static Context open(DoubleSupplier volts, BooleanSupplier inputHigh) {
        return Pi4J.newContextBuilder()
                .add(new MockPlatform())
                .add(new Floats(inputHigh), MockDigitalOutputProvider.newInstance(), new Converters(volts))
                .build();
    }

    private static final class Converters extends MockI2CProviderImpl {
        private final DoubleSupplier volts;

        Converters(DoubleSupplier volts) {
            this.volts = volts;
        }

        @Override
        public I2C create(I2CConfig config) {
            Converter converter = new Converter(this, config, volts);
            context.registry().add(converter);
            return converter;
        }
    }

    /** The registers of a Texas Instruments ADS1115 as its data sheet has them, for single conversions at ±4.096 V. */
    private static final class Converter extends MockI2C {
        private static final int CONVERSION = 0;
        private static final int DONE = 0x80;

        private final DoubleSupplier volts;
        private byte[] configured = {(byte) 0x85, (byte) 0x83};
        private short converted;

        Converter(I2CProvider provider, I2CConfig config, DoubleSupplier volts) {
            super(provider, config);
            this.volts = volts;
        }

        @Override
        public int writeRegister(int register, byte[] data, int offset, int length) {
            configured = new byte[] {(byte) (data[offset] | DONE), data[offset + 1]};
            double steps = Math.rint(volts.getAsDouble() / VOLT_PER_STEP);
            converted = (short) Math.clamp(steps, Short.MIN_VALUE, Short.MAX_VALUE);
            return length;
        }

        @Override
        public int readRegister(int register, byte[] buffer, int offset, int length) {
            byte[] two = register == CONVERSION ? new byte[] {(byte) (converted >> 8), (byte) converted} : configured;
            System.arraycopy(two, 0, buffer, offset, 2);
            return 2;
        }
    }

    private static final class Floats extends MockDigitalInputProviderImpl {
        private final BooleanSupplier high;

        Floats(BooleanSupplier high) {
            this.high = high;
        }

        @Override
        public MockDigitalInput create(DigitalInputConfig config) {
            MockDigitalInput input = new Following(this, config, high);
            context.registry().add(input);
            return input;
        }
    }

    private static final class Following extends MockDigitalInput {
        private final BooleanSupplier high;

        Following(DigitalInputProvider provider, DigitalInputConfig config, BooleanSupplier high) {
            super(provider, config);
            this.high = high;
        }

        @Override
        public DigitalState state() {
            // The mock asks for the state while it is being made, before it can know whom to follow.
            return high == null ? DigitalState.UNKNOWN : DigitalState.getState(high.getAsBoolean());
        }
    }
}
