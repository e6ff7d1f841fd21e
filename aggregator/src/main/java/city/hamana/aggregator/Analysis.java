package city.hamana.aggregator;

import city.hamana.sensing.inflow.InflowException;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** What can be asked about a file of water without a city: every fault is one line on standard error and exit code 1. */
@Command(
        name = "hamana",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {LeaksCommand.class, VeeCommand.class, WaterBenchCommand.class})
final class Analysis {
    static final Set<String> VERBS = Set.of("leaks", "vee", "bench-water");

    static CommandLine commandLine() {
        return new CommandLine(new Analysis()).setExecutionExceptionHandler(Analysis::explain);
    }

    private static int explain(Exception fault, CommandLine line, CommandLine.ParseResult parsed) throws Exception {
        if (fault instanceof InflowException e) {
            line.getErr().println("hamana: " + e.getMessage());
            return 1;
        }
        throw fault;
    }
}
