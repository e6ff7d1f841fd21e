package city.hamana.meter.simulator;

import java.time.Instant;

/**
 * The sample's homes: each meter is HMN with its home's number, H37 is hmn-00000037. Beyond the sample's twelve homes the
 * same are played again under numbers that are higher by 100: hmn-00000137.
 */
final class Homes implements Cast {
    private final Sample sample = Sample.read();

    @Override
    public Content meter(Simulator.Street street, Memory memory, int port, int address, int place) {
        String home = sample.homes().get(place % sample.homes().size());
        int id = Integer.parseInt(home.substring(1))
                + 100 * (place / sample.homes().size());
        Instant firstDay = memory.firstDay(street.clock().instant());
        Logger log = new Logger(sample.of(home), sample.end(), firstDay);
        return new LoggedContent(id, log, memory.place(Simulator.name(id)), street.clock(), street.zone());
    }
}
