package city.hamana.messages;

/** What is the case with an analyser, so that its fault is not taken for the water's. */
public enum AnalyserCondition implements Condition {
    /** The analyser knows itself to be broken, or tells what cannot be. */
    SENSOR_FAULT(0, "sensor-fault"),
    /** Its last calibration is longer ago than its kind allows. */
    CALIBRATION_DUE(1, "calibration-due"),
    /** The value lies outside what the analyser can measure. */
    OUT_OF_RANGE(2, "out-of-range"),
    /** No water reaches the analyser: a value of it says nothing of the water. */
    NO_SAMPLE_FLOW(3, "no-sample-flow"),
    /** The value has not moved for so long that it is not believed. */
    FROZEN(4, "frozen"),
    /** Somebody works on it. */
    MAINTENANCE(5, "maintenance");

    private final int bit;
    private final String code;

    AnalyserCondition(int bit, String code) {
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
