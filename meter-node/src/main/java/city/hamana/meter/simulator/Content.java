package city.hamana.meter.simulator;

/** What a meter has to tell: the part of it that is not the bus. */
interface Content extends AutoCloseable {
    /**
     * The next telegram, as a whole frame; empty where there is nothing to tell yet.
     *
     * @param address primary address to answer with
     */
    byte[] telegram(int address, int accessNumber);

    /** The meter's own address: number with the lowest digits first, manufacturer, version, medium; eight bytes. */
    byte[] identity();

    /** A readout begins. */
    default void begin() {}

    /** The master has the last telegram. */
    void acknowledged();

    @Override
    void close();
}
