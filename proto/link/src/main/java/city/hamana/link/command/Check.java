package city.hamana.link.command;

import city.hamana.link.ProgramLog;
import city.hamana.link.SettingsException;
import city.hamana.link.check.Inspection;
import city.hamana.link.check.Report;
import city.hamana.link.check.Subject;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Says how the program on this machine is. */
@Command(
        name = "check",
        description = "Looks at the program on this machine and says in each line what to do.",
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {" 0:all is well", " 1:somebody should look", " 2:something is bad"})
public final class Check implements Callable<Integer> {
    private static final int BAD = 2;

    private final Function<Path, Subject> subject;

    @Option(names = "--config", required = true, paramLabel = "FILE", description = "Settings of the program.")
    private Path config;

    @Option(names = "--json", description = "One JSON object instead of text.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    /** {@code subject} reads a settings file; refuses by SettingsException or IllegalArgumentException. */
    public Check(Function<Path, Subject> subject) {
        this.subject = subject;
    }

    @Override
    public Integer call() throws InterruptedException {
        ProgramLog.start();
        try {
            Report report = Inspection.of(subject.apply(config));
            say(spec.commandLine().getOut(), json ? report.json() : report.text());
            return report.exitCode();
        } catch (SettingsException | IllegalArgumentException e) {
            say(spec.commandLine().getErr(), e.getMessage() + System.lineSeparator());
            return BAD;
        }
    }

    private static void say(PrintWriter to, String text) {
        to.print(text);
        to.flush();
    }
}
