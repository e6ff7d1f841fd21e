package city.hamana.sensor;

import city.hamana.link.NodeProgram;
import city.hamana.link.Settings;
import city.hamana.sensor.device.ModbusLine;
import city.hamana.sensor.simulator.Story;
import java.time.Duration;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The node's settings file, read once at start. Every key stands in the module's README.
 *
 * @param lines Modbus lines by name
 * @param answerTimeout how long a Modbus device may take
 * @param road what is watched; empty: nothing, the node has analysers only
 * @param analyserPoll pause between an analyser's readings, by the city's clock
 * @param simulated the story that a SIMULATED Pi follows; empty: the Pi is real
 */
record SensorSettings(
        Map<String, ModbusLine.Address> lines,
        Duration answerTimeout,
        Optional<RoadSettings> road,
        List<AnalyserSettings> analysers,
        Duration analyserPoll,
        ZoneId zone,
        Optional<Story> simulated,
        NodeProgram.Options program) {
    /** What city hall may set; see {@link city.hamana.link.SettingsKeeper}. */
    static final Set<String> FROM_AFAR = NodeProgram.Options.fromAfar(Set.of(
            "analyser-poll-ms",
            "answer-timeout-ms",
            "caution-mm",
            "clear-after-s",
            "close-mm",
            "dry-every-ms",
            "hysteresis-mm",
            "rise-within-s",
            "siren-for-s",
            "tolerance-mm",
            "wet-every-ms"));

    private static final int MOST = 16;

    /**
     * Reads the settings.
     *
     * @throws city.hamana.link.SettingsException or IllegalArgumentException, naming the key that cannot be used
     */
    static SensorSettings read(Settings settings) {
        SensorSettings read = new SensorSettings(
                lines(settings),
                settings.millis("answer-timeout-ms", 1_000, 50, 3_000),
                RoadSettings.of(settings),
                names(settings, "analysers").stream()
                        .map(name -> AnalyserSettings.of(settings, name))
                        .toList(),
                settings.millis("analyser-poll-ms", 60_000, 100, 86_400_000),
                settings.zone("city-time-zone", "Asia/Tokyo"),
                story(settings),
                NodeProgram.Options.of(settings));
        settings.done();
        read.check();
        return read;
    }

    /** Names by comma, 16 at most, each once. */
    static List<String> names(Settings settings, String key) {
        List<String> names = settings.optional(key)
                .map(text -> List.of(text.split("\\s*,\\s*")))
                .orElse(List.of());
        if (names.size() > MOST || Set.copyOf(names).size() < names.size()) {
            throw new IllegalArgumentException(key + " names more than " + MOST + ", or one twice");
        }
        return names;
    }

    private void check() {
        if (road.isEmpty() && analysers.isEmpty()) {
            throw new IllegalArgumentException("neither place nor analysers is set: there is nothing to do");
        }
        road.stream()
                .flatMap(r -> r.gauges().stream())
                .flatMap(g -> g.line().stream())
                .forEach(this::checkLine);
        analysers.forEach(a -> checkLine(a.line()));
    }

    private void checkLine(String line) {
        if (!lines.containsKey(line)) {
            throw new IllegalArgumentException("line " + line + " is not among lines: " + lines.keySet());
        }
    }

    private static Map<String, ModbusLine.Address> lines(Settings settings) {
        Map<String, ModbusLine.Address> lines = new LinkedHashMap<>();
        for (String name : names(settings, "lines")) {
            lines.put(name, LineAddress.of(settings, name));
        }
        return lines;
    }

    private static Optional<Story> story(Settings settings) {
        boolean mock = settings.parsed("pi", "real", "real or mock", text -> switch (text) {
            case "real" -> false;
            case "mock" -> true;
            default -> throw new IllegalArgumentException(text);
        });
        return mock ? Optional.of(Story.of(settings)) : Optional.empty();
    }
}
