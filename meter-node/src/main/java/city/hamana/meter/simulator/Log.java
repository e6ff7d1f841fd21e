package city.hamana.meter.simulator;

import java.time.Instant;

/** All that one meter ever logs, in order of time; places are counted from 0. */
interface Log {
    Reading at(long place);

    /** Place of the last reading not after {@code now}; -1 before the first. */
    long lastPlace(Instant now);
}
