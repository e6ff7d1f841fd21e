package city.hamana.meter;

import city.hamana.link.Counters;
import city.hamana.link.Settings;
import city.hamana.meter.line.MeterBus;
import city.hamana.meter.line.MeterBus.Limits;
import city.hamana.meter.line.Replay;
import city.hamana.meter.line.Source;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/** One line of the settings: where it is and which meters are on it. */
sealed interface LineSettings {
    /** Opens nothing yet; a line is opened when it is first polled. */
    Source source(Limits limits, Counters counters, Clock clock);

    /** A level converter's TCP port. */
    record Tcp(String name, InetSocketAddress converter, List<Integer> meters) implements LineSettings {
        @Override
        public Source source(Limits limits, Counters counters, Clock clock) {
            return MeterBus.tcp(name, converter, meters, limits, counters, clock);
        }
    }

    /** A level converter at a serial port. */
    record Serial(String name, Path device, int baud, List<Integer> meters) implements LineSettings {
        @Override
        public Source source(Limits limits, Counters counters, Clock clock) {
            return MeterBus.serial(name, device, baud, meters, limits, counters, clock);
        }
    }

    /** A file of telegrams. */
    record File(String name, Path file) implements LineSettings {
        @Override
        public Source source(Limits limits, Counters counters, Clock clock) {
            return Replay.of(name, file, counters, clock);
        }
    }

    /**
     * Reads {@code NAME-address}, {@code NAME-meters} and {@code NAME-baud}, or {@code NAME-file}.
     *
     * @throws IllegalArgumentException naming the key that cannot be used
     */
    static LineSettings of(Settings settings, String name) {
        if (settings.optional(name + "-file").isPresent()) {
            return new File(name, settings.path(name + "-file"));
        }
        URI address = settings.uri(name + "-address");
        List<Integer> meters = meters(name + "-meters", settings.text(name + "-meters"));
        if ("tcp".equals(address.getScheme()) && address.getHost() != null && address.getPort() > 0) {
            return new Tcp(name, InetSocketAddress.createUnresolved(address.getHost(), address.getPort()), meters);
        }
        if ("serial".equals(address.getScheme()) && address.getPath() != null) {
            int baud = (int) settings.number(name + "-baud", 2_400, 300, 115_200);
            return new Serial(name, Path.of(address.getPath()), baud, meters);
        }
        throw new IllegalArgumentException(
                name + "-address is neither tcp://HOST:PORT nor serial:///dev/NAME: " + address);
    }

    private static List<Integer> meters(String key, String text) {
        List<Integer> meters = new ArrayList<>();
        for (String range : text.split(",")) {
            String[] ends = range.strip().split("-", 2);
            int first = address(key, ends[0]);
            int last = address(key, ends[ends.length - 1]);
            for (int address = first; address <= last; address++) {
                meters.add(address);
            }
        }
        if (meters.isEmpty()
                || meters.size() > 250
                || meters.stream().distinct().count() < meters.size()) {
            throw new IllegalArgumentException(key + " names no meter, more than 250, or one twice");
        }
        return List.copyOf(meters);
    }

    private static int address(String key, String text) {
        if (!text.matches("[0-9]{1,3}") || Integer.parseInt(text) > 254) {
            throw new IllegalArgumentException(key + " is not a list of primary addresses 0 to 254: " + text);
        }
        return Integer.parseInt(text);
    }
}
