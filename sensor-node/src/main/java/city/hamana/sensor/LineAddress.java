package city.hamana.sensor;

import city.hamana.link.Settings;
import city.hamana.sensor.device.ModbusLine;
import city.hamana.sensor.device.NumberType;
import city.hamana.sensor.device.Register;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.Set;

/** Modbus lines and registers as settings name them. */
final class LineAddress {
    private static final Set<String> PARITIES = Set.of("none", "even", "odd");

    private LineAddress() {}

    /** Reads {@code NAME-address}, {@code NAME-baud} and {@code NAME-parity}. */
    static ModbusLine.Address of(Settings settings, String name) {
        URI address = settings.uri(name + "-address");
        if ("tcp".equals(address.getScheme()) && address.getHost() != null && address.getPort() > 0) {
            return new ModbusLine.Address.Tcp(InetSocketAddress.createUnresolved(address.getHost(), address.getPort()));
        } else if ("serial".equals(address.getScheme()) && address.getPath() != null) {
            return new ModbusLine.Address.Serial(
                    Path.of(address.getPath()),
                    (int) settings.number(name + "-baud", 9_600, 300, 921_600),
                    settings.parsed(name + "-parity", "none", "none, even or odd", LineAddress::parity));
        }
        throw new IllegalArgumentException(
                name + "-address is neither tcp://HOST:PORT nor serial:///dev/NAME: " + address);
    }

    /** Reads {@code NAME-register} and what it holds. */
    static Register register(Settings settings, String name, int unit, NumberType type) {
        return new Register(
                unit,
                settings.parsed(name + "-table", "input", "input or holding", LineAddress::input),
                (int) settings.number(name + "-register", 0, 0, 65_535),
                settings.choice(name + "-type", type),
                settings.yes(name + "-low-word-first", false),
                number(settings, name + "-scale", "1"));
    }

    static double number(Settings settings, String key, String otherwise) {
        return settings.parsed(key, otherwise, "a number", Double::parseDouble);
    }

    private static String parity(String text) {
        if (!PARITIES.contains(text)) {
            throw new IllegalArgumentException(text);
        }
        return text;
    }

    private static boolean input(String text) {
        return switch (text) {
            case "input" -> true;
            case "holding" -> false;
            default -> throw new IllegalArgumentException(text);
        };
    }
}
