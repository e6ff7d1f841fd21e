package city.hamana.sensor;

import city.hamana.link.Settings;
import city.hamana.messages.DeviceId;
import city.hamana.messages.v1.SignAspect;
import city.hamana.sensor.device.GpioBoard.Lamp;
import city.hamana.sensor.device.GpioBoard.Use;
import city.hamana.sensor.level.Rules;
import com.pi4j.io.gpio.digital.DigitalState;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * The road of the settings: its gauges, its float switch, its sign.
 *
 * @param place id of the samples of the road itself, and of its sign
 * @param floatGpio BCM number; empty: no float switch
 * @param floatLifted the input's state when the float is lifted
 * @param commandFile where the last command is kept
 */
record RoadSettings(
        String place,
        List<GaugeSettings> gauges,
        OptionalInt floatGpio,
        DigitalState floatLifted,
        List<Lamp> lamps,
        SignAspect failSafe,
        Duration sirenFor,
        Path commandFile,
        Rules rules) {
    private static final int MOST_GPIO = 53;

    /** Reads the road; empty where {@code place} is not set. */
    static Optional<RoadSettings> of(Settings settings) {
        return settings.optional("place").map(place -> read(settings, DeviceId.check(place)));
    }

    private static RoadSettings read(Settings settings, String place) {
        List<GaugeSettings> gauges = SensorSettings.names(settings, "gauges").stream()
                .map(name -> GaugeSettings.of(settings, name))
                .toList();
        if (gauges.isEmpty() || gauges.stream().anyMatch(g -> g.name().equals(place))) {
            throw new IllegalArgumentException("gauges names none, or one that is called as the place is");
        }
        return new RoadSettings(
                place,
                gauges,
                gpio(settings, "float-gpio"),
                state(settings, "float-lifted", "high"),
                Stream.of(Use.values())
                        .flatMap(use -> lamp(settings, use).stream())
                        .toList(),
                settings.parsed("fail-safe-aspect", "caution", "caution or closed", RoadSettings::failSafe),
                seconds(settings, "siren-for-s", 180),
                settings.path("command-file", "sign-command"),
                rules(settings));
    }

    private static SignAspect failSafe(String text) {
        return switch (text) {
            case "caution" -> SignAspect.SIGN_ASPECT_CAUTION;
            case "closed" -> SignAspect.SIGN_ASPECT_CLOSED;
            default -> throw new IllegalArgumentException(text);
        };
    }

    private static Optional<Lamp> lamp(Settings settings, Use use) {
        String name = use.name().toLowerCase(Locale.ROOT);
        OptionalInt gpio = gpio(settings, name + "-gpio");
        DigitalState on = state(settings, name + "-on", use == Use.CAUTION ? "low" : "high");
        return gpio.isEmpty() ? Optional.empty() : Optional.of(new Lamp(use, gpio.getAsInt(), on));
    }

    private static OptionalInt gpio(Settings settings, String key) {
        return settings.optional(key).isEmpty()
                ? OptionalInt.empty()
                : OptionalInt.of((int) settings.number(key, 0, 0, MOST_GPIO));
    }

    private static DigitalState state(Settings settings, String key, String otherwise) {
        return settings.parsed(key, otherwise, "high or low", text -> switch (text) {
            case "high" -> DigitalState.HIGH;
            case "low" -> DigitalState.LOW;
            default -> throw new IllegalArgumentException(text);
        });
    }

    private static Rules rules(Settings settings) {
        Rules usual = Rules.USUAL;
        return new Rules(
                millimetres(settings, "caution-mm", usual.cautionMm()),
                millimetres(settings, "close-mm", usual.closeMm()),
                millimetres(settings, "hysteresis-mm", usual.hysteresisMm()),
                seconds(settings, "clear-after-s", usual.clearAfter().toSeconds()),
                millimetres(settings, "wet-mm", usual.wetMm()),
                settings.millis("dry-every-ms", usual.dryEvery().toMillis(), 1_000, 60_000),
                settings.millis("wet-every-ms", usual.wetEvery().toMillis(), 1_000, 60_000),
                seconds(settings, "wet-for-s", usual.wetFor().toSeconds()),
                usual.confirmEvery(),
                millimetres(settings, "step-mm", usual.stepMm()),
                millimetres(settings, "jump-mm", usual.jumpMm()),
                seconds(settings, "doubt-for-s", usual.doubtFor().toSeconds()),
                millimetres(settings, "tolerance-mm", usual.toleranceMm()),
                (int) settings.number("silent-after-readings", usual.silentAfter(), 1, 10),
                seconds(settings, "rise-within-s", usual.riseWithin().toSeconds()),
                millimetres(settings, "rise-least-mm-per-min", usual.riseLeastMmPerMinute()),
                millimetres(settings, "rise-from-mm", usual.riseFromMm()),
                seconds(settings, "stuck-after-s", usual.stuckAfter().toSeconds()));
    }

    private static int millimetres(Settings settings, String key, int otherwise) {
        return (int) settings.number(key, otherwise, 1, 5_000);
    }

    private static Duration seconds(Settings settings, String key, long otherwise) {
        return Duration.ofSeconds(settings.number(key, otherwise, 0, 7 * 86_400));
    }
}
