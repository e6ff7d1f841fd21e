package city.hamana.gateway;

import city.hamana.link.Role;
import city.hamana.link.Settings;
import city.hamana.link.check.Subject;
import city.hamana.link.command.Check;
import city.hamana.link.command.Enrol;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line of the edge gateway. */
@Command(
        name = "hamana-edge-gateway",
        mixinStandardHelpOptions = true,
        description = "Collects from the nodes of a site and brings it all to city hall.",
        subcommands = {Run.class, Simulate.class})
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    static CommandLine commandLine() {
        return new CommandLine(new Main())
                .addSubcommand(new Check(Main::subject))
                .addSubcommand(new Enrol(
                        Role.GATEWAY, settings -> GatewaySettings.read(settings).identityDir()));
    }

    private static Subject subject(Path config) {
        GatewaySettings settings = GatewaySettings.read(Settings.read(config));
        return new Subject(
                config,
                settings.identityDir(),
                settings.estAddress(),
                settings.journalFile(),
                settings.clock(),
                settings.cityAddress(),
                Optional.of(URI.create("ssl://" + settings.brokerHost() + ":" + settings.brokerPort())));
    }
}
