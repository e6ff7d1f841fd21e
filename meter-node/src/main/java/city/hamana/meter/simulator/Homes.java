package city.hamana.meter.simulator;

import city.hamana.messages.Condition;
import city.hamana.messages.MeterAlarm;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * The sample's homes: each meter is HMN with its home's number, H37 is hmn-00000037. Beyond the sample's twelve homes the
 * same are played again under numbers that are higher by 100: hmn-00000137. Where it is wished, the last meter of the street is
 * hmn-00000900, through which all of them are supplied.
 */
final class Homes implements Cast {
    private static final int DISTRICT = 900;

    private final Sample sample = Sample.read();
    private final int detailed;
    private final Map<String, Set<MeterAlarm>> alarms;
    private final boolean district;

    /** So many at the end of each bus tell all they know and keep no log; some warn, by their names. */
    Homes(int detailed, Map<String, Set<MeterAlarm>> alarms) {
        this(detailed, alarms, false);
    }

    /** @param district whether the last meter of the street is the one through which all others are supplied */
    Homes(int detailed, Map<String, Set<MeterAlarm>> alarms, boolean district) {
        this.detailed = detailed;
        this.alarms = alarms;
        this.district = district;
    }

    @Override
    public Content meter(Simulator.Street street, Memory memory, int port, int address, int place) {
        if (district && place == street.meters() - 1) {
            return district(street, memory);
        }
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

    private Content district(Simulator.Street street, Memory memory) {
        Instant firstDay = memory.firstDay(street.clock().instant());
        List<Logger> homes = IntStream.range(
                        0, Math.min(street.meters() - 1, sample.homes().size()))
                .mapToObj(i -> new Logger(sample.of(sample.homes().get(i)), sample.end(), firstDay))
                .toList();
        Memory.Place place = memory.place(Simulator.name(DISTRICT));
        return new LoggedContent(DISTRICT, new DistrictLog(homes, firstDay), place, street.clock(), street.zone());
    }
}
