package city.hamana.sensor.device;

/** How a number stands in Modbus registers of 16 bits each. */
public enum NumberType {
    INT16(1),
    UINT16(1),
    INT32(2),
    UINT32(2),
    /** IEEE 754, single. */
    FLOAT32(2);

    private final int words;

    NumberType(int words) {
        this.words = words;
    }

    /** How many registers it takes. */
    public int words() {
        return words;
    }

    /**
     * The number; may be NaN or infinite for {@link #FLOAT32}.
     *
     * @param registers each 0 to 65,535
     * @param lowWordFirst the less significant register stands first
     */
    double value(int[] registers, boolean lowWordFirst) {
        int high = registers[lowWordFirst ? words - 1 : 0];
        int low = registers[lowWordFirst ? 0 : words - 1];
        int both = (high << 16) | low;
        return switch (this) {
            case INT16 -> (short) low;
            case UINT16 -> low;
            case INT32 -> both;
            case UINT32 -> Integer.toUnsignedLong(both);
            case FLOAT32 -> Float.intBitsToFloat(both);
        };
    }
}
