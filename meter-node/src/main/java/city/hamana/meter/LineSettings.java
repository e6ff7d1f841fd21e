package city.hamana.meter;

import city.hamana.link.Settings;
import city.hamana.messages.DeviceId;
import city.hamana.meter.line.BusRates;
import city.hamana.meter.line.MeterAddress;
import city.hamana.meter.line.MeterBus.Wire;
import city.hamana.meter.line.RadioStick;
import city.hamana.meter.line.Replay;
import city.hamana.meter.line.Source;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** One line of the settings: where it is and which meters are on it. */
sealed interface LineSettings {
    /** Opens nothing yet; a line is opened when it is first polled. */
    Source source(LineReading reading);

    /** A level converter's TCP port. */
    record Tcp(String name, InetSocketAddress converter, List<MeterAddress> meters) implements LineSettings {
        @Override
        public Source source(LineReading reading) {
            return reading.bus(name, meters, Wire.tcp(converter));
        }
    }

    /**
     * A level converter at a serial port.
     *
     * @param readBaud at which the meters are told to talk; empty: not
     */
    record Serial(String name, Path device, int baud, OptionalInt readBaud, List<MeterAddress> meters)
            implements LineSettings {
        @Override
        public Source source(LineReading reading) {
            return reading.bus(name, meters, Wire.serial(device, baud, readBaud));
        }
    }

    /**
     * A radio stick at a serial port.
     *
     * @param meters whose telegrams are kept, by their ids; empty: those whose keys are known
     */
    record Radio(String name, Path device, RadioStick.Mode mode, Set<String> meters) implements LineSettings {
        @Override
        public Source source(LineReading reading) {
            Set<String> ours = meters.isEmpty() ? reading.keyed() : meters;
            return RadioStick.serial(name, device, mode, ours, reading.limits(), reading.roster(), reading.clock());
        }

        private static Radio of(Settings settings, String name) {
            String kind = settings.text(name + "-radio");
            if (!kind.equals(IM871A)) {
                throw new IllegalArgumentException(name + "-radio is not " + IM871A + ": " + kind);
            }
            URI address = settings.uri(name + "-address");
            if (kind(name, address) != Kind.SERIAL) {
                throw new IllegalArgumentException(name + "-address of a radio is not serial:///dev/NAME: " + address);
            }
            return new Radio(
                    name,
                    Path.of(address.getPath()),
                    settings.choice(name + "-mode", RadioStick.Mode.T1),
                    ids(settings.text(name + "-meters", "")));
        }

        private static Set<String> ids(String text) {
            return text.isEmpty()
                    ? Set.of()
                    : Arrays.stream(text.split(","))
                            .map(String::strip)
                            .map(DeviceId::check)
                            .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    /** The one kind of stick that is known. */
    String IM871A = "im871a";

    /** A file of telegrams. */
    record File(String name, Path file) implements LineSettings {
        @Override
        public Source source(LineReading reading) {
            return Replay.of(name, file, reading.roster(), reading.clock());
        }
    }

    /** The names of all lines, as {@code lines} lists them. */
    static List<String> names(Settings settings) {
        return Arrays.stream(settings.text("lines").split(","))
                .map(String::strip)
                .toList();
    }

    /** The names of those that telegrams come from: all but pulse meters. */
    static List<String> ofTelegrams(Settings settings) {
        return names(settings).stream()
                .filter(name -> settings.optional(name + "-gpio").isEmpty())
                .toList();
    }

    /** The names of those that can be searched. */
    static List<String> wired(Settings settings) {
        return ofTelegrams(settings).stream()
                .filter(name -> settings.optional(name + "-file").isEmpty())
                .filter(name -> settings.optional(name + "-radio").isEmpty())
                .toList();
    }

    /**
     * Reads {@code NAME-file}; or {@code NAME-radio}, {@code NAME-address}, {@code NAME-mode} and {@code NAME-meters}; or
     * {@code NAME-address}, {@code NAME-meters}, {@code NAME-baud} and {@code NAME-read-baud}.
     *
     * @throws IllegalArgumentException naming the key that cannot be used
     */
    static LineSettings of(Settings settings, String name) {
        if (settings.optional(name + "-file").isPresent()) {
            return new File(name, settings.path(name + "-file"));
        }
        if (settings.optional(name + "-radio").isPresent()) {
            return Radio.of(settings, name);
        }
        URI address = settings.uri(name + "-address");
        List<MeterAddress> meters = meters(name + "-meters", settings.text(name + "-meters"));
        return switch (kind(name, address)) {
            case TCP -> new Tcp(name, converter(address), meters);
            case SERIAL ->
                new Serial(name, Path.of(address.getPath()), baud(settings, name), readBaud(settings, name), meters);
        };
    }

    /** Where a wired line is; its meters need not be known. */
    static Wire wire(Settings settings, String name) {
        URI address = settings.uri(name + "-address");
        return switch (kind(name, address)) {
            case TCP -> Wire.tcp(converter(address));
            case SERIAL -> Wire.serial(Path.of(address.getPath()), baud(settings, name), OptionalInt.empty());
        };
    }

    /** What an address leads to. */
    enum Kind {
        TCP,
        SERIAL
    }

    private static Kind kind(String name, URI address) {
        if ("tcp".equals(address.getScheme()) && address.getHost() != null && address.getPort() > 0) {
            return Kind.TCP;
        }
        if ("serial".equals(address.getScheme()) && address.getPath() != null) {
            return Kind.SERIAL;
        }
        throw new IllegalArgumentException(
                name + "-address is neither tcp://HOST:PORT nor serial:///dev/NAME: " + address);
    }

    private static InetSocketAddress converter(URI address) {
        return InetSocketAddress.createUnresolved(address.getHost(), address.getPort());
    }

    private static int baud(Settings settings, String name) {
        return (int) settings.number(name + "-baud", 2_400, 300, 115_200);
    }

    private static OptionalInt readBaud(Settings settings, String name) {
        String key = name + "-read-baud";
        if (settings.optional(key).isEmpty()) {
            return OptionalInt.empty();
        }
        int wanted = (int) settings.number(key, 2_400, 300, 9_600);
        if (!BusRates.known(wanted)) {
            throw new IllegalArgumentException(key + " is none of " + BusRates.ALL + ": " + wanted);
        }
        return OptionalInt.of(wanted);
    }

    private static List<MeterAddress> meters(String key, String text) {
        try {
            return MeterAddress.list(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(key + ": " + e.getMessage(), e);
        }
    }
}
