package city.hamana.meter.simulator;

import city.hamana.link.ParentWatch;
import city.hamana.link.Settings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/**
 * A street of simulated meters, spread over TCP ports in order; on each they have the primary addresses 1, 2, 3 …. Each
 * plays a home of the sample and is HMN with that home's number: H37 is hmn-00000037. Beyond the sample's twelve homes
 * the same are played again under numbers that are higher by 100: hmn-00000137.
 */
public final class Simulator implements AutoCloseable {
    private static final int MOST_METERS_PER_PORT = 250;

    /**
     * The simulator's settings.
     *
     * @param ports TCP ports, one M-Bus each; 0 takes any free one
     * @param memory folder of what the meters keep without power
     */
    record Street(InetAddress host, List<Integer> ports, int meters, Path memory, ZoneId zone, Clock clock) {
        static Street of(Settings settings) {
            List<Integer> ports = ports(settings.text("ports"));
            Street street = new Street(
                    address(settings.text("host", "127.0.0.1")),
                    ports,
                    (int) settings.number("meters", 12, 1, (long) MOST_METERS_PER_PORT * ports.size()),
                    settings.path("memory-dir", "memory"),
                    zone(settings.text("meter-time-zone", "Asia/Tokyo")),
                    settings.clock());
            ParentWatch.startIfWanted(settings);
            settings.done();
            return street;
        }

        private static List<Integer> ports(String text) {
            List<Integer> ports = new ArrayList<>();
            for (String port : text.split(",")) {
                if (!port.strip().matches("[0-9]{1,5}") || Integer.parseInt(port.strip()) > 65_535) {
                    throw new IllegalArgumentException("ports is not a list of TCP ports: " + text);
                }
                ports.add(Integer.valueOf(port.strip()));
            }
            return List.copyOf(ports);
        }

        private static ZoneId zone(String name) {
            try {
                return ZoneId.of(name);
            } catch (DateTimeException e) {
                throw new IllegalArgumentException("meter-time-zone is no time zone: " + name, e);
            }
        }

        private static InetAddress address(String host) {
            try {
                return InetAddress.getByName(host);
            } catch (UnknownHostException e) {
                throw new IllegalArgumentException("host is unknown: " + host, e);
            }
        }
    }

    private final List<SlavePort> ports;

    private Simulator(List<SlavePort> ports) {
        this.ports = ports;
    }

    /** Starts what a settings file describes. */
    public static Simulator start(Settings settings) throws IOException {
        return start(Street.of(settings));
    }

    static Simulator start(Street street) throws IOException {
        Memory memory = new Memory(street.memory());
        Sample sample = Sample.read();
        List<SlavePort> ports = new ArrayList<>();
        for (int i = 0; i < street.ports().size(); i++) {
            List<SlaveMeter> meters = new ArrayList<>();
            for (int place = first(street, i); place < first(street, i + 1); place++) {
                meters.add(meter(street, memory, sample, place, meters.size() + 1));
            }
            ports.add(SlavePort.open(street.host(), street.ports().get(i), meters));
        }
        return new Simulator(ports);
    }

    /** The ports in the order of the settings, as they really are. */
    public List<Integer> ports() {
        return ports.stream().map(SlavePort::port).toList();
    }

    @Override
    public void close() {
        ports.forEach(SlavePort::close);
    }

    /** Place of the first meter at a port, counted from 0: as even as can be. */
    private static int first(Street street, int port) {
        return street.meters() * port / street.ports().size();
    }

    private static SlaveMeter meter(Street street, Memory memory, Sample sample, int place, int address) {
        String home = sample.homes().get(place % sample.homes().size());
        int id = Integer.parseInt(home.substring(1))
                + 100 * (place / sample.homes().size());
        Instant firstDay = memory.firstDay(street.clock().instant());
        Logger log = new Logger(sample.of(home), sample.end(), firstDay);
        return new SlaveMeter(address, id, log, memory.place("hmn-%08d".formatted(id)), street.clock(), street.zone());
    }
}
