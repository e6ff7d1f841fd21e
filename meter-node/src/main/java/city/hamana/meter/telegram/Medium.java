package city.hamana.meter.telegram;

import java.util.Map;

/** Device types of EN 13757-7. */
final class Medium {
    private static final Map<Integer, String> NAMES = Map.ofEntries(
            Map.entry(0x00, "other"),
            Map.entry(0x01, "oil"),
            Map.entry(0x02, "electricity"),
            Map.entry(0x03, "gas"),
            Map.entry(0x04, "heat (outlet)"),
            Map.entry(0x05, "steam"),
            Map.entry(0x06, "warm water"),
            Map.entry(0x07, "water"),
            Map.entry(0x08, "heat cost allocator"),
            Map.entry(0x09, "compressed air"),
            Map.entry(0x0A, "cooling (outlet)"),
            Map.entry(0x0B, "cooling (inlet)"),
            Map.entry(0x0C, "heat (inlet)"),
            Map.entry(0x0D, "heat and cooling"),
            Map.entry(0x0E, "bus or system"),
            Map.entry(0x0F, "unknown"),
            Map.entry(0x14, "calorific value"),
            Map.entry(0x15, "hot water"),
            Map.entry(0x16, "cold water"),
            Map.entry(0x17, "hot and cold water"),
            Map.entry(0x18, "pressure"),
            Map.entry(0x19, "a/d converter"),
            Map.entry(0x1A, "smoke detector"),
            Map.entry(0x1B, "room sensor"),
            Map.entry(0x1C, "gas detector"),
            Map.entry(0x20, "breaker (electricity)"),
            Map.entry(0x21, "valve (gas or water)"),
            Map.entry(0x25, "customer unit"),
            Map.entry(0x28, "waste water"),
            Map.entry(0x29, "garbage"),
            Map.entry(0x31, "communication controller"),
            Map.entry(0x32, "unidirectional repeater"),
            Map.entry(0x33, "bidirectional repeater"),
            Map.entry(0x36, "radio converter (system side)"),
            Map.entry(0x37, "radio converter (meter side)"));

    private Medium() {}

    static boolean known(int medium) {
        return NAMES.containsKey(medium);
    }

    static String name(int medium) {
        return NAMES.getOrDefault(medium, "reserved %02X".formatted(medium));
    }

    /** Whether a device of this type exists to tell a volume of water; radio converters stand before water meters. */
    static boolean water(int medium) {
        return switch (medium) {
            case 0x06, 0x07, 0x15, 0x16, 0x17, 0x28, 0x37 -> true;
            default -> false;
        };
    }
}
