package city.hamana.meter.simulator;

import city.hamana.link.ParentWatch;
import city.hamana.link.Settings;
import city.hamana.messages.MeterAlarm;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** A street of simulated meters, spread over TCP ports in order; on each they have the primary addresses 1, 2, 3 …. */
public final class Simulator implements AutoCloseable {
    private static final int MOST_METERS_PER_PORT = 250;

    /** A radio stick at a pseudo-terminal, and how many meters it hears how often. */
    record Air(Path link, int meters, Duration every) {}

    /**
     * The simulator's settings.
     *
     * @param ports TCP ports, one M-Bus each; 0 takes any free one
     * @param memory folder of what the meters keep without power
     * @param ptys where the first ports' buses can be reached as serial ports too
     * @param faults by primary address, on every bus
     * @param air radio meters, where there are any
     */
    record Street(
            InetAddress host,
            List<Integer> ports,
            int meters,
            Path memory,
            ZoneId zone,
            Clock clock,
            Cast cast,
            List<Path> ptys,
            Map<Integer, Fault> faults,
            Optional<Air> air) {
        static Street of(Settings settings) {
            List<Integer> ports = ports(settings.text("ports"));
            Street street = new Street(
                    address(settings.text("host", "127.0.0.1")),
                    ports,
                    (int) settings.number("meters", 12, 1, (long) MOST_METERS_PER_PORT * ports.size()),
                    settings.path("memory-dir", "memory"),
                    zone(settings.text("meter-time-zone", "Asia/Tokyo")),
                    settings.clock(),
                    cast(settings),
                    ptys(settings),
                    settings.parsed("faults", "", "a list such as 1:cut,2:silent", Street::faults),
                    air(settings));
            ParentWatch.startIfWanted(settings);
            settings.done();
            return street;
        }

        /** How many meters hang at one port: as even as can be. */
        int metersAt(int port) {
            return first(port + 1) - first(port);
        }

        /** Place of the first meter at a port, counted from 0. */
        int first(int port) {
            return meters * port / ports.size();
        }

        private static Cast cast(Settings settings) {
            Optional<String> since = settings.optional("known-since");
            int every = (int) settings.number("known-every-s", 900, 1, 86_400);
            int timeless = (int) settings.number("timeless-meters", 0, 0, MOST_METERS_PER_PORT);
            int detailed = (int) settings.number("detailed-meters", 0, 0, MOST_METERS_PER_PORT);
            boolean district = settings.yes("district-meter", false);
            Map<String, Set<MeterAlarm>> alarms =
                    settings.parsed("alarms", "", "a list such as hmn-00000037:leak-1", Street::alarms);
            return since.<Cast>map(text -> new KnownMeters(instant(text), Duration.ofSeconds(every), timeless))
                    .orElseGet(() -> new Homes(detailed, alarms, district));
        }

        /** Which meters warn of what: {@code hmn-00000037:leak-1,hmn-00000005:dry}. */
        static Map<String, Set<MeterAlarm>> alarms(String text) {
            Map<String, Set<MeterAlarm>> alarms = new TreeMap<>();
            for (String word : text.isEmpty() ? new String[0] : text.split(",")) {
                String[] parts = word.strip().split(":", 2);
                MeterAlarm alarm = MeterAlarm.valueOf(constant(parts[parts.length - 1]));
                alarms.computeIfAbsent(parts[0], m -> EnumSet.noneOf(MeterAlarm.class))
                        .add(alarm);
            }
            return alarms;
        }

        private static String constant(String code) {
            return code.toUpperCase(Locale.ROOT).replace('-', '_');
        }

        private static Optional<Air> air(Settings settings) {
            int meters = (int) settings.number("radio-meters", 3, 1, 90);
            Duration every = settings.millis("radio-every-ms", 5_000, 100, 3_600_000);
            return settings.optional("radio-link").map(link -> new Air(Path.of(link), meters, every));
        }

        private static List<Path> ptys(Settings settings) {
            String links = settings.text("serial-links", "");
            return links.isEmpty()
                    ? List.of()
                    : Arrays.stream(links.split(","))
                            .map(String::strip)
                            .map(Path::of)
                            .toList();
        }

        /** Primary addresses, on every bus, and what is wrong with the meters there. */
        static Map<Integer, Fault> faults(String text) {
            Map<Integer, Fault> faults = new TreeMap<>();
            for (String word : text.isEmpty() ? new String[0] : text.split(",")) {
                String[] parts = word.strip().split(":", 2);
                faults.put(Integer.valueOf(parts[0]), Fault.valueOf(constant(parts[parts.length - 1])));
            }
            return faults;
        }

        private static Instant instant(String text) {
            try {
                return Instant.parse(text).truncatedTo(ChronoUnit.SECONDS);
            } catch (DateTimeException e) {
                throw new IllegalArgumentException("known-since is no instant: " + text, e);
            }
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
    private final List<SlavePty> ptys;
    private final Optional<RadioStreet> radio;

    private Simulator(List<SlavePort> ports, List<SlavePty> ptys, Optional<RadioStreet> radio) {
        this.ports = ports;
        this.ptys = ptys;
        this.radio = radio;
    }

    /** Starts what a settings file describes. */
    public static Simulator start(Settings settings) throws IOException {
        return start(Street.of(settings));
    }

    static Simulator start(Street street) throws IOException {
        Memory memory = new Memory(street.memory());
        List<SlavePort> ports = new ArrayList<>();
        List<SlavePty> ptys = new ArrayList<>();
        for (int i = 0; i < street.ports().size(); i++) {
            List<SlaveMeter> meters = new ArrayList<>();
            for (int address = 1; address <= street.metersAt(i); address++) {
                Content content = street.cast().meter(street, memory, i, address, street.first(i) + address - 1);
                meters.add(new SlaveMeter(address, content));
            }
            SlaveBus bus = new SlaveBus(meters);
            street.faults()
                    .forEach((address, fault) -> meters.stream()
                            .filter(meter -> meter.address() == address)
                            .forEach(meter -> meter.fails(fault)));
            ports.add(SlavePort.open(street.host(), street.ports().get(i), bus));
            if (i < street.ptys().size()) {
                ptys.add(SlavePty.open(street.ptys().get(i), (in, out) -> bus.serve(in, out, () -> 0)));
            }
        }
        Optional<RadioStreet> radio = Optional.empty();
        if (street.air().isPresent()) {
            Air air = street.air().get();
            radio = Optional.of(RadioStreet.open(air.link(), air.meters(), air.every(), street.clock()));
        }
        return new Simulator(ports, ptys, radio);
    }

    /** The ports in the order of the settings, as they really are. */
    public List<Integer> ports() {
        return ports.stream().map(SlavePort::port).toList();
    }

    @Override
    public void close() {
        radio.ifPresent(RadioStreet::close);
        ptys.forEach(SlavePty::close);
        ports.forEach(SlavePort::close);
    }

    /** As the city calls a simulated meter. */
    static String name(int id) {
        return "hmn-%08d".formatted(id);
    }
}
