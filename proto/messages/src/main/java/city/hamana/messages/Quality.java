package city.hamana.messages;

/** Bits of {@link Sample#flags}. A value with no bit set was read plainly from a working meter with a known clock. */
public final class Quality {
    /** The device's clock was not yet synchronised when the sample was taken. */
    public static final int CLOCK_UNKNOWN = 1;
    /** The meter itself reports an error that touches the value. */
    public static final int METER_ERROR = 1 << 1;
    /** The value was estimated, not measured. */
    public static final int ESTIMATED = 1 << 2;
    /** The instant is the meter's own, not the moment of reading. */
    public static final int METER_TIME = 1 << 3;

    private Quality() {}
}
