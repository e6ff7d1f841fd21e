package city.hamana.aggregator;

import city.hamana.sensing.household.LeakReport;
import city.hamana.sensing.vee.TrialReport;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Tries the rules of validation, or the detectors of leaks behind the meter, on a file of real registers. */
@Command(
        name = "vee",
        description = {
            "Try the rules of validation on a file of real registers, packed by gzip",
            "(CSV with the columns meter, timestamp_utc_iso and litres_total): each fault is put into each meter once."
        },
        mixinStandardHelpOptions = true)
final class VeeCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE.csv.gz", description = "The registers")
    private Path file;

    @Option(names = "--leaks", description = "How often the detectors of leaks would have told these meters, instead")
    private boolean leaks;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        try {
            List<String> lines = leaks
                    ? LeakReport.over(file).lines()
                    : TrialReport.over(file).lines();
            lines.forEach(out::println);
            return 0;
        } catch (IOException e) {
            spec.commandLine().getErr().println("hamana: " + file + " cannot be read: " + e.getMessage());
            return 1;
        }
    }
}
