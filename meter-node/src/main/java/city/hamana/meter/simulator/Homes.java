package city.hamana.meter.simulator;

import city.hamana.messages.Condition;
import city.hamana.messages.MeterAlarm;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The sample's homes: each meter is HMN with its home's number, H37 is hmn-00000037. Beyond the sample's twelve homes the
 * same are played again under numbers that are higher by 100: hmn-00000137.
 */
final class Homes implements Cast {
    private final Sample sample = Sample.read();
    private final int detailed;
    private final Map<String, Set<MeterAlarm>> alarms;

    /** So many at the end of each bus tell all they know and keep no log; some warn, by their names. */
    Homes(int detailed, Map<String, Set<MeterAlarm>> alarms) {
        this.detailed = detailed;
        this.alarms = alarms;
    }

    @Override
    public Content meter(Simulator.Street street, Memory memory, int port, int address, int place) {
        String home = sample.homes().get(place % sample.homes().size());
        int id = Integer.parseInt(home.substring(1))
                + 100 * (place / sample.homes().size());
        Instant firstDay = memory.firstDay(street.clock().instant());
        Logger log = new Logger(sample.of(home), sample.end(), firstDay);
        String name = Simulator.name(id);
        Set<MeterAlarm> warnings = alarms.getOrDefault(name, Set.of());
        if (address > street.metersAt(port) - detailed) {
            return new DetailedContent(id, log, street.clock(), warnings);
        }
        List<Integer> flags = warnings.isEmpty() ? List.of() : List.of((int) Condition.bits(warnings));
        return new LoggedContent(id, log, memory.place(name), street.clock(), street.zone(), flags);
    }
}
