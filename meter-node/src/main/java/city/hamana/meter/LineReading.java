package city.hamana.meter;

import city.hamana.meter.line.MeterAddress;
import city.hamana.meter.line.MeterBus;
import city.hamana.meter.line.MeterBus.Limits;
import city.hamana.meter.line.MeterBus.Wire;
import city.hamana.meter.line.Roster;
import city.hamana.meter.line.Schedule;
import java.time.Clock;
import java.util.List;
import java.util.Set;

/**
 * What all lines share when they are read.
 *
 * @param keyed names of the meters whose keys are known
 */
record LineReading(Limits limits, Schedule schedule, Set<String> keyed, Roster roster, Clock clock) {
    MeterBus bus(String name, List<MeterAddress> meters, Wire wire) {
        return new MeterBus(name, meters, wire, limits, schedule, roster, clock);
    }
}
