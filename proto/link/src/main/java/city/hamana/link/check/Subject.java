package city.hamana.link.check;

import city.hamana.link.ClockWatch;
import city.hamana.link.NodeProgram;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The gateway or node that is checked, by its settings.
 *
 * @param uplink where its blocks go: {@code https://} city hall for a gateway, {@code ssl://} its gateway for a node
 * @param ownBroker {@code ssl://host:port} of the broker that a gateway serves its nodes with; empty for a node
 */
public record Subject(
        Path settingsFile,
        Path identityDir,
        Optional<URI> est,
        Path journalFile,
        ClockWatch clock,
        URI uplink,
        Optional<URI> ownBroker) {
    /** A node, by the settings that all nodes have. */
    public static Subject node(Path settingsFile, NodeProgram.Options options) {
        return new Subject(
                settingsFile,
                options.identityDir(),
                options.estAddress(),
                options.journalFile(),
                options.clock(),
                options.uplink().broker(),
                Optional.empty());
    }
}
