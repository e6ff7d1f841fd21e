package city.hamana.sensor.analyser;

import city.hamana.messages.AnalyserCondition;
import city.hamana.messages.Quantity;
import city.hamana.sensor.device.NumberType;
import city.hamana.sensor.device.Register;
import java.util.EnumSet;
import java.util.Map;
import java.util.OptionalDouble;

/** The judgement of one recorded residual after the other, as of an analyser that tells nothing else. */
public final class Residual {
    /** Whether a value was told as the sensor's fault, and whether as frozen. */
    public record Verdict(boolean fault, boolean frozen) {}

    private static final Channel CHANNEL = new Channel(
            Quantity.FREE_CHLORINE,
            new Register(1, true, 0, NumberType.FLOAT32, false, 1),
            0,
            5,
            3,
            OptionalDouble.of(0));

    private final Judge judge;

    public Residual(int frozenAfter) {
        this.judge = new Judge(frozenAfter);
    }

    /** The verdict on the next value, mg/L. */
    public Verdict judge(double value) {
        Judge.Found found = judge.judge(Map.of(CHANNEL, value), EnumSet.noneOf(AnalyserCondition.class));
        return new Verdict(
                found.ofValues().contains(AnalyserCondition.SENSOR_FAULT),
                found.ofValues().contains(AnalyserCondition.FROZEN));
    }
}
