package city.hamana.gateway.wifi;

import city.hamana.gateway.simulator.Simulator;
import city.hamana.link.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Simulated agents on loopback, and the settings of a gateway that asks them. */
final class Site {
    private final Path dir;

    Site(Path dir) {
        this.dir = dir;
    }

    /** A file in the site's folder. */
    Path file(String name) {
        return dir.resolve(name);
    }

    /** An agent named hall that plays these lines. */
    Simulator playing(String capture, String... settings) throws IOException {
        Files.writeString(file("hall.snmprec"), capture);
        return simulator("hall-capture=hall.snmprec\n" + String.join("\n", settings));
    }

    /** An agent named hall with these settings. */
    Simulator simulator(String settings) throws IOException {
        return Simulator.start(
                Settings.read(Files.writeString(file("simulator.properties"), "agents=hall\n" + settings)));
    }

    /** Settings of a gateway; the secrets file is for its owner alone. */
    WifiSettings settings(String text, String secrets) throws IOException {
        Path file = file("edge-gateway.secrets");
        Files.deleteIfExists(file);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, secrets);
        Settings settings = Settings.read(Files.writeString(file("gateway.properties"), text));
        WifiSettings read = WifiSettings.read(settings);
        settings.done();
        return read;
    }

    /** A gateway's view of an agent on a port, over SNMPv2c, quick to give up. */
    WifiSettings v2c(int port) throws IOException {
        return settings("""
                access-points=hall
                hall-address=udp://127.0.0.1:%d
                hall-version=2c
                snmp-timeout-ms=1000
                snmp-poll-every-ms=100
                """.formatted(port), "hall-community=SIMULATED\n");
    }

    static AccessPoint accessPoint(WifiSettings settings) {
        return new AccessPoint(settings.accessPoints().getFirst(), settings.patience(), new Vendors());
    }

    /** What an agent on a port says now. */
    Optional<Snapshot> ask(int port) throws IOException {
        return accessPoint(v2c(port)).ask(Instant.now());
    }

    static List<Part> parts(Snapshot snapshot, PartKind kind) {
        return snapshot.parts().stream().filter(part -> part.kind() == kind).toList();
    }
}
