package city.hamana.meter.line;

import java.util.List;

/** Where telegrams come from. A telegram comes again until it is acknowledged. */
public sealed interface Source extends AutoCloseable permits MeterBus, Replay {
    /** The line's name, as settings and quarantine show it. */
    String name();

    /** What can be had now: at most one telegram of each meter. Faults are counted, not thrown. */
    List<Received> poll();

    /** All that the last {@link #poll} returned has been stored for good. */
    void acknowledge();

    @Override
    void close();
}
