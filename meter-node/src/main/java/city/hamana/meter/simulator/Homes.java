package city.hamana.meter.simulator;

import city.hamana.messages.MeterAlarm;
import java.time.Instant;
import java.util.Set;

/**
 * The sample's homes: each meter is HMN with its home's number, H37 is hmn-00000037. Beyond the sample's twelve homes the
 * same are played again under numbers that are higher by 100: hmn-00000137.
 */
final class Homes implements Cast {
    private final Sample sample = Sample.read();
    private final int detailed;
    private final Set<MeterAlarm> alarms;

    /** So many at the end of each bus tell all they know and keep no log; they warn of this. */
    Homes(int detailed, Set<MeterAlarm> alarms) {
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
        if (address > street.metersAt(port) - detailed) {
            return new DetailedContent(id, log, street.clock(), alarms);
        }
        return new LoggedContent(id, log, memory.place(Simulator.name(id)), street.clock(), street.zone());
    }
}
