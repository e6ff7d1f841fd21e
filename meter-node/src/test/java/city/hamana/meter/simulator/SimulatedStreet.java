package city.hamana.meter.simulator;

import city.hamana.messages.MeterAlarm;
import city.hamana.meter.simulator.Simulator.Street;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Simulators on free ports, for the tests of those who read them. */
public final class SimulatedStreet {
    public static final ZoneId ZONE = ZoneId.of("Asia/Tokyo");

    private SimulatedStreet() {}

    /** So many meters behind so many ports. */
    public static Simulator start(Path memory, int meters, int ports, Clock clock) throws IOException {
        List<Integer> free = Collections.nCopies(ports, 0);
        Cast homes = new Homes(0, Map.of());
        return Simulator.start(new Street(
                InetAddress.getLoopbackAddress(),
                free,
                meters,
                memory,
                ZONE,
                clock,
                homes,
                List.of(),
                Map.of(),
                Optional.empty()));
    }

    /** As above, the last so many of each bus detailed, homes H01 and H05 with a leak, and some with faults by their primary addresses. */
    public static Simulator start(
            Path memory, int meters, int ports, Clock clock, int detailed, Map<Integer, Fault> faults)
            throws IOException {
        List<Integer> free = Collections.nCopies(ports, 0);
        Cast homes = new Homes(
                detailed, Map.of("hmn-00000001", Set.of(MeterAlarm.LEAK_1), "hmn-00000005", Set.of(MeterAlarm.LEAK_1)));
        return Simulator.start(new Street(
                InetAddress.getLoopbackAddress(),
                free,
                meters,
                memory,
                ZONE,
                clock,
                homes,
                List.of(),
                faults,
                Optional.empty()));
    }

    /** Register in litres of the sample's home, reading by reading. */
    public static List<Long> litres(String home) {
        return Sample.read().of(home).stream().map(Reading::litres).toList();
    }
}
