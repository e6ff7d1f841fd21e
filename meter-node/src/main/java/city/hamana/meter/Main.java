package city.hamana.meter;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line of the meter node: one subcommand per thing it can do. */
@Command(
        name = "hamana-meter-node",
        mixinStandardHelpOptions = true,
        description = "Reads water meters over M-Bus.",
        subcommands = {Run.class, Check.class, Enrol.class, Decode.class, Simulate.class})
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        System.exit(new CommandLine(new Main()).execute(args));
    }
}
