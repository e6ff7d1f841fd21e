package city.hamana.meter;

import city.hamana.link.Role;
import city.hamana.link.Settings;
import city.hamana.link.check.Subject;
import city.hamana.link.command.Check;
import city.hamana.link.command.Enrol;
import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line of the meter node: one subcommand per thing it can do. */
@Command(
        name = "hamana-meter-node",
        mixinStandardHelpOptions = true,
        description = "Reads water meters over M-Bus.",
        subcommands = {Run.class, Decode.class, Search.class, Key.class, Simulate.class})
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    static CommandLine commandLine() {
        return new CommandLine(new Main())
                .addSubcommand(new Check(Main::subject))
                .addSubcommand(new Enrol(
                        Role.NODE,
                        settings -> NodeSettings.read(settings).program().identityDir()));
    }

    private static Subject subject(Path config) {
        return Subject.node(config, NodeSettings.read(Settings.read(config)).program());
    }
}
