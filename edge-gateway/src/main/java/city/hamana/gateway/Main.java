package city.hamana.gateway;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line of the edge gateway. */
@Command(
        name = "hamana-edge-gateway",
        mixinStandardHelpOptions = true,
        description = "Collects from the nodes of a site and brings it all to city hall.",
        subcommands = {Run.class, Check.class, Enrol.class})
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        System.exit(new CommandLine(new Main()).execute(args));
    }
}
