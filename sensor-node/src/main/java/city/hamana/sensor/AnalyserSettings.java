package city.hamana.sensor;

import city.hamana.link.Settings;
import city.hamana.messages.AnalyserCondition;
import city.hamana.messages.DeviceId;
import city.hamana.messages.Quantity;
import city.hamana.sensor.analyser.Channel;
import city.hamana.sensor.analyser.Duties;
import city.hamana.sensor.device.NumberType;
import city.hamana.sensor.device.Register;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** An analyser of the settings; its name is the id of its samples. */
record AnalyserSettings(String name, String line, int unit, List<Channel> channels, Duties duties, int frozenAfter) {
    /** Reads {@code NAME-line}, {@code NAME-unit}, {@code NAME-values} and all that belongs to each value. */
    static AnalyserSettings of(Settings settings, String name) {
        DeviceId.check(name);
        int unit = (int) settings.number(name + "-unit", 1, 0, 255);
        List<Channel> channels = SensorSettings.names(settings, name + "-values").stream()
                .map(value -> channel(settings, name, unit, value))
                .toList();
        if (channels.isEmpty()) {
            throw new IllegalArgumentException(name + "-values is missing");
        }
        return new AnalyserSettings(
                name, settings.text(name + "-line"), unit, channels, duties(settings, name, unit), (int)
                        settings.number(name + "-frozen-after-readings", 360, 0, 100_000));
    }

    private static Channel channel(Settings settings, String name, int unit, String value) {
        Quantity quantity = Quantity.ofCode(value)
                .orElseThrow(() -> new IllegalArgumentException(name + "-values: " + value + " is no quantity"));
        Usual usual = Usual.of(name, quantity);
        String key = name + "-" + value;
        OptionalDouble deadAt = settings.yes(key + "-zero-is-fault", quantity == Quantity.FREE_CHLORINE)
                ? OptionalDouble.of(0)
                : OptionalDouble.empty();
        return new Channel(
                quantity,
                LineAddress.register(settings, key, unit, NumberType.FLOAT32),
                LineAddress.number(settings, key + "-lowest", usual.lowest()),
                LineAddress.number(settings, key + "-highest", usual.highest()),
                usual.decimals(),
                deadAt);
    }

    /** What analysers of drinking water commonly measure. */
    private record Usual(String lowest, String highest, int decimals) {
        static Usual of(String name, Quantity quantity) {
            return switch (quantity) {
                case FREE_CHLORINE -> new Usual("0", "5", 3);
                case TURBIDITY -> new Usual("0", "100", 4);
                case PH -> new Usual("2", "12", 3);
                case TEMPERATURE -> new Usual("-5", "50", 2);
                default ->
                    throw new IllegalArgumentException(
                            name + "-values: " + quantity.code() + " is nothing that an analyser measures");
            };
        }
    }

    private static Duties duties(Settings settings, String name, int unit) {
        Map<AnalyserCondition, Long> bits = new EnumMap<>(AnalyserCondition.class);
        for (AnalyserCondition condition : List.of(
                AnalyserCondition.SENSOR_FAULT,
                AnalyserCondition.CALIBRATION_DUE,
                AnalyserCondition.NO_SAMPLE_FLOW,
                AnalyserCondition.MAINTENANCE)) {
            String key = name + "-" + condition.code() + "-bits";
            bits.put(condition, settings.parsed(key, "0", "a mask such as 0x0004", Long::decode));
        }
        return new Duties(
                register(settings, name + "-status", unit, NumberType.UINT16),
                bits,
                register(settings, name + "-flow", unit, NumberType.FLOAT32),
                LineAddress.number(settings, name + "-least-flow", "0.05"),
                register(settings, name + "-time", unit, NumberType.UINT32),
                settings.optional(name + "-calibrated-on")
                        .map(day -> settings.parsed(name + "-calibrated-on", day, "a day", LocalDate::parse)),
                (int) settings.number(name + "-calibration-days", 30, 0, 3_650));
    }

    private static Optional<Register> register(Settings settings, String name, int unit, NumberType type) {
        return settings.optional(name + "-register").map(any -> LineAddress.register(settings, name, unit, type));
    }
}
