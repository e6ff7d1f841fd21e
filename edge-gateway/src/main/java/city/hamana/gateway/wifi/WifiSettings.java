package city.hamana.gateway.wifi;

import city.hamana.link.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What the gateway's settings say of access points.
 *
 * @param accessPoints at most 64, controllers among them; empty: nothing is polled
 * @param totalsFile where the counters of octets stand, so that totals go on after a restart
 * @param pollEvery from one round to the next, in real time
 * @param patience how long one agent is waited for
 */
public record WifiSettings(
        List<AccessPointSettings> accessPoints, Path totalsFile, Duration pollEvery, Patience patience) {
    /** What city hall may set: never where an agent is, nor how it is read. */
    public static final Set<String> FROM_AFAR = Set.of("snmp-poll-every-ms", "snmp-retries", "snmp-timeout-ms");

    private static final int MOST_ACCESS_POINTS = 64;
    private static final Set<PosixFilePermission> NOT_FOR_OTHERS = Set.of(
            PosixFilePermission.GROUP_WRITE,
            PosixFilePermission.OTHERS_READ,
            PosixFilePermission.OTHERS_WRITE,
            PosixFilePermission.OTHERS_EXECUTE);

    /**
     * How long and how much.
     *
     * @param timeout for one request
     * @param retries of a request that was not answered
     * @param mostRows that are read of one table
     */
    record Patience(Duration timeout, int retries, int mostRows) {
        /** No agent is asked for longer than this in one round. */
        static final Duration WHOLE = Duration.ofSeconds(30);
    }

    /**
     * Reads the settings, and the file of secrets if any access point is named.
     *
     * @throws city.hamana.link.SettingsException or IllegalArgumentException, naming the key that cannot be used
     */
    public static WifiSettings read(Settings settings) {
        List<String> names = names(settings.text("access-points", ""));
        Path secrets = settings.path("access-point-secrets-file", "edge-gateway.secrets");
        return new WifiSettings(
                names.isEmpty() ? List.of() : accessPoints(settings, names, secrets),
                settings.path("access-point-totals-file", "access-points.totals"),
                settings.millis("snmp-poll-every-ms", 60_000, 100, 86_400_000),
                new Patience(
                        settings.millis("snmp-timeout-ms", 2_000, 50, 20_000),
                        (int) settings.number("snmp-retries", 1, 0, 5),
                        (int) settings.number("snmp-most-rows", 512, 16, 10_000)));
    }

    private static List<String> names(String list) {
        List<String> names = new ArrayList<>();
        for (String name : list.split(",")) {
            if (!name.isBlank()) {
                names.add(name.strip());
            }
        }
        if (names.size() > MOST_ACCESS_POINTS || names.stream().distinct().count() < names.size()) {
            throw new IllegalArgumentException(
                    "access-points names more than " + MOST_ACCESS_POINTS + ", or one of them twice");
        }
        return names;
    }

    private static List<AccessPointSettings> accessPoints(Settings settings, List<String> names, Path file) {
        requirePrivate(file);
        Settings secrets = Settings.read(file);
        List<AccessPointSettings> accessPoints = names.stream()
                .map(name -> AccessPointSettings.of(settings, secrets, name))
                .toList();
        secrets.done();
        return accessPoints;
    }

    private static void requirePrivate(Path file) {
        try {
            for (PosixFilePermission permission : Files.getPosixFilePermissions(file)) {
                if (NOT_FOR_OTHERS.contains(permission)) {
                    throw new IllegalArgumentException(file + " holds secrets, and others than its owner and group may"
                            + " use it: chmod 0600 " + file);
                }
            }
        } catch (IOException e) {
            throw new IllegalArgumentException("access-point-secrets-file cannot be read: " + e.getMessage(), e);
        }
    }
}
