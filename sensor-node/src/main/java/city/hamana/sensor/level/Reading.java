package city.hamana.sensor.level;

/** What came of asking a gauge once. */
public sealed interface Reading {
    /** Millimetres of water over the lowest point of the road, as measured; below 0 by a gauge's error only. */
    record Depth(int mm) implements Reading {}

    /**
     * Nothing that can be used.
     *
     * @param name under which it is counted: {@code line.timeout}, {@code signal.low}
     * @param answered the gauge did answer: it is the gauge that is at fault, not the way to it
     */
    record Fault(String name, boolean answered) implements Reading {}
}
