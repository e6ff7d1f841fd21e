package city.hamana.gateway;

import city.hamana.gateway.wifi.WifiSettings;
import city.hamana.link.ClockWatch;
import city.hamana.link.Journal;
import city.hamana.link.ParentWatch;
import city.hamana.link.Settings;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * The gateway's settings file, read once at start. Every key stands in the module's README.
 *
 * @param broker which MQTT broker serves the nodes
 * @param cityAddress {@code https://host:port} of the aggregator's device listener
 */
record GatewaySettings(
        Path identityDir,
        Optional<URI> estAddress,
        Path journalFile,
        Journal.Options journal,
        long flashBudgetBytes,
        BrokerKind broker,
        String brokerHost,
        int brokerPort,
        Path brokerDir,
        String mosquittoProgram,
        URI cityAddress,
        Duration heartbeatEvery,
        Duration uploadTimeout,
        Duration backoffMost,
        int batchBlocks,
        long batchBytes,
        WifiSettings wifi,
        ClockWatch clock,
        boolean exitWithParent) {
    /** What city hall may set; see {@link city.hamana.link.SettingsKeeper}. */
    static final Set<String> FROM_AFAR = fromAfar();

    enum BrokerKind {
        EMBEDDED,
        MOSQUITTO
    }

    private static Set<String> fromAfar() {
        Set<String> keys = new HashSet<>(WifiSettings.FROM_AFAR);
        keys.addAll(Set.of(
                "backoff-most-ms",
                "batch-blocks",
                "batch-bytes",
                "city-address",
                "est-address",
                "flash-budget-bytes-per-day",
                "heartbeat-every-ms",
                "journal-quota-bytes",
                "journal-retain-bytes",
                "upload-timeout-ms"));
        return Set.copyOf(keys);
    }

    static GatewaySettings read(Settings settings) {
        GatewaySettings read = new GatewaySettings(
                settings.path("identity-dir"),
                settings.optionalUri("est-address"),
                settings.path("journal-file", "journal.db"),
                Journal.Options.of(settings, 4L << 30),
                settings.number("flash-budget-bytes-per-day", 1L << 30, 1 << 20, 1L << 40),
                settings.choice("broker", BrokerKind.EMBEDDED),
                settings.text("broker-host", "127.0.0.1"),
                (int) settings.number("broker-port", 8883, 1, 65_535),
                settings.path("broker-dir", "broker"),
                settings.text("mosquitto-program", "mosquitto"),
                settings.uri("city-address"),
                settings.millis("heartbeat-every-ms", 10_000, 100, 600_000),
                settings.millis("upload-timeout-ms", 60_000, 1_000, 600_000),
                settings.millis("backoff-most-ms", 300_000, 500, 3_600_000),
                (int) settings.number("batch-blocks", 512, 1, 4_096),
                settings.number("batch-bytes", 2 << 20, 1_024, 6 << 20),
                WifiSettings.read(settings),
                ClockWatch.of(settings),
                ParentWatch.wanted(settings));
        settings.done();
        return read;
    }
}
