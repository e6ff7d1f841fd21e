package city.hamana.meter;

import city.hamana.link.Counters;
import city.hamana.link.NodeProgram;
import city.hamana.link.Settings;
import city.hamana.meter.line.MeterBus.Limits;
import city.hamana.meter.line.Source;
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
 */
record NodeSettings(
        ZoneId zone, Duration pollEvery, Limits limits, List<LineSettings> lines, NodeProgram.Options program) {
    /** What city hall may set; see {@link city.hamana.link.SettingsKeeper}. */
    static final Set<String> FROM_AFAR = NodeProgram.Options.fromAfar(
            Set.of("answer-timeout-ms", "byte-timeout-ms", "line-retries", "poll-every-ms", "silent-retry-ms"));

    private static final int MOST_LINES = 16;

    /**
     * Reads the settings.
     *
     * @throws city.hamana.link.SettingsException or IllegalArgumentException, naming the key that cannot be used
     */
    static NodeSettings read(Settings settings) {
        NodeSettings read = new NodeSettings(
                settings.zone("meter-time-zone", "Asia/Tokyo"),
                settings.millis("poll-every-ms", 300_000, 10, 86_400_000),
                limits(settings),
                lines(settings),
                NodeProgram.Options.of(settings));
        settings.done();
        return read;
    }

    List<Source> sources(Counters counters) {
        return lines.stream()
                .map(line -> line.source(limits, counters, program.clock().clock()))
                .toList();
    }

    private static Limits limits(Settings settings) {
        return new Limits(
                settings.millis("answer-timeout-ms", 1_000, 50, 60_000),
                settings.millis("byte-timeout-ms", 200, 5, 10_000),
                (int) settings.number("line-retries", 2, 0, 10),
                settings.millis("silent-retry-ms", 30_000, 10, 3_600_000));
    }

    private static List<LineSettings> lines(Settings settings) {
        List<LineSettings> lines = new ArrayList<>();
        for (String name : settings.text("lines").split(",")) {
            lines.add(LineSettings.of(settings, name.strip()));
        }
        if (lines.size() > MOST_LINES) {
            throw new IllegalArgumentException("lines names more than " + MOST_LINES);
        }
        return List.copyOf(lines);
    }
}
