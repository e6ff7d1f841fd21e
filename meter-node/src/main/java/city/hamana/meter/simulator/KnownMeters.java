package city.hamana.meter.simulator;

import java.time.Duration;
import java.time.Instant;

/**
 * Meters whose every value can be computed by whoever knows these numbers, for tests that compare what arrived with what
 * was measured. The meter with address 7 on the second bus is hmn-00002007.
 *
 * @param since first instant of every log, and where the registers of meters without time begin
 * @param every distance of the readings in a log, whole seconds
 * @param timeless how many meters at the end of each bus have neither time nor memory; see {@link TimelessContent}
 */
record KnownMeters(Instant since, Duration every, int timeless) implements Cast {
    private static final int IDS_PER_PORT = 1_000;

    @Override
    public Content meter(Simulator.Street street, Memory memory, int port, int address, int place) {
        int id = IDS_PER_PORT * (port + 1) + address;
        String name = Simulator.name(id);
        return address > street.metersAt(port) - timeless
                ? new TimelessContent(id, since, street.clock(), memory.notes(name))
                : new LoggedContent(id, new KnownLog(id), memory.place(name), street.clock(), street.zone());
    }

    /** Register in litres of a meter at a place of its log: it rises by 4 to 196 from reading to reading. */
    static long litres(int id, long place) {
        return 100 * place + (7_919L * id + 104_729L * place) % 97;
    }

    private final class KnownLog implements Log {
        private final int id;

        KnownLog(int id) {
            this.id = id;
        }

        @Override
        public Reading at(long place) {
            return new Reading(since.plus(every.multipliedBy(place)), litres(id, place));
        }

        @Override
        public long lastPlace(Instant now) {
            return Math.floorDiv(Duration.between(since, now).toMillis(), every.toMillis());
        }
    }
}
