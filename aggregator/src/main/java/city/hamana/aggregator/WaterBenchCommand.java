package city.hamana.aggregator;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./hamana bench water}: exit code 0 only when every goal was reached. */
@Command(
        name = "bench-water",
        description = {
            "Time a night of a city's water: validation, leaks, bills of two months, a page.",
            "A year of hourly registers is made up first (SIMULATED), and kept for the next time."
        },
        mixinStandardHelpOptions = true)
final class WaterBenchCommand implements Callable<Integer> {
    private static final int MOST = 1_000_000;
    private static final int LEAST_DAYS = 31;
    private static final int MOST_DAYS = 730;

    @Spec
    private CommandSpec spec;

    @Option(names = "--meters", defaultValue = "24000", description = "How many (${DEFAULT-VALUE})")
    private int meters;

    @Option(names = "--days", defaultValue = "365", description = "How many before the first night (${DEFAULT-VALUE})")
    private int days;

    @Option(names = "--dir", required = true, description = "Where the registers are kept for the next time")
    private Path folder;

    @Override
    public Integer call() {
        if (meters < 1 || meters > MOST || days < LEAST_DAYS || days > MOST_DAYS) {
            throw new ParameterException(
                    spec.commandLine(), "--meters is 1 to %d, --days %d to %d".formatted(MOST, LEAST_DAYS, MOST_DAYS));
        }
        PrintWriter out = spec.commandLine().getOut();
        try {
            return WaterBench.run(folder, meters, days, line -> {
                        out.println(line);
                        out.flush();
                    })
                    ? 0
                    : 1;
        } catch (IOException e) {
            spec.commandLine().getErr().println("hamana: it cannot be measured in " + folder + ": " + e.getMessage());
            return 1;
        }
    }
}
