package city.hamana.meter.line;

import java.util.List;
import java.util.Set;

/** Where telegrams come from. A telegram comes again until it is acknowledged. */
public sealed interface Source extends AutoCloseable permits MeterBus, RadioStick, Replay {
    /** The line's name, as settings and quarantine show it. */
    String name();

    /** What can be had now: at most one telegram of each meter. Faults are counted, not thrown. */
    List<Received> poll();

    /**
     * All that the last {@link #poll} returned has been stored for good.
     *
     * @param unfinished those of it whose meters have more to tell at once
     */
    void acknowledge(Set<Received> unfinished);

    /** Whether meters speak by themselves, as often as they like. */
    default boolean unasked() {
        return false;
    }

    /** Whether another {@link #poll} would have something at once. */
    boolean waiting();

    @Override
    void close();
}
