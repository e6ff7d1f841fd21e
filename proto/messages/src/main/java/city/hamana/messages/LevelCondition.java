package city.hamana.messages;

/** What is the case with the water over a road, or with the gauges that watch it. */
public enum LevelCondition implements Condition {
    /** The water has reached the depth of the first warning. */
    CAUTION(0, "caution"),
    /** The water has reached the depth at which the road is closed. */
    CLOSE(1, "close"),
    /** The water rises so fast that it will close the road soon. */
    RISING(2, "rising"),
    /** No gauge has told a depth for too long. */
    SILENT(3, "silent"),
    /** The gauges contradict each other. */
    DISAGREE(4, "disagree"),
    /** A gauge tells what cannot be: its signal is outside what it may be, or does not move. */
    SENSOR_FAULT(5, "sensor-fault"),
    /** The float switch is lifted. */
    FLOAT(6, "float");

    private final int bit;
    private final String code;

    LevelCondition(int bit, String code) {
        this.bit = bit;
        this.code = code;
    }

    @Override
    public int bit() {
        return bit;
    }

    @Override
    public String code() {
        return code;
    }
}
