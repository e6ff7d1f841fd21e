package city.hamana.meter.simulator;

import java.time.Instant;

/** One logged value of a meter's register. */
record Reading(Instant at, long litres) {}
