package city.hamana.meter;

import city.hamana.link.Settings;
import city.hamana.messages.DeviceId;
import city.hamana.meter.line.Roster;
import city.hamana.meter.line.Schedule;
import city.hamana.meter.pulse.Pi4jWiring;
import city.hamana.meter.pulse.PulseMeter;
import city.hamana.meter.simulator.SimulatedPins;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The pulse meters of the settings.
 *
 * @param folder where their counts are kept
 * @param simulatedEvery how often SIMULATED contacts shut; zero: the contacts are real
 */
record PulseSettings(List<PulseMeter.Options> meters, Path folder, Duration simulatedEvery) {
    private static final int HIGHEST_PIN = 63;
    private static final long MOST_LITRES = 1_000_000_000_000L;
    private static final BigDecimal MOST_LITRES_PER_PULSE = BigDecimal.valueOf(10_000);
    private static final int MILLILITRES = 3;

    /** Reads {@code NAME-gpio}, {@code NAME-meter} and what belongs to them, of every line that has a pin. */
    static PulseSettings of(Settings settings) {
        List<PulseMeter.Options> meters = new ArrayList<>();
        for (String name : LineSettings.names(settings)) {
            if (settings.optional(name + "-gpio").isPresent()) {
                meters.add(meter(settings, name));
            }
        }
        if (meters.stream().map(PulseMeter.Options::meter).distinct().count() < meters.size()
                || meters.stream().map(PulseMeter.Options::pin).distinct().count() < meters.size()) {
            throw new IllegalArgumentException("two pulse meters have the same -meter or the same -gpio");
        }
        return new PulseSettings(
                List.copyOf(meters),
                settings.path("pulses-dir", "pulses"),
                settings.millis("simulated-pulse-ms", 0, 0, 86_400_000));
    }

    /** Begins to count on all of them; one whose pin or count cannot be had is told of and left out. */
    List<PulseMeter> open(Schedule schedule, Roster roster) {
        if (meters.isEmpty()) {
            return List.of();
        }
        PulseMeter.Wiring wiring =
                simulatedEvery.isZero() ? Pi4jWiring.ofThisMachine() : SimulatedPins.running(simulatedEvery);
        return meters.stream()
                .flatMap(options -> PulseMeter.open(options, folder, wiring, schedule, roster).stream())
                .toList();
    }

    private static PulseMeter.Options meter(Settings settings, String name) {
        return new PulseMeter.Options(
                name,
                (int) settings.number(name + "-gpio", 0, 0, HIGHEST_PIN),
                DeviceId.check(settings.text(name + "-meter")),
                settings.parsed(name + "-litres-per-pulse", "1", "litres, 0.001 to 10000", PulseSettings::millilitres),
                1_000 * settings.number(name + "-start-litres", 0, 0, MOST_LITRES),
                settings.millis(name + "-debounce-ms", 20, 1, 5_000));
    }

    private static long millilitres(String litres) {
        BigDecimal number = new BigDecimal(litres);
        if (number.signum() <= 0 || number.compareTo(MOST_LITRES_PER_PULSE) > 0 || number.scale() > MILLILITRES) {
            throw new IllegalArgumentException();
        }
        return number.movePointRight(MILLILITRES).longValueExact();
    }
}
