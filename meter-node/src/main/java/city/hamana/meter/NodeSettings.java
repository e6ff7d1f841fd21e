package city.hamana.meter;

import city.hamana.link.NodeProgram;
import city.hamana.link.Settings;
import city.hamana.meter.line.MeterBus.Limits;
import city.hamana.meter.line.Roster;
import city.hamana.meter.line.Schedule;
import city.hamana.meter.line.Source;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The node's settings file, read once at start. Every key stands in the module's README.
 *
 * @param zone in which the meters tell the time
 * @param pollEvery pause between rounds when no meter has more to tell, in real time
 * @param readEvery distance of a meter's readings, by the city's clock; zero: as often as there is a round
 * @param readSpread over how much of that the readings are spread
 */
record NodeSettings(
        ZoneId zone,
        Duration pollEvery,
        Duration readEvery,
        Duration readSpread,
        Limits limits,
        List<LineSettings> lines,
        PulseSettings pulses,
        Path keysFile,
        NodeProgram.Options program) {
    /** What city hall may set; see {@link city.hamana.link.SettingsKeeper}. */
    static final Set<String> FROM_AFAR = NodeProgram.Options.fromAfar(Set.of(
            "answer-timeout-ms",
            "byte-timeout-ms",
            "line-retries",
            "poll-every-ms",
            "read-every-s",
            "read-spread-s",
            "silent-retry-ms"));

    private static final int MOST_LINES = 16;
    private static final long HOUR_S = 3_600;
    private static final long SPREAD_S = 600;

    /**
     * Reads the settings.
     *
     * @throws city.hamana.link.SettingsException or IllegalArgumentException, naming the key that cannot be used
     */
    static NodeSettings read(Settings settings) {
        NodeSettings read = new NodeSettings(
                settings.zone("meter-time-zone", "Asia/Tokyo"),
                settings.millis("poll-every-ms", 1_000, 10, 86_400_000),
                Duration.ofSeconds(settings.number("read-every-s", HOUR_S, 0, 86_400)),
                spread(settings),
                limits(settings),
                lines(settings),
                PulseSettings.of(settings),
                settings.path("keys-file", "meter-keys"),
                NodeProgram.Options.of(settings));
        settings.done();
        return read;
    }

    List<Source> sources(Roster roster, MeterKeys keys) {
        LineReading reading = new LineReading(
                limits, schedule(), keys.meters(), roster, program.clock().clock());
        return lines.stream().map(line -> line.source(reading)).toList();
    }

    /** Where the meters' keys are. */
    MeterKeys.Place keys() {
        return new MeterKeys.Place(keysFile, program.identityDir().resolve("meter-keys.secret"));
    }

    /** When meters are read, by the city's clock. */
    Schedule schedule() {
        return new Schedule(readEvery, readSpread, program.clock().clock());
    }

    static Limits limits(Settings settings) {
        return new Limits(
                settings.millis("answer-timeout-ms", 1_000, 50, 60_000),
                settings.millis("byte-timeout-ms", 200, 5, 10_000),
                (int) settings.number("line-retries", 2, 0, 10),
                settings.millis("silent-retry-ms", 30_000, 10, 3_600_000));
    }

    private static Duration spread(Settings settings) {
        long every = settings.number("read-every-s", HOUR_S, 0, 86_400);
        return Duration.ofSeconds(settings.number("read-spread-s", Math.min(SPREAD_S, every), 0, every));
    }

    private static List<LineSettings> lines(Settings settings) {
        List<LineSettings> lines = new ArrayList<>();
        for (String name : LineSettings.ofTelegrams(settings)) {
            lines.add(LineSettings.of(settings, name));
        }
        if (LineSettings.names(settings).size() > MOST_LINES) {
            throw new IllegalArgumentException("lines names more than " + MOST_LINES);
        }
        return List.copyOf(lines);
    }
}
