package city.hamana.sensor.device;

import com.pi4j.exception.Pi4JException;
import com.pi4j.io.i2c.I2C;
import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;

/**
 * A four-channel 16-bit ADC on I2C, Texas Instruments ADS1115 (data sheet SBAS444): single conversions of one channel
 * against ground, ±4.096 V full scale, 128 a second. 0.125 mV is one step.
 */
final class Ads1115 {
    static final double VOLT_PER_STEP = 4.096 / 32_768;

    private static final int CONVERSION = 0;
    private static final int CONFIG = 1;
    /** Bit 15: begin a conversion; read back as 1 once it is done. */
    private static final int START = 1 << 15;

    private static final int SINGLE_ENDED = 4 << 12;
    private static final int RANGE_4_096_V = 1 << 9;
    private static final int SINGLE_SHOT = 1 << 8;
    private static final int RATE_128 = 4 << 5;
    private static final int NO_COMPARATOR = 3;
    private static final long CONVERSION_NANOS = 8_500_000;
    private static final int MOST_LOOKS = 10;

    private final I2C device;

    Ads1115(I2C device) {
        this.device = device;
    }

    /**
     * The middle one of three conversions, so that one disturbed one is not seen.
     *
     * @param channel 0 to 3
     * @return volts
     */
    double volts(int channel) throws LineFault {
        double[] three = new double[3];
        for (int i = 0; i < three.length; i++) {
            three[i] = convert(channel) * VOLT_PER_STEP;
        }
        Arrays.sort(three);
        return three[1];
    }

    private int convert(int channel) throws LineFault {
        try {
            int config =
                    START | SINGLE_ENDED | (channel << 12) | RANGE_4_096_V | SINGLE_SHOT | RATE_128 | NO_COMPARATOR;
            device.writeRegister(CONFIG, new byte[] {(byte) (config >> 8), (byte) config});
            for (int look = 0; look < MOST_LOOKS; look++) {
                LockSupport.parkNanos(CONVERSION_NANOS);
                if ((word(CONFIG) & START) != 0) {
                    return (short) word(CONVERSION);
                }
            }
            throw LineFault.silent("i2c.busy", null);
        } catch (Pi4JException | IllegalStateException e) {
            throw LineFault.silent("i2c.failed", e);
        }
    }

    private int word(int register) throws LineFault {
        byte[] two = new byte[2];
        if (device.readRegister(register, two, 0, 2) < 0) {
            throw LineFault.silent("i2c.failed", null);
        }
        return ((two[0] & 0xFF) << 8) | (two[1] & 0xFF);
    }
}
