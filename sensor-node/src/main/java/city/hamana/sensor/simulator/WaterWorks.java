package city.hamana.sensor.simulator;

import java.time.Instant;

/**
 * A SIMULATED analyser of drinking water: residual and temperature go with the hour, turbidity and pH hardly move.
 * Registers, each float two registers, the more significant first: 0 free chlorine (mg/L), 2 turbidity (NTU), 4 pH,
 * 6 temperature (°C), 8 status bits (1 fault, 2 calibration due, 4 no sample flow, 8 maintenance), 9 sample flow (L/min),
 * 11 time of the reading (seconds since 1970).
 */
final class WaterWorks {
    private static final double DAY_S = 86_400;
    private static final int EVERY_S = 60;

    private WaterWorks() {}

    static int[] registers(Instant now) {
        long at = now.getEpochSecond() / EVERY_S * EVERY_S;
        double hour = Math.sin(2 * Math.PI * at / DAY_S);
        double ripple = Math.sin(at * 0.7) * 0.004;
        int[] registers = new int[13];
        put(registers, 0, Float.floatToIntBits((float) (0.42 + 0.06 * hour + ripple)));
        put(registers, 2, Float.floatToIntBits((float) (0.08 + ripple)));
        put(registers, 4, Float.floatToIntBits((float) (7.3 + 0.05 * hour + ripple)));
        put(registers, 6, Float.floatToIntBits((float) (16.5 + 0.8 * hour + ripple)));
        put(registers, 9, Float.floatToIntBits(0.5f));
        put(registers, 11, (int) at);
        return registers;
    }

    private static void put(int[] registers, int at, int bits) {
        registers[at] = bits >>> 16;
        registers[at + 1] = bits & 0xFFFF;
    }
}
