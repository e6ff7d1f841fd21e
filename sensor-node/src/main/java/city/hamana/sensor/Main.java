package city.hamana.sensor;

import city.hamana.link.Role;
import city.hamana.link.Settings;
import city.hamana.link.check.Subject;
import city.hamana.link.command.Check;
import city.hamana.link.command.Enrol;
import city.hamana.sensor.replay.Replay;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line of the sensor node: one subcommand per thing it can do. */
@Command(
        name = "hamana-sensor-node",
        mixinStandardHelpOptions = true,
        description = "Watches an underpass, switches its warning sign, reads chlorine analysers.",
        subcommands = {Run.class, Simulate.class, Replay.class})
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    static CommandLine commandLine() {
        return new CommandLine(new Main())
                .addSubcommand(new Check(config -> Subject.node(
                        config, SensorSettings.read(Settings.read(config)).program())))
                .addSubcommand(new Enrol(
                        Role.NODE,
                        settings -> SensorSettings.read(settings).program().identityDir()));
    }
}
