package city.hamana.sensor.analyser;

import city.hamana.messages.Quantity;
import city.hamana.sensor.device.Register;
import java.util.OptionalDouble;

/**
 * One value that an analyser tells.
 *
 * @param register scaled to the quantity's unit
 * @param lowest and highest: what the analyser can measure
 * @param decimals that the value is kept with
 * @param deadAt at or below this the electrode is taken to be dead or dry: a working one never reads exactly nothing
 */
public record Channel(
        Quantity quantity, Register register, double lowest, double highest, int decimals, OptionalDouble deadAt) {
    /** Whether this value says that the electrode gives no signal. */
    boolean dead(double value) {
        return deadAt.isPresent() && value <= deadAt.getAsDouble();
    }

    boolean inRange(double value) {
        return value >= lowest && value <= highest;
    }
}
